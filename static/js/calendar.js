// data-calendar: arrows go over days [data-day] and meetings [data-entry], and the keys named in data-step press those links.
const DAYS = { ArrowLeft: -1, ArrowRight: 1 };
const ENTRIES = { ArrowUp: -1, ArrowDown: 1 };

const near = (list, from, step) => list[Math.min(Math.max(from + step, 0), list.length - 1)];

function dayOf(element) {
  return element.closest(".week-day, td");
}

document.addEventListener("keydown", (event) => {
  const calendar = event.target.closest?.("[data-calendar]");
  if (!calendar || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select, textarea")) return;
  const link = calendar.querySelector(`[data-step="${CSS.escape(event.key)}"]`);
  let goal = null;
  if (link) {
    event.preventDefault();
    link.focus();
    link.click();
    return;
  }
  const days = [...calendar.querySelectorAll("[data-day]")];
  const here = days.findIndex((day) => dayOf(day) === dayOf(event.target));
  if (event.key in DAYS) {
    const first = days.findIndex((day) => dayOf(day).dataset.state === "today");
    goal = here < 0 ? days[Math.max(first, 0)] : near(days, here, DAYS[event.key]);
  } else if (event.key in ENTRIES) {
    const entries = [...calendar.querySelectorAll("[data-entry], [data-day]")];
    goal = near(entries, entries.indexOf(event.target), ENTRIES[event.key]);
  }
  if (!goal) return;
  event.preventDefault();
  goal.focus();
});
