// Drags a [data-card] to a [data-column]: a mouse takes the card anywhere, a finger its grip,
// so that scrolling stays scrolling. Ends in a "cardmove" event with the column; board.js sends it.
let drag = null;
let dragged = false;

const columnAt = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY)?.closest("[data-column]");

function mark(column) {
  for (const old of document.querySelectorAll("[data-column][data-over]")) old.removeAttribute("data-over");
  column?.setAttribute("data-over", "");
}

document.addEventListener("pointerdown", (event) => {
  dragged = false;
  const card = event.target.closest?.("[data-card][data-move-url]");
  const held = event.target.closest?.("[data-grip]") || (event.pointerType === "mouse" && !event.target.closest("button, input, form"));
  if (!card || !held || event.button !== 0) return;
  const board = card.closest("[data-board]");
  drag = { card, board, x: event.clientX, y: event.clientY, id: event.pointerId, from: board.scrollLeft, most: board.scrollWidth - board.clientWidth };
});

// Near its edge the board slides, as far as its columns go; says how far it slid.
function slide({ clientX }, { board, from, most }) {
  const { left, right } = board.getBoundingClientRect();
  const step = (clientX > right - 64) - (clientX < left + 64);
  if (step) board.scrollLeft = Math.min(board.scrollLeft + 32 * step, most);
  return board.scrollLeft - from;
}

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drag?.id) return;
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!(dragged ||= Math.hypot(x, y) >= 6)) return;
  drag.card.setPointerCapture(drag.id);
  drag.card.dataset.state = "dragging";
  drag.card.style.translate = `${x + slide(event, drag)}px ${y}px`;
  mark(columnAt(event));
});

function end(event) {
  if (event.pointerId !== drag?.id) return;
  const { card } = drag;
  const column = dragged && event.type === "pointerup" && columnAt(event);
  drag = null;
  mark(null);
  card.style.translate = "";
  delete card.dataset.state;
  if (column) card.dispatchEvent(new CustomEvent("cardmove", { bubbles: true, detail: column }));
}

for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, end);
document.addEventListener("dragstart", (event) => event.target.closest?.("[data-card]") && event.preventDefault());

// The click that ends a drag opens nothing.
document.addEventListener("click", (event) => {
  if (!dragged) return;
  dragged = false;
  event.preventDefault();
  event.stopPropagation();
}, true);
