// <details data-menu>: closes on Escape, on a click elsewhere and when another opens; arrows walk its items.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll(".menu-item")];
  const next = items.indexOf(document.activeElement) + step;
  items.at(next < 0 ? -1 : next % items.length)?.focus();
});
