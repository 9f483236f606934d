// For other sites: <script src="…/embed.js" data-form="…/forms/contact/"> puts the form there,
// and hands on the campaign (utm_…) and the address of the page it stands on.
(() => {
  const { form, title, height } = document.currentScript.dataset;
  const url = new URL(form);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("utm_")) url.searchParams.set(name, value);
  }
  url.searchParams.set("page", location.origin + location.pathname);
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: url, title: title || "", width: "100%", height: height || "800", loading: "lazy" });
  frame.setAttribute("frameborder", "0");
  document.currentScript.after(frame);
})();
