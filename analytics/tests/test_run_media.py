"""Media groups from planted contacts, end to end."""

from datetime import timedelta

import numpy as np
import pytest

from accounts.models import Client, Medium
from analytics.features import BUCKETS
from analytics.models import Figure
from analytics.reports.media import Report, wait_text
from analytics.tests.planted import (
    NOON,
    analyse,
    client_of,
    lead_of,
    plant_answers,
    talk,
)
from leads.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(bd, setup_rows):
    plant_answers(bd)


def report(run):
    return Report(run, Figure.objects.all())


def test_groups_stand_best_first_and_their_leads_add_up(planted):
    run = analyse("media", params={"k": 3})
    found = report(run)
    assert [g.name for g, _ in found.by_group] == [
        "Most responsive",
        "Sometimes answers",
        "Rarely answers",
    ]
    leads = sum(x.rates.sums.leads for _, lines in found.by_group for x in lines)
    assert leads == Lead.objects.count() == 60


def test_groups_and_best_medium_reach_the_rows(planted, bd):
    client = client_of(bd, "K1", medium=Medium.objects.get(name="Direct mail"))
    analyse("media", params={"k": 3})
    client.refresh_from_db()
    assert (client.media_group, client.best_medium.name) == (
        "Rarely answers",
        "Referral",
    )
    assert Medium.objects.get(name="Referral").group_rank == 0
    assert Lead.objects.filter(media_group="Most responsive").count() == 20


def test_a_client_who_answers_chats_has_chat_as_best_medium(planted, bd):
    client = client_of(bd, "K2")
    chat = lead_of(bd, "L", medium="Live chat", client=client)
    for _ in range(30):
        talk(chat, answered=True)
    analyse("media")
    client.refresh_from_db()
    assert client.best_medium.name == "Live chat"


def test_the_answer_says_who_answers_and_how_fast(planted):
    found = report(analyse("media"))
    assert found.answer == (
        "People answer best by Referral: 90% of 20 contacts, half of them within "
        "4 hours. Direct mail gets 5.0%."
    )


def test_notes_and_incoming_words_are_no_contacts(planted):
    lead = Lead.objects.filter(medium__name="Direct mail").first()
    talk(lead, answered=True, kind="note")
    talk(lead, answered=True, direction="in")
    lines = {str(x.medium): x for x in report(analyse("media")).lines}
    assert lines["Direct mail"].rates.sums.sent == 20


def test_wins_after_the_reference_date_are_not_known_yet(planted):
    won = Lead.objects.filter(state="won", medium__name="Referral")
    won.update(closed=NOON + timedelta(days=300))
    lines = {str(x.medium): x for x in report(analyse("media")).lines}
    assert lines["Referral"].rates.sums.won == 0


def test_without_contacts_media_are_ranked_by_conversion(bd, setup_rows):
    for number in range(40):
        medium = "Fax" if number % 2 else "SMS"
        state = "won" if number % 2 else "lost"
        lead_of(bd, f"L{number}", medium=medium, state=state)
    run = analyse("media")
    assert not run.quality["by_answers"]
    assert "Fax wins 100% of its 20 leads" in report(run).answer


def test_row_order_changes_nothing(bd, setup_rows):
    plant_answers(bd)
    first = analyse("media")
    Lead.objects.all().delete()
    plant_answers(bd, turned=True)
    second = analyse("media")
    assert first.result == second.result
    assert first.quality == second.quality


def test_too_few_leads_is_an_answer(bd, setup_rows):
    lead_of(bd, "only", medium="Fax")
    run = analyse("media")
    assert run.result["lack"] == {"code": "media", "found": 1, "needed": 30}
    assert not Client.objects.exclude(media_group="").exists()


@pytest.mark.parametrize(
    ("bucket", "words"),
    [
        (0, "15 minutes"),
        (2, "1 hour"),
        (4, "4 hours"),
        (9, "3 days"),
        (14, "more than 30 days"),
    ],
)
def test_the_median_wait_is_the_bucket_of_the_median(bucket, words):
    waits = np.zeros(BUCKETS)
    assert wait_text(waits) == "–"
    waits[bucket] = 3
    assert wait_text(waits) == words
