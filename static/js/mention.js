// <textarea data-mention="/url/?about=row"> offers colleagues after "@": arrows walk, Enter or Tab takes, Escape closes.
const WORD = /(^|[\s(])@([\p{L}\d._-]{1,40})$/u;
let asked = 0;
let timer;

function listOf(box) {
  if (box.nextElementSibling?.matches(".mention-list")) return box.nextElementSibling;
  const list = document.createElement("ul");
  Object.assign(list, { className: "picker-list mention-list", hidden: true, role: "listbox" });
  list.id = `${box.id}_mention`;
  list.ariaLabel = box.labels[0]?.textContent;
  box.setAttribute("aria-controls", list.id);
  box.parentElement.classList.add("mention");
  box.after(list);
  return list;
}

const wordAt = (box) => box.value.slice(0, box.selectionStart).match(WORD)?.[2];

async function ask(box) {
  const list = listOf(box);
  const [mine, word] = [++asked, wordAt(box)];
  if (!word) return void (list.hidden = true);
  const answer = await fetch(`${box.dataset.mention}&q=${encodeURIComponent(word)}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || mine !== asked || document.activeElement !== box) return;
  list.innerHTML = await answer.text();
  const options = [...list.querySelectorAll("[data-value]")];
  list.hidden = !options.length;
  options[0]?.setAttribute("aria-selected", "true");
}

function take(box, option) {
  const end = box.selectionStart;
  box.setRangeText(`${option.dataset.value} `, end - wordAt(box).length, end, "end");
  listOf(box).hidden = true;
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-mention]")) return;
  clearTimeout(timer);
  timer = setTimeout(ask, 150, event.target);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-mention]") || listOf(event.target).hidden) return;
  const options = [...listOf(event.target).querySelectorAll("[data-value]")];
  const at = options.findIndex((option) => option.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: options.length - 1 }[event.key];
  if (step) options.forEach((option, n) => (option.ariaSelected = String(n === (at + step) % options.length)));
  else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && options[at]) take(event.target, options[at]);
  else if (event.key === "Escape") listOf(event.target).hidden = true;
  else return;
  event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.(".mention-list [data-value]");
  if (option) take(option.closest("ul").previousElementSibling, option), event.preventDefault();
});
document.addEventListener("focusout", ({ target }) => target.matches?.("[data-mention]") && (listOf(target).hidden = true));
