// Following the link of an unread notification marks it as read, without waiting for it.
document.addEventListener("click", (event) => {
  const form = event.target.closest(".timeline-text a")?.closest(".timeline-entry").querySelector("form[data-read]");
  if (form) navigator.sendBeacon(form.action, new FormData(form));
});
