// form[data-zone]: shows the times once by the reader's own clock, until they choose another zone.
const form = document.querySelector("form[data-zone]");
const select = form?.elements.zone;
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const isOffered = select && [...select.options].some((option) => option.value === own);

if (isOffered && form.dataset.state !== "asked" && select.value !== own) {
  const url = new URL(location.href);
  url.searchParams.set("zone", own);
  location.replace(url);
}
