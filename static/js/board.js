// A card of [data-board] asks to move with a "cardmove" event (drag.js) or by Alt + left/right.
// A 204 keeps the move, a 200 brings the new board, HX-Redirect leads on, anything else puts it back.
function count(column, change) {
  const figure = column.querySelector("[data-count]");
  if (/^\d+$/.test(figure.textContent)) figure.textContent = +figure.textContent + change;
}

function carry(card, from, to, before = null) {
  const list = to.querySelector("[data-cards]");
  list.insertBefore(card, before ?? (from.contains(card) ? list.firstElementChild : null));
  count(from, -1);
  count(to, 1);
}

async function send(card, board, key) {
  card.dataset.state = "moving";
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
  const body = new URLSearchParams({ [board.dataset.field]: key });
  const answer = await fetch(card.dataset.moveUrl, { method: "POST", body, headers, redirect: "manual" }).catch(() => ({}));
  delete card.dataset.state;
  return answer;
}

async function move(card, to) {
  const [board, from, next] = [card.closest("[data-board]"), card.closest("[data-column]"), card.nextElementSibling];
  if (!to || to === from || !card.dataset.moveUrl || card.dataset.state === "moving") return;
  carry(card, from, to);
  card.focus();
  const answer = await send(card, board, to.dataset.column);
  if (answer.type === "opaqueredirect") return location.reload();
  if (answer.headers?.has("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
  if (answer.status === 200) board.outerHTML = await answer.text();
  if (!answer.ok) {
    carry(card, to, from, next);
    const detail = { text: board.dataset.refused, tone: "error" };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  }
  document.getElementById(card.id)?.focus();
}

document.addEventListener("cardmove", (event) => move(event.target, event.detail));

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
  const card = event.altKey && step && event.target.closest?.("[data-card]");
  if (!card) return;
  event.preventDefault();
  move(card, card.closest("[data-column]")[step]);
});
