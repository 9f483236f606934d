// A click anywhere in tr[data-href] follows it, unless it hit a control or selected text.
function target(event) {
  if (event.defaultPrevented || event.target.closest("a, button, input, select, label, summary, details")) return null;
  return String(getSelection()) ? null : event.target.closest("tr[data-href]");
}

document.addEventListener("click", (event) => {
  const row = target(event);
  if (!row) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

document.addEventListener("auxclick", (event) => {
  const row = event.button === 1 && target(event);
  if (row) open(row.dataset.href, "_blank", "noopener");
});

// input[data-check-all] ticks every box of its table.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-check-all]")) return;
  const boxes = event.target.closest("table").querySelectorAll("tbody [type=checkbox]");
  for (const box of boxes) box.checked = event.target.checked;
});
