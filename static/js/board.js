// A card of [data-board] asks to move with a "cardmove" event (drag.js, board_keys.js).
// A 204 keeps the move, a 200 brings the new board, HX-Redirect leads on, anything else puts it back.
let queue = Promise.resolve();

function count(column, change) {
  const figure = column.querySelector("[data-count]");
  if (/^\d+$/.test(figure.textContent)) figure.textContent = +figure.textContent + change;
}

// To the top of its new column, or above a card that stood below it (else to the end).
function carry(card, from, to, below = to.querySelector("[data-card]")) {
  const list = to.querySelector("[data-cards]");
  list.insertBefore(card, below?.parentElement === list ? below : null);
  count(from, -1);
  count(to, 1);
  card.focus();
}

// The answer with its text; a card is on its way until both are here.
async function send(card, key) {
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
  const body = new URLSearchParams({ [card.closest("[data-board]").dataset.field]: key });
  try {
    const answer = await fetch(card.dataset.moveUrl, { method: "POST", body, headers, redirect: "manual" });
    return { answer, html: answer.status === 200 && await answer.text() };
  } catch {
    return { answer: {} };
  } finally {
    delete card.dataset.state;
  }
}

// Only when no other card is on its way or held: theirs would be drawn where it no longer is.
function redraw(board, html) {
  if (board.querySelector("[data-card][data-state]")) return;
  const held = document.activeElement.closest("[data-card]")?.id;
  board.outerHTML = html;
  document.getElementById(held)?.focus();
}

// One move after the other, so that the last answer knows them all.
function move(card, to) {
  const [board, from, next] = [card.closest("[data-board]"), card.closest("[data-column]"), card.nextElementSibling];
  if (!to || to === from || !card.dataset.moveUrl || card.dataset.state === "moving") return;
  card.dataset.state = "moving";
  carry(card, from, to);
  queue = queue.then(async () => {
    const { answer, html } = await send(card, to.dataset.column);
    if (answer.type === "opaqueredirect") return location.reload();
    if (answer.headers?.has("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
    if (html) return redraw(board, html);
    if (answer.ok) return;
    carry(card, to, from, next);
    const detail = { text: board.dataset.refused, tone: "error" };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  });
}

document.addEventListener("cardmove", (event) => move(event.target, event.detail));
