"""An admin writes the rules, orders them, and sees who would get what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Absence, AssignmentRule


@pytest.fixture
def url(setup_rows):
    return reverse("leads:rules")


def typed(**changes):
    return {"name": "Coast", "how": "turn", "is_on": "on", **changes}


def test_a_new_rule_stands_above_the_one_for_the_rest(client, admin, rule, bd, url):
    client.force_login(admin)
    data = typed(person=bd.pk, place="Hamburg", hours="4")
    assert client.post(reverse("leads:rule_create"), data).url == url
    assert names() == ["Coast", "The rest"]


def names():
    return list(AssignmentRule.objects.values_list("name", flat=True))


def test_a_rule_moves_and_stays_at_the_ends(client, admin, rule, bd, url):
    client.force_login(admin)
    AssignmentRule.objects.create(name="B", person=bd, position=2)
    go = reverse("leads:rule_move", args=[rule.pk])
    assert client.post(go, {"to": "down"}).url == f"{url}#rule-{rule.pk}"
    assert names() == ["B", "The rest"]
    client.post(go, {"to": "down"})
    assert names() == ["B", "The rest"]
    client.post(go, {"to": "sideways"})
    client.post(go, {"to": "up"})
    assert names() == ["The rest", "B"]


def test_a_rule_is_changed_and_removed(client, admin, rule, north, url):
    client.force_login(admin)
    edit = rule.get_absolute_url()
    client.post(edit, typed(name="All", team=north.pk, how="least"))
    assert names() == ["All"]
    client.post(reverse("leads:rule_remove", args=[rule.pk]))
    assert names() == []
    assert "No rule yet" in client.get(url).content.decode()


def test_what_keeps_a_rule_from_working_is_said(
    client, admin, rule, blocked, bd, south, url
):
    today = timezone.localdate()
    Absence.objects.create(person=bd, first=today, last=today + timedelta(days=3))
    make = AssignmentRule.objects.create
    make(name="A", person=blocked)
    make(name="B", person=bd)
    make(name="C", team=south, area="Gone")
    make(name="D", person=bd, position=9)
    client.force_login(admin)
    page = client.get(url).content.decode()
    assert "Bert Blocked is blocked: this rule is skipped" in page
    assert "Ben Seller is away" in page
    assert "Nobody in South can take leads today" in page
    assert "No area is called “Gone” now" in page
    assert "Never reached while “A” takes whatever comes" in page


def test_without_a_rule_for_the_rest_the_page_warns(client, admin, bd, url):
    AssignmentRule.objects.create(name="A", person=bd, place="Lyon")
    client.force_login(admin)
    assert "No rule takes whatever comes" in client.get(url).content.decode()


def test_the_dry_run_names_who_and_takes_no_turn(
    client, admin, rule, bd, make_leads, url
):
    make_leads(2, name="Cellar")
    client.force_login(admin)
    page = client.get(url).content.decode()
    assert page.count("next in turn in North") == 2
    rule.refresh_from_db()
    assert rule.last is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {},
        {"person": "0"},
        {"both": True},
        {"value_from": "5", "value_to": "4"},
        {"value_from": "-1"},
        {"hours": "0"},
        {"hours": "1001"},
        {"area": "No such area"},
        {"how": "by beauty"},
        {"medium": "web"},
    ],
)
def test_what_is_malformed_comes_back(client, admin, bd, north, wrong, setup_rows):
    client.force_login(admin)
    data = typed(interest="as typed")
    data |= {"person": bd.pk} if wrong else {}
    data |= {"team": north.pk} if wrong.pop("both", False) else {}
    answer = client.post(reverse("leads:rule_create"), data | wrong)
    assert answer.status_code == 422
    assert "as typed" in answer.content.decode()
    assert not AssignmentRule.objects.exists()


def test_both_targets_are_refused_in_one_sentence(client, admin, bd, north, setup_rows):
    client.force_login(admin)
    data = typed(person=bd.pk, team=north.pk)
    page = client.post(reverse("leads:rule_create"), data).content.decode()
    assert page.count("Choose a person or a department, not both.") == 1
    assert "is violated" not in page


@pytest.mark.parametrize(
    ("route", "given", "sentence"),
    [
        ("assignmentrule", {"name": "A", "how": "turn", "position": 1}, "not both"),
        ("workhours", {"weekday": 1, "starts": 600, "ends": 60}, "before they end"),
        ("spend", {"amount": "-1", "month": "2026-05-01"}, "less than nothing"),
    ],
)
def test_the_admin_site_says_what_is_wrong_and_names_no_constraint(
    client, admin, medium, route, given, sentence
):
    client.force_login(admin)
    given = {"medium": medium.pk, "currency": "EUR", **given}
    page = client.post(reverse(f"admin:leads_{route}_add"), given).content.decode()
    assert sentence in page
    assert "is violated" not in page


def test_twenty_rules_cost_as_many_queries_as_two(
    client, admin, rule, bd, make_leads, url, django_assert_max_num_queries
):
    AssignmentRule.objects.create(name="A", person=bd, how="least")
    make_leads(2)
    client.force_login(admin)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    AssignmentRule.objects.bulk_create(
        AssignmentRule(name=f"R{n}", person=bd, place="Lyon") for n in range(18)
    )
    make_leads(10)
    with django_assert_max_num_queries(len(few)):
        client.get(url)
