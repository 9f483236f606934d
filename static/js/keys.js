// data-hotkey="k": Ctrl K or Cmd K puts the cursor there. Ctrl Enter sends the form one writes in.
document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  const goal = document.querySelector(`[data-hotkey="${CSS.escape(event.key.toLowerCase())}"]`);
  if (goal) {
    event.preventDefault();
    goal.focus();
    goal.select?.();
  }
  if (event.key === "Enter" && event.target.matches("textarea")) event.target.form?.requestSubmit();
});
