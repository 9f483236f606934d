"""People, departments, firm and media: what an admin sets up, and who only reads."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Department, Firm, Medium, User
from accounts.views.setup import OF_THE_FIRM


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_an_admin_gives_a_role_and_a_department(client, admin, bd, south):
    client.force_login(admin)
    client.post(url("user_edit", bd.pk), {"role": "manager", "department": south.pk})
    bd.refresh_from_db()
    assert (bd.role, bd.department) == ("manager", south)


def test_without_a_department_a_role_is_refused(client, admin, bd):
    client.force_login(admin)
    response = client.post(url("user_edit", bd.pk), {"role": "bd", "department": ""})
    assert response.status_code == 422
    assert "Choose the department" in response.content.decode()


def test_a_manager_reads_but_does_not_write(client, manager, bd, north):
    client.force_login(manager)
    page = client.get(url("user_edit", bd.pk)).content.decode()
    assert bd.email in page
    assert "<select" not in page
    data = {"role": "admin", "department": north.pk}
    assert client.post(url("user_edit", bd.pk), data).status_code == 403
    assert User.objects.get(pk=bd.pk).role == "bd"


def test_the_list_of_people_leaves_clients_out(client, admin, bd, portal_owner):
    client.force_login(admin)
    page = client.get(url("people")).content.decode()
    assert "Ben Seller" in page
    assert "Petra Owner" not in page


def test_blocking_a_colleague_offers_a_way_back(client, admin, bd):
    client.force_login(admin)
    page = client.post(url("user_block", bd.pk), follow=True).content.decode()
    assert url("user_unblock", bd.pk) in page
    client.post(url("user_unblock", bd.pk))
    bd.refresh_from_db()
    assert bd.is_active


def test_blocking_oneself_is_refused_in_words(client, admin):
    client.force_login(admin)
    page = client.post(url("user_block", admin.pk), follow=True).content.decode()
    assert "You cannot block yourself" in page
    assert User.objects.get(pk=admin.pk).is_active


@pytest.mark.parametrize("role", ["admin", "manager", "bd"])
def test_settings_show_only_what_the_role_may_open(client, request, role):
    client.force_login(request.getfixturevalue(role))
    for card in client.get(url("settings")).context["cards"]:
        assert client.get(card["url"], follow=True).status_code == 200


def test_a_department_is_made_and_renamed(client, admin):
    client.force_login(admin)
    client.post(url("department_create"), {"name": "East"})
    east = Department.objects.get(name="East")
    client.post(url("department_edit", east.pk), {"name": "Far East"})
    east.refresh_from_db()
    assert east.name == "Far East"
    assert (
        client.post(url("department_create"), {"name": "Far East"}).status_code == 422
    )


def test_a_department_in_other_capitals_is_refused_in_a_sentence(client, admin, north):
    client.force_login(admin)
    page = client.post(url("department_create"), {"name": "nörth"})
    assert page.status_code == 422
    assert "There is a department of this name already." in page.content.decode()
    assert client.post(url("department_edit", north.pk), {"name": "NORTH"}).url


def test_a_department_that_nobody_belongs_to_is_removed(client, admin):
    east = Department.objects.create(name="East")
    client.force_login(admin)
    page = client.post(url("department_remove", east.pk), follow=True)
    assert "East is removed." in page.content.decode()
    assert not Department.objects.filter(pk=east.pk).exists()


def test_what_belongs_to_a_department_keeps_it(client, admin, customer, bd, north):
    client.force_login(admin)
    page = client.post(url("department_remove", north.pk), follow=True)
    assert "North stays, as it is still named by: " in page.content.decode()
    assert "1 client" in page.content.decode()
    assert Department.objects.filter(pk=north.pk).exists()


def test_a_medium_is_removed_while_nothing_names_it(client, admin, customer):
    client.force_login(admin)
    pigeon = Medium.objects.create(name="Pigeon post")
    assert url("medium_remove", pigeon.pk) in client.get(url("media")).content.decode()
    client.post(url("medium_remove", pigeon.pk))
    assert not Medium.objects.filter(pk=pigeon.pk).exists()
    page = client.post(url("medium_remove", customer.medium.pk), follow=True)
    assert "still named by: 1 client." in page.content.decode()
    assert Medium.objects.filter(pk=customer.medium.pk).exists()


def test_people_inherit_the_role_their_department_carries(
    client, admin, manager, bd, dev, north
):
    client.force_login(admin)
    form = {
        "name": "North",
        "roles": ["bd", "manager"],
        "request_types": "Price\n\nDate",
    }
    page = client.post(url("department_edit", north.pk), form, follow=True)
    dev.refresh_from_db()
    manager.refresh_from_db()
    assert (dev.role, manager.role) == ("bd", "manager")
    assert "1 person has another role now: Business developer" in page.content.decode()
    north.refresh_from_db()
    assert north.request_types == ["Price", "Date"]
    assert "Ben Seller" in client.get(url("department_edit", north.pk)).content.decode()


def test_who_is_given_no_role_gets_the_departments(client, admin, bd, south):
    south.roles = ["dev", "manager"]
    south.save(update_fields=["roles"])
    client.force_login(admin)
    client.post(url("user_edit", bd.pk), {"role": "", "department": south.pk})
    bd.refresh_from_db()
    assert (bd.role, bd.department) == ("dev", south)
    refused = client.post(
        url("user_edit", bd.pk), {"role": "bd", "department": south.pk}
    )
    assert refused.status_code == 422
    assert "South carries other roles: Manager" in refused.content.decode()


def test_without_a_role_and_a_department_that_carries_one_it_is_refused(
    client, admin, bd, south
):
    client.force_login(admin)
    data = {"role": "", "department": south.pk}
    assert client.post(url("user_edit", bd.pk), data).status_code == 422
    data = {"name": "Ida", "email": "ida@firm.example", **data}
    assert client.post(url("invite_person"), data).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"roles": ["client"]}, {"roles": ["x"]}, {"request_types": "x" * 81}]
)
def test_a_department_that_makes_no_sense_is_refused(client, admin, south, wrong):
    client.force_login(admin)
    form = {"name": "South", "roles": [], "request_types": ""}
    answer = client.post(url("department_edit", south.pk), form | wrong)
    assert answer.status_code == 422


def test_the_firms_page_leads_to_all_that_belongs_to_it(client, admin):
    client.force_login(admin)
    cards = client.get(url("firm")).context["cards"]
    assert len(cards) == len(OF_THE_FIRM)
    for card in cards:
        assert client.get(card["url"]).status_code == 200


FIRM = {
    "name": "Oak & Sons",
    "accent": "#7a1f5c",
    "currency": "usd",
    "zone": "Europe/Vienna",
    "country": "at",
    "tax_rate": "20",
}


def test_the_firm_is_changed_and_shown_at_once(client, admin):
    client.force_login(admin)
    Firm.known()  # in the cache now
    page = client.post(url("firm"), FIRM, follow=True).content.decode()
    assert "Oak &amp; Sons" in page
    assert (Firm.get().currency, Firm.get().country) == ("USD", "AT")
    assert cache.get("firm").name == "Oak & Sons"


def test_a_country_by_its_other_letters_is_understood(client, admin):
    client.force_login(admin)
    client.post(url("firm"), FIRM | {"country": "uk"})
    assert Firm.get().country == "GB"


@pytest.mark.parametrize(
    "change",
    [
        {"accent": "red"},
        {"currency": "EURO"},
        {"zone": "Mars/Base"},
        {"tax_rate": "-1"},
        {"tax_rate": "101"},
        {"tax_rate": "NaN"},
        {"name": ""},
        {"country": "XX"},
    ],
)
def test_a_firm_that_makes_no_sense_is_refused(client, admin, change):
    client.force_login(admin)
    assert client.post(url("firm"), FIRM | change).status_code == 422


def test_a_medium_is_added_once(client, admin, setup_rows):
    client.force_login(admin)
    new = {"name": "Podcast", "aliases": "pod", "tone": "3", "position": "20"}
    client.post(url("medium_create"), new)
    assert Medium.objects.get(name="Podcast").tone == "3"
    again = new | {"name": "PODCAST "}
    assert client.post(url("medium_create"), again).status_code == 422


def test_the_colour_chosen_in_the_admin_is_on_the_next_page(client, admin):
    client.force_login(admin)
    page = client.get(reverse("admin:accounts_firm_change", args=[Firm.get().pk]))
    assert 'type="color"' in page.content.decode()
    url = reverse("admin:accounts_firm_change", args=[1])
    form = client.get(url).context["adminform"].form
    client.post(url, form.initial | {"name": "Oak", "accent": "#ffd400"})
    assert "accent=ffd400" in client.get("/", follow=True).content.decode()
