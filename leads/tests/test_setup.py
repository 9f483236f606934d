"""Stages, the reasons for losing a lead and the firm's hours, as an admin sets them up."""

import pytest
from django.urls import reverse

from leads.forms import LoseForm
from leads.models import LostReason, Stage, WorkHours

pytestmark = pytest.mark.usefixtures("setup_rows")


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def url(name, *args):
    return reverse(f"leads:{name}", args=args)


def test_a_stage_is_added_renamed_and_removed(office):
    new = {"name": "Demo held", "kind": "open", "tone": "4", "position": "3"}
    office.post(url("stage_create"), new)
    stage = Stage.objects.get(name="Demo held")
    office.post(url("stage_edit", stage.pk), new | {"name": "Demo shown"})
    assert "Demo shown" in office.get(url("stages")).content.decode()
    office.post(url("stage_remove", stage.pk))
    assert not Stage.objects.filter(pk=stage.pk).exists()


@pytest.mark.parametrize(
    ("route", "title"),
    [
        ("leads:stage_create", "New stage"),
        ("leads:reason_create", "New reason why a lead is lost"),
        ("meetings:kind_create", "New kind of meeting"),
        ("accounts:medium_create", "New medium"),
    ],
)
def test_a_form_is_headed_by_what_it_makes(office, route, title):
    page = office.get(reverse(route)).content.decode()
    assert f"{title}</h1>" in page


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "NEW "}, {"kind": "x"}, {"position": "-1"}]
)
def test_a_stage_that_makes_no_sense_is_refused(office, wrong):
    new = {"name": "Demo", "kind": "open", "tone": "4", "position": "3"}
    assert office.post(url("stage_create"), new | wrong).status_code == 422


def test_a_stage_with_leads_stays_and_keeps_its_kind(office, lead):
    page = office.post(url("stage_remove", lead.stage_id), follow=True)
    assert "move them to another stage first" in page.content.decode()
    changed = {"name": "First", "kind": "won", "tone": "1", "position": "0"}
    office.post(url("stage_edit", lead.stage_id), changed)
    stage = Stage.objects.get(pk=lead.stage_id)
    assert (stage.name, stage.kind) == ("First", "open")


def test_the_last_stage_of_a_kind_stays(office):
    won = Stage.first_of("won")
    page = office.post(url("stage_remove", won.pk), follow=True).content.decode()
    assert "is the last stage of its kind" in page
    assert Stage.objects.filter(pk=won.pk).exists()


def test_reasons_are_proposed_and_other_words_are_taken(office, lead):
    LoseForm()  # what is proposed is in the cache now
    office.post(url("reason_create"), {"name": "Moved <abroad>", "position": "0"})
    page = office.get(lead.get_absolute_url()).content.decode()
    assert '<option value="Moved &lt;abroad&gt;">' in page
    office.post(url("lose", lead.pk), {"reason": "Something else"})
    lead.refresh_from_db()
    assert lead.lost_reason == "Something else"


def test_a_lead_keeps_its_words_when_the_reason_goes(office, lead, admin):
    reason = LostReason.objects.create(name="Went quiet")
    lead.lose(reason=reason.name, by=admin)
    office.post(url("reason_edit", reason.pk), {"name": "Silence", "position": "1"})
    office.post(url("reason_remove", reason.pk))
    lead.refresh_from_db()
    assert lead.lost_reason == "Went quiet"
    assert "Silence" not in LostReason.names()


def test_a_reason_is_in_the_list_once(office):
    new = {"name": "Too dear", "position": "1"}
    office.post(url("reason_create"), new)
    again = office.post(url("reason_create"), new | {"name": "TOO DEAR"})
    assert again.status_code == 422


def test_the_firms_hours_hold_for_who_has_set_none(office, bd, admin):
    week = {f"day_{n}": "" for n in range(7)} | {"day_0": "9-12"}
    office.post(reverse("meetings:firm_hours"), week)
    assert WorkHours.week_of(bd) == {0: [(540, 720)]}
    WorkHours.change(bd, {1: [(600, 660)]}, by=admin)
    assert WorkHours.week_of(bd) == {1: [(600, 660)]}
    assert WorkHours.of_firm() == {0: [(540, 720)]}


def test_hours_that_are_none_are_refused(office):
    wrong = office.post(reverse("meetings:firm_hours"), {"day_0": "noon"})
    assert wrong.status_code == 422
