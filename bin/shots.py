"""Photograph every page as every role, wide and narrow, light and dark.

    make shots            # against a running `make demo`
    python -m bin.shots --roles bd --only leads:

Starts at each role's home and follows links; one picture set per route, so a new page
is in the album as soon as something links to it. Pictures go to var/shots/.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
from playwright.sync_api import Error, sync_playwright

from bin.chromium import CHROMIUM

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from django.conf import settings  # noqa: E402 - needs django.setup()
from django.urls import Resolver404, resolve  # noqa: E402

ROLES = ("anonymous", "admin", "manager", "bd", "dev", "client")
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
# A few of the admin's pages stand for all of its generated ones.
ADMIN_SAMPLE = {
    "index",
    "leads_lead_changelist",
    "leads_lead_change",
    "accounts_user_change",
}
# The README's pictures: name → (role, address, colour scheme).
README = {
    "leads": ("bd", "/leads/board/", "light"),
    "reports": ("manager", "/reports/locations/", "light"),
    "portal": ("client", "/portal/", "light"),
    "home-dark": ("bd", "/", "dark"),
}
EXTRA = {"anonymous": ["/accounts/login/", "/no-such-page/", "/demo/inbox/"]}


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default=settings.SITE_URL)
    parser.add_argument("--out", type=Path, default=settings.VAR_DIR / "shots")
    parser.add_argument("--roles", nargs="*", default=ROLES)
    parser.add_argument("--only", default="", help="routes that start with this")
    parser.add_argument(
        "--readme", action="store_true", help="only the README's pictures"
    )
    options = parser.parse_args(argv)
    if options.readme:
        return readme(options)
    shutil.rmtree(options.out, ignore_errors=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        total = sum(album(browser, options, role) for role in options.roles)
        browser.close()
    sys.stdout.write(f"{total} pictures in {options.out}\n")
    return None


def readme(options):
    """One screenful each, into docs/pictures/."""
    folder = settings.BASE_DIR / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        for name, (role, path, scheme) in README.items():
            context = browser.new_context(
                base_url=options.url, viewport={"width": 1280, "height": 800},
                color_scheme=scheme, reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            sign_in(page, role)
            page.goto(path)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


def chromium():
    if not CHROMIUM:
        sys.exit(
            "Chromium is not installed: `apt-get install chromium-headless-shell`, "
            "then try again."
        )
    return CHROMIUM


def album(browser, options, role):
    """All pictures of one role; says how many."""
    pages = {}
    context = browser.new_context(base_url=options.url)
    page = context.new_page()
    if role != "anonymous":
        sign_in(page, role)
    explore(page, options, role, pages)
    state = context.storage_state()
    context.close()
    taken = 0
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                base_url=options.url, viewport={"width": width, "height": height},
                color_scheme=scheme, storage_state=state, reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            for route, path in pages.items():
                target = (
                    options.out
                    / role
                    / f"{route.replace(':', '.')}.{size}.{scheme}.png"
                )
                target.parent.mkdir(parents=True, exist_ok=True)
                page.goto(path)
                page.screenshot(path=target, full_page=True)
                taken += 1
            context.close()
    return taken


def sign_in(page, role):
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{role}@demo.example")
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def explore(page, options, role, pages):
    """Follow links from the role's home; the first address of each route is kept."""
    host = urlsplit(options.url).netloc
    waiting, seen = ["/", *EXTRA.get(role, ())], set()
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if route in seen or route is None:
            continue
        seen.add(route)
        try:
            answer = page.goto(path)
        except Error:  # a download
            continue
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 400 and role != "anonymous":
            sys.stdout.write(f"{role}: {path} answered {answer.status}\n")
        if route.startswith(options.only):
            pages[route] = path
        links = page.eval_on_selector_all(
            "a[href], [data-href]",
            "all => all.map(a => a.getAttribute('href') || a.dataset.href)",
        )
        for link in links:
            parts = urlsplit(urljoin(page.url, link))
            if parts.netloc in ("", host) and parts.scheme in ("", "http", "https"):
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def route_of(path):
    """The name of the route, None for what is no page to photograph."""
    if path == "/no-such-page/":
        return "404"
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    name = match.view_name
    if name.startswith("admin:") and match.url_name not in ADMIN_SAMPLE:
        return None
    return name


if __name__ == "__main__":
    main(sys.argv[1:])
