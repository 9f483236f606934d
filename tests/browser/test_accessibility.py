"""axe finds nothing on the main pages, on a desk and on a phone, light and dark.

axe itself adds inline styles, so the policy is watched in a visit of its own.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STAFF = [
    "/", "/leads/", "/leads/board/", "/leads/new/", "/leads/{lead}/", "/clients/",
    "/clients/{customer}/", "/projects/", "/projects/{project}/", "/imports/",
    "/settings/", "/profile/", "/admin/",
]  # fmt: skip
PORTAL = [
    "/portal/", "/portal/projects/", "/portal/projects/{project}/", "/portal/quotations/",
    "/portal/quotations/{quotation}/", "/portal/profile/",
]  # fmt: skip


def faults(page, paths, rows):
    found = {}
    for path in paths:
        answer = page.goto(path.format(**{name: row.pk for name, row in rows.items()}))
        assert answer.status == 200, path
        violations = Axe().run(page).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if violations or wide:
            names = [(v["id"], v["nodes"][0]["html"][:120]) for v in violations]
            found[path] = [*names, *(["scrolls sideways"] if wide else [])]
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_staff_pages(open_page, admin, lead, quotation, project, width, scheme):
    page = open_page(admin, width=width, color_scheme=scheme, watched=False)
    rows = {"lead": lead, "customer": lead.client, "project": project}
    assert not faults(page, STAFF, rows)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_customer_area(open_page, portal_owner, quotation, project, width, scheme):
    page = open_page(portal_owner, width=width, color_scheme=scheme, watched=False)
    assert not faults(page, PORTAL, {"quotation": quotation, "project": project})


def test_no_staff_page_breaks_the_policy(open_page, admin, lead, project):
    page = open_page(admin)
    rows = {"lead": lead.pk, "customer": lead.client.pk, "project": project.pk}
    for path in STAFF:
        page.goto(path.format(**rows))


def test_no_page_of_the_customer_area_does(open_page, portal_owner, quotation, project):
    page = open_page(portal_owner)
    for path in PORTAL:
        page.goto(path.format(quotation=quotation.pk, project=project.pk))
