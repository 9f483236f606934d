// input[data-finds]: "/" goes there; its answers open below, arrows walk them, Escape closes.
const box = () => document.querySelector("[data-finds]");
const list = () => document.getElementById("found");
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

function close() {
  if (list()) list().hidden = true;
}

document.addEventListener("keydown", (event) => {
  if (!box()) return;
  if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    return box().select();
  }
  const inside = event.target === box() || list().contains(event.target);
  if (!inside || list().hidden) return;
  if (event.key === "Escape") {
    close();
    event.preventDefault();
    return box().focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [box(), ...list().querySelectorAll("a")];
  stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id === "found") target.hidden = !box().value.trim();
});
document.addEventListener("input", ({ target }) => target === box() && !target.value.trim() && close());
document.addEventListener("pointerdown", ({ target }) => list() && !target.closest(".search") && close());
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (target.closest(".search") && relatedTarget && !relatedTarget.closest(".search")) close();
});
