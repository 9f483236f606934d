// Messages leave by themselves, later when they can be undone, never when they say what failed.
// Anything may show one: document.dispatchEvent(new CustomEvent("toast", {detail: {text, tone}})),
// also a server's answer to htmx: HX-Trigger: {"toast": {"text": "…"}}.
const STAY = { plain: 6000, undo: 20000 };

function arm(toast) {
  if (["error", "danger", "warning"].includes(toast.dataset.tone)) return;
  let left = toast.querySelector("[data-undo]") ? STAY.undo : STAY.plain;
  const timer = setInterval(() => {
    if (!toast.isConnected) clearInterval(timer);
    if (document.hidden || toast.matches(":hover, :focus-within")) return;
    left -= 500;
    if (left <= 0) leave(toast);
  }, 500);
}

function leave(toast) {
  toast.dataset.state = "leaving";
  setTimeout(() => toast.remove(), 160);
}

document.addEventListener("click", (event) => {
  const toast = event.target.closest("[data-dismiss]")?.closest("[data-toast]");
  if (toast) leave(toast);
});

document.addEventListener("toast", (event) => {
  const { text, tone = "info" } = event.detail;
  const toast = document.querySelector("[data-toast-template]").content.firstElementChild.cloneNode(true);
  toast.querySelector(".toast-text").textContent = text;
  toast.dataset.tone = tone;
  document.querySelector("[data-toasts]").append(toast);
  arm(toast);
});

document.addEventListener("htmx:responseError", () => failed());
document.addEventListener("htmx:sendError", () => failed());

function failed() {
  const text = document.querySelector("[data-toasts]").dataset.failed;
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "error" } }));
}

document.querySelectorAll("[data-toast]").forEach(arm);
