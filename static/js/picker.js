// [data-picker="/url/"]: a hidden input with the key, a text input, a listbox that ?q= fills with
// options. picker_keys.js walks them; choosing is a "pick" event on the option.
const pickerOf = (event) => event.target.closest?.("[data-picker]");
const part = (picker, role) => picker.querySelector(`[role=${role}]`);
const hidden = (picker) => picker.querySelector("[type=hidden]");
let timer;
let asked = 0;

function show(picker, shown) {
  const box = part(picker, "combobox");
  part(picker, "listbox").hidden = !shown;
  box.setAttribute("aria-expanded", String(shown));
  if (!shown) box.removeAttribute("aria-activedescendant");
}

async function ask(picker) {
  const list = part(picker, "listbox");
  const mine = ++asked;
  const url = new URL(picker.dataset.picker, location);
  url.searchParams.set("q", part(picker, "combobox").value);
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (!answer.ok || mine !== asked || !picker.contains(document.activeElement)) return;
  list.innerHTML = await answer.text();
  [...list.children].forEach((option, i) => (option.id = `${list.id}_${i}`));
  show(picker, true);
}

document.addEventListener("input", (event) => {
  const picker = pickerOf(event);
  if (!picker) return;
  hidden(picker).value = "";
  clearTimeout(timer);
  timer = setTimeout(ask, 150, picker);
});

document.addEventListener("pick", (event) => {
  const picker = pickerOf(event);
  hidden(picker).value = event.target.dataset.value;
  part(picker, "combobox").value = event.target.dataset.label;
  show(picker, false);
  hidden(picker).dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("[data-picker] [role=option]");
  if (option) event.preventDefault();
  if (option?.dataset.value) option.dispatchEvent(new Event("pick", { bubbles: true }));
});

document.addEventListener("pickeropen", (event) => ask(pickerOf(event)));
document.addEventListener("pickerclose", (event) => show(pickerOf(event), false));
document.addEventListener("focusout", (event) => pickerOf(event) && show(pickerOf(event), false));
