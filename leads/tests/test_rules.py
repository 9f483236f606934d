"""A lead without an owner finds one by the rules, and says why."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal as D  # noqa: N817 - short in the table
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Medium
from accounts.places import place_for
from leads.actions import create
from leads.models import Absence, AssignmentRule, Lead, Stage
from notifications.models import EventTopic


@pytest.fixture
def arrive(setup_rows):
    """arrive(value=100): a lead nobody made comes in; the row as it was saved."""

    def make(**fields):
        lead = Lead(name="Roof", stage=Stage.first_of("open"), **fields)
        return create(lead, by=None, said="Roof came in.")

    return make


def named(person, position=0, **conditions):
    return AssignmentRule.objects.create(
        name="Named", person=person, position=position, **conditions
    )


def test_a_department_takes_turns_and_says_so(arrive, rule, bd, other_bd):
    owners = [arrive().owner for _n in range(4)]
    assert owners == [bd, other_bd, bd, other_bd]
    lead = Lead.objects.first()
    assert lead.why == "Rule “The rest”: next in turn in North."
    assert lead.department == bd.department
    event = EventTopic.objects.about(lead).get().event
    assert event.text.endswith(lead.why)
    assert lead.history.get().history_change_reason == f"rule #{rule.pk}: The rest"


def test_the_least_busy_gets_it(arrive, rule, bd, other_bd, make_leads):
    AssignmentRule.objects.update(how="least")
    make_leads(2)  # Ben's
    assert [arrive().owner for _n in range(3)] == [other_bd, other_bd, bd]
    assert "fewest open leads in North (2)" in Lead.objects.latest("pk").why


@pytest.mark.parametrize(
    ("condition", "fits", "fails"),
    [
        ({"place": "Lyon, Germany"}, {"place": "Hamburg"}, {"place": "Paris"}),
        ({"area": "The coast"}, {"place": "Hamburg"}, {"place": "Paris"}),
        ({"medium": "Referral"}, {"medium": "Referral"}, {"medium": "Telephone"}),
        ({"value_from": 100, "value_to": 200}, {"value": D(150)}, {"value": D(250)}),
        ({"value_from": 100}, {"value": D(100)}, {"value": D(150), "currency": "USD"}),
        ({"value_to": 100}, {"value": D(0)}, {"value": None}),
        ({"interest": "shop, roof"}, {"interest": "A web Shop"}, {"interest": "Site"}),
    ],
)
def test_conditions_hold_or_the_next_rule_is_asked(
    arrive, rule, bd, other_bd, colleague, condition, fits, fails
):
    named(colleague, **rows(condition))
    assert arrive(**rows(fits)).owner == colleague
    assert arrive(**rows(fails)).owner == bd


def rows(fields):
    """The fields with rows in place of the names of media and places of leads."""
    found = dict(fields)
    if "medium" in found:
        found["medium"] = Medium.objects.get(name=found["medium"])
    if found.get("place") in ("Hamburg", "Paris"):
        country = {"Hamburg": "Germany", "Paris": "France"}[found["place"]]
        found["place"] = place_for(found["place"], "", country)
        found["place"].area = "The coast" if country == "Germany" else "Île"
        found["place"].save(update_fields=["area"])
    return found


def test_all_conditions_must_hold_and_are_named(arrive, rule, bd, colleague):
    medium = Medium.objects.get(name="Referral")
    named(colleague, medium=medium, interest="shop")
    assert arrive(medium=medium).owner == bd
    lead = arrive(medium=medium, interest="Shop")
    assert lead.why == "Rule “Named” (Referral; Shop): it names Nina Near."


def test_who_is_absent_or_blocked_is_skipped(arrive, rule, bd, other_bd, blocked):
    today = timezone.localdate()
    Absence.objects.create(person=bd, first=today, last=today)
    named(blocked)
    assert [arrive().owner for _n in range(2)] == [other_bd, other_bd]


def test_nobody_there_means_nobody(arrive, rule, bd):
    bd.is_active = False
    bd.save(update_fields=["is_active"])
    lead = arrive()
    assert (lead.owner, lead.why) == (None, "")


def test_a_lead_of_a_department_stays_in_it(arrive, rule, bd, north, south, far_bd):
    assert arrive(department=north).owner == bd
    assert arrive(department=south).owner is None


def test_rules_out_of_use_are_not_asked(arrive, rule, bd):
    AssignmentRule.objects.update(is_on=False)
    assert arrive().owner is None


def test_a_client_comes_before_the_rules(arrive, rule, customer, other_bd):
    lead = arrive(client=customer)
    assert (lead.owner, lead.rule) == (customer.owner, None)
    assert customer.name in lead.why


def test_a_lead_made_by_hand_without_an_owner_is_given(client, admin, rule, bd):
    client.force_login(admin)
    typed = {"name": "Roof", "currency": "EUR", "stage": Stage.first_of("open").pk}
    client.post(reverse("leads:create"), typed)
    lead = Lead.objects.get()
    assert lead.owner == bd
    assert bd.notifications.get().event.kind == "lead.created"
    client.force_login(bd)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "Why me" in page
    assert lead.why in page


def test_given_by_hand_the_sentence_changes(client, manager, arrive, rule, other_bd):
    lead = arrive()
    client.force_login(manager)
    client.post(reverse("leads:assign", args=[lead.pk]), {"owner": other_bd.pk})
    lead.refresh_from_db()
    assert (lead.rule, lead.given) == (None, None)
    assert lead.why == "Mona Manager gave Roof to Olga Seller."


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_take_fair_turns(arrive, rule, bd, other_bd):
    arrive()  # Ben's; and Celery knows its tasks before there are threads
    barrier = Barrier(8)

    def come(_number):
        barrier.wait()
        owner = arrive().owner_id
        connection.close()
        return owner

    with ThreadPoolExecutor(8) as pool:
        owners = list(pool.map(come, range(8)))
    assert (owners.count(bd.pk), owners.count(other_bd.pk)) == (4, 4)
