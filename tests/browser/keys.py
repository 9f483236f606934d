"""Somebody who uses a page with the keyboard alone."""

import re

FOCUSED = """() => {
  const here = document.activeElement;
  const within = !here.matches(":focus");  // a button that the browser draws into it
  const box = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  const label = here.labels?.[0]?.innerText ?? "";
  return {
    name: here === document.body ? "" : here.ariaLabel || label || here.innerText || here.name || "",
    seen: here === document.body || within || style.outlineStyle !== "none" || style.boxShadow !== "none",
    inside: box.width > 0 && box.left >= -1 && box.right <= innerWidth + 1,
  };
}"""


class Keys:
    """Goes from place to place with Tab; every place must be seen to have the focus."""

    MOST = 150  # places on one page

    def __init__(self, page):
        self.page = page

    def to(self, name):
        """Press Tab until what is called so (a regular expression) has the focus."""
        for _ in range(self.MOST):
            self.page.keyboard.press("Tab")
            place = self.page.evaluate(FOCUSED)
            assert place["seen"], f"no focus is seen on {place['name']!r}"
            if re.search(name, " ".join(place["name"].split())):
                assert place["inside"], f"{place['name']!r} is outside the screen"
                return self
        raise AssertionError(f"Tab does not reach {name!r}")

    def enter(self, name):
        """Go there, press Enter, and wait for the page that comes."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, name, text):
        """Go there and write over what stands there."""
        self.to(name).page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()
