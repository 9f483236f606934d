// The keyboard of a [data-picker]: arrows open and walk, Enter picks, Escape closes.
const say = (element, name) => element.dispatchEvent(new Event(name, { bubbles: true }));

function walk(box, list, step) {
  const options = [...list.querySelectorAll("[data-value]")];
  if (!options.length) return;
  const at = options.findIndex((option) => option.ariaSelected === "true");
  const next = options.at(at < 0 && step < 0 ? -1 : (at + step) % options.length);
  for (const option of options) option.ariaSelected = String(option === next);
  next.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", next.id);
}

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-picker] [role=combobox]");
  if (!box) return;
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const chosen = list.querySelector("[aria-selected=true]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && list.hidden) say(box, "pickeropen");
  else if (step) walk(box, list, step);
  else if (event.key === "Enter" && !list.hidden && chosen) say(chosen, "pick");
  else if (event.key === "Escape" && !list.hidden) say(box, "pickerclose");
  else return;
  event.preventDefault();
});
