"""The list of requests, and in whose hands one is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Request
from tests.cast.requests import request_of

pytestmark = pytest.mark.django_db
LIST = "/requests/"


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def shown(page):
    return [row.subject for row in page.context["page"].rows]


@pytest.fixture
def more(project, portal_owner, wish):
    """Three more: one answered yesterday, one waiting and one solved."""
    rows = [request_of(project, portal_owner, subject=name) for name in "abc"]
    long_ago = timezone.now() - timedelta(days=2)
    states = [("open", None), ("waiting", None), ("solved", timezone.now())]
    for row, (state, solved) in zip(rows, states, strict=True):
        Request.objects.filter(pk=row.pk).update(
            state=state, solved=solved, since=long_ago, created=long_ago,
            answered=long_ago + timedelta(hours=3),
        )  # fmt: skip
    return rows


def test_what_waits_longest_comes_first(as_user, bd, more):
    page = as_user(bd).get(LIST)
    assert shown(page) == ["a", "The form is broken"]
    assert page.content.decode().count(">Late<") == 1


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("unanswered", ["The form is broken"]),
        ("mine", ["a", "b", "The form is broken"]),
        ("waiting", ["b"]),
        ("solved", ["c"]),
        ("nonsense", ["a", "The form is broken"]),
    ],
)
def test_chips_narrow_it(as_user, bd, more, state, expected):
    assert shown(as_user(bd).get(LIST, {"state": state})) == expected


def test_words_and_kinds_narrow_it(as_user, bd, more):
    browser = as_user(bd)
    assert shown(browser.get(LIST, {"q": "acorn form"})) == []
    assert shown(browser.get(LIST, {"q": "broken"})) == ["The form is broken"]
    assert len(shown(browser.get(LIST, {"q": "acorn", "state": "all"}))) == 4
    assert shown(browser.get(LIST, {"kind": "return", "state": "all"})) == []


def test_the_sentence_says_how_long_clients_wait(as_user, bd, more):
    lede = as_user(bd).get(LIST).context["lede"]
    assert lede.startswith("3 requests are not solved, 1 unanswered, 1 late.")
    assert "answered within 3 hours" in lede
    assert "solved within 2 days" in lede


def test_the_pie_opens_its_list(as_user, bd, more):
    (piece,) = as_user(bd).get(LIST).context["pie"].slices
    assert piece.text == "3"
    assert len(shown(as_user(bd).get(piece.url))) == 3


def test_everybody_sees_what_they_hold(as_user, more, bd, other_bd, far_manager, dev, other_dev):  # fmt: skip
    counts = [
        len(shown(as_user(user).get(LIST, {"state": "all"})))
        for user in (bd, dev, other_bd, far_manager, other_dev)
    ]
    assert counts == [4, 4, 0, 0, 0]


def test_a_colleague_takes_it(as_user, wish, dev):
    as_user(dev).post(reverse("requests:take", args=[wish.pk]))
    wish.refresh_from_db()
    assert wish.owner == dev


def test_who_has_it_sees_it(as_user, wish, manager, other_dev):
    url = reverse("requests:assign", args=[wish.pk])
    as_user(manager).post(url, {"owner": other_dev.pk})
    assert other_dev.notifications.get().event.kind == "request.assigned"
    page = as_user(other_dev).get(wish.get_absolute_url())
    assert b"Answer the client" in page.content


def test_it_goes_to_colleagues_one_may_name_only(as_user, wish, manager, far_bd, portal_owner):  # fmt: skip
    url = reverse("requests:assign", args=[wish.pk])
    for person in (far_bd.pk, portal_owner.pk, "x", ""):
        assert as_user(manager).post(url, {"owner": person}).status_code == 422


def test_who_would_not_see_it_does_not_get_it(as_user, wish, admin, far_manager):
    url = reverse("requests:assign", args=[wish.pk])
    page = as_user(admin).post(url, {"owner": far_manager.pk}, follow=True)
    assert "could not see" in page.content.decode()


def test_another_department_takes_over(as_user, wish, bd, south, far_manager):
    url = reverse("requests:move", args=[wish.pk])
    page = as_user(bd).post(url, {"department": south.pk}, follow=True)
    assert page.status_code == 200
    wish.refresh_from_db()
    assert (wish.department, wish.owner) == (south, None)
    assert far_manager.notifications.get().event.kind == "request.moved"
    page = as_user(far_manager).get(wish.get_absolute_url()).content.decode()
    assert f"/clients/{wish.client_id}/" not in page


def test_moving_it_out_of_sight_ends_on_the_list(as_user, wish, south, north, far_manager):  # fmt: skip
    wish.move(south, by=far_manager)
    url = reverse("requests:move", args=[wish.pk])
    answer = as_user(far_manager).post(url, {"department": north.pk})
    assert answer.url == LIST


def test_moving_it_nowhere_says_so(as_user, wish, bd, north):
    url = reverse("requests:move", args=[wish.pk])
    page = as_user(bd).post(url, {"department": north.pk}, follow=True)
    assert "is with North already" in page.content.decode()
    assert as_user(bd).post(url, {"department": "0"}).status_code == 422


def test_the_list_leaves_as_a_file(as_user, bd, more):
    answer = as_user(bd).post(f"{LIST}?state=all", {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert text.count("Acorn Mills") == 4


def test_pages_cost_the_same_for_many(as_user, project, portal_owner, bd, wish, django_assert_max_num_queries):  # fmt: skip
    for n in range(30):
        request_of(project, portal_owner, subject=f"{n}")
        wish.answer(f"Word {n}", by=bd)
    portal = reverse("portal:request", args=[wish.pk])
    for user, url, most in (
        (bd, LIST, 10),
        (bd, wish.get_absolute_url(), 15),
        (portal_owner, "/portal/requests/", 10),
        (portal_owner, portal, 10),
        (bd, project.client.get_absolute_url(), 15),
        (bd, "/", 15),
    ):
        browser = as_user(user)
        browser.get(url)
        with django_assert_max_num_queries(most):
            assert browser.get(url).status_code == 200


def test_other_pages_lead_to_it(as_user, wish, bd, dev, manager, admin, portal_owner):
    here = wish.get_absolute_url()
    for user, url in (
        *((user, "/") for user in (bd, dev, manager, admin)),
        (bd, wish.client.get_absolute_url()),
        (dev, wish.project.get_absolute_url()),
    ):
        assert here in as_user(user).get(url).content.decode()
    home = as_user(portal_owner).get("/portal/").content.decode()
    assert reverse("portal:request", args=[wish.pk]) in home
    assert "/portal/requests/new/" in home


def test_the_menu_counts_unread_answers(as_user, wish, bd, portal_owner):
    wish.answer("We look into it.", by=bd)
    page = as_user(portal_owner).get("/portal/profile/")
    (entry,) = (e for e in page.context["nav"] if e["url"] == "/portal/requests/")
    assert entry["count"] == 1


def test_the_bell_leads_both_sides_to_it(as_user, wish, bd, portal_owner):
    assert (
        wish.get_absolute_url() in as_user(bd).get("/notifications/").content.decode()
    )
    wish.answer("We look into it.", by=bd)
    page = as_user(portal_owner).get("/notifications/").content.decode()
    assert reverse("portal:request", args=[wish.pk]) in page


def test_who_answers_for_the_department_has_it(as_user, wish, south, far_manager, bd):
    wish.move(south, by=bd)
    wish.answer("From another department.", by=bd)
    assert wish.owner is None
    url = reverse("requests:answer", args=[wish.pk])
    as_user(far_manager).post(url, {"text": "We look into it."})
    wish.refresh_from_db()
    assert wish.owner == far_manager
