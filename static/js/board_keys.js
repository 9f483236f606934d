// Alt + left/right asks to move the card that has the focus to the column beside its own.
document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
  const card = event.altKey && step && event.target.closest?.("[data-card]");
  if (!card) return;
  event.preventDefault();
  const detail = card.closest("[data-column]")[step];
  card.dispatchEvent(new CustomEvent("cardmove", { bubbles: true, detail }));
});
