// data-tip="Web: 40 (25%)" on a slice, bar or point shows it beside the pointer or the focus.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true"); // the same words are the link's name

function show(element, x, y) {
  tip.textContent = element.dataset.tip;
  tip.hidden = false;
  if (!tip.isConnected) document.body.append(tip);
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(x - width / 2, 4), document.documentElement.clientWidth - width - 4);
  tip.style.left = `${left}px`;
  tip.style.top = `${y - height - 12 < 4 ? y + 16 : y - height - 12}px`;
}

document.addEventListener("pointermove", (event) => {
  const element = event.target.closest?.("[data-tip]");
  if (element) show(element, event.clientX, event.clientY);
  else tip.hidden = true;
});

document.addEventListener("focusin", (event) => {
  const element = event.target.closest?.("[data-tip]");
  if (!element || !event.target.matches(":focus-visible")) return;
  const box = element.getBoundingClientRect();
  show(element, box.left + box.width / 2, box.top + box.height / 2);
});

const hide = () => (tip.hidden = true);
document.addEventListener("focusout", hide);
document.addEventListener("scroll", hide, { passive: true, capture: true });
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
