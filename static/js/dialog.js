// data-open="id" on a link or button opens the <dialog>; the link's own address is the way without script.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener && !event.ctrlKey && !event.metaKey) {
    const dialog = document.getElementById(opener.dataset.open);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    dialog.querySelector("[autofocus], .dialog-body :is(input:not([type=hidden]), select, textarea, .button)")?.focus();
    return;
  }
  const dialog = event.target.closest("dialog");
  if (!dialog) return;
  if (event.target.closest("[data-close]")) dialog.close();
  if (event.target === dialog && outside(dialog, event)) dialog.close();
});

// A form that came back with errors is shown again at once.
for (const dialog of document.querySelectorAll("dialog[data-shown]")) dialog.showModal();

function outside(dialog, { clientX: x, clientY: y }) {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
