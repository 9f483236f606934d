"""axe finds nothing on the main pages, on a desk and on a phone, light and dark.

axe itself adds inline styles, so the policy is watched in a visit of its own.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import Client
from analytics.tests.planted import (
    analyse,
    lead_of,
    plant_answers,
    plant_buyers,
    plant_places,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STAFF = [
    "/", "/leads/", "/leads/board/", "/leads/new/", "/leads/{lead}/", "/clients/",
    "/clients/{customer}/", "/projects/", "/projects/{project}/", "/imports/",
    "/settings/", "/profile/", "/admin/", "/leads/forms/{web_form}/", "/leads/rules/",
    "/sales/overdue/", "/sales/invoices/{invoice}/", "/sales/clients/{customer}/looks/",
    "/requests/", "/requests/{wish}/", "/settings/service/",
    "/settings/service/{service_rule}/",
]  # fmt: skip
REPORTS = ["/reports/", "/reports/locations/", "/reports/media/", "/reports/segments/"]
PORTAL = [
    "/portal/", "/portal/projects/", "/portal/projects/{project}/", "/portal/quotations/",
    "/portal/quotations/{quotation}/", "/portal/profile/", "/portal/invoices/",
    "/portal/invoices/{invoice}/", "/portal/catalogue/",
    "/portal/catalogue/{product}/", "/portal/basket/",
    "/portal/requests/", "/portal/requests/new/", "/portal/requests/{wish}/",
    "/portal/profile/people/", "/portal/profile/consents/", "/portal/profile/data/",
    "/portal/profile/ask/firm/",
]  # fmt: skip
ONLY = {"resultTypes": ["violations"]}  # axe need not describe what is right


@pytest.fixture
def analysed(bd, setup_rows):
    """A finished run of each kind, over a world in which there is something to find."""
    plant_places(bd)
    plant_answers(bd)
    plant_buyers(bd)
    place = Client.objects.exclude(place=None).first().place
    lead_of(bd, "Fax from a town", medium="Fax", place=place)
    return [analyse(kind) for kind in ("locations", "media", "segments")]


def faults(page, paths, rows=()):
    found, rows = {}, dict(rows)
    for path in paths:
        answer = page.goto(path.format(**{name: row.pk for name, row in rows.items()}))
        assert answer.status == 200, path
        violations = Axe().run(page, options=ONLY).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if violations or wide:
            names = [(v["id"], v["nodes"][0]["html"][:120]) for v in violations]
            found[path] = [*names, *(["scrolls sideways"] if wide else [])]
    return found


@pytest.fixture
def staff_rows(lead, quotation, project, invoice, web_form, rule, wish, service_rule):
    """The rows whose pages are opened, by their name in the address."""
    rows = {"lead": lead, "customer": lead.client, "invoice": invoice}
    rows |= {"project": project, "web_form": web_form}
    return rows | {"wish": wish, "service_rule": service_rule}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_staff_pages(open_page, admin, staff_rows, width, scheme):
    page = open_page(admin, width=width, color_scheme=scheme, watched=False)
    assert not faults(page, STAFF, staff_rows)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_reports(open_page, manager, analysed, width, scheme):
    page = open_page(manager, width=width, color_scheme=scheme, watched=False)
    assert not faults(page, REPORTS)


@pytest.fixture
def portal_rows(quotation, project, invoice, basket_line, wish):
    rows = {"quotation": quotation, "project": project, "invoice": invoice}
    return rows | {"product": basket_line.product, "wish": wish}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_customer_area(open_page, portal_owner, portal_rows, width, scheme):
    page = open_page(portal_owner, width=width, color_scheme=scheme, watched=False)
    assert not faults(page, PORTAL, portal_rows)


def test_no_staff_page_breaks_the_policy(open_page, admin, staff_rows):
    page = open_page(admin)
    pks = {name: row.pk for name, row in staff_rows.items()}
    for path in STAFF:
        page.goto(path.format(**pks))


def test_no_report_does(open_page, manager, analysed):
    page = open_page(manager)
    for path in REPORTS:
        assert page.goto(path).status == 200


def test_no_page_of_the_customer_area_does(open_page, portal_owner, portal_rows):
    page = open_page(portal_owner)
    pks = {name: row.pk for name, row in portal_rows.items()}
    for path in PORTAL:
        page.goto(path.format(**pks))
