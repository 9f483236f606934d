"""Leads come in from files by the matching rules."""

import pytest
from django.utils import timezone

from accounts.importing.notes import sentences
from accounts.models import Client, Firm, Medium
from accounts.tests.importing import do_import, outcomes, reasons
from leads.importing import LeadImporter
from leads.models import Interaction, Lead, Stage
from notifications.models import Event, Notification

pytestmark = pytest.mark.usefixtures("setup_rows")


@pytest.fixture
def leads(tmp_path):
    return lambda text, **job: do_import(LeadImporter, tmp_path, text, **job)


def notes(job):
    return " ".join(sentences(job.notes))


def test_every_column_of_the_design_comes_in(leads, bd):
    job = leads(
        "external_id,name,email,phone,company,city,state,country,latitude,longitude,"
        "medium,stage,value,currency,created,closed,owner\n"
        "X1,Web shop,Ann@Mill.example,030 901820,Mill,Berlin,,Germany,,,"
        f'referral,Won,"1,200.50",usd,2024-05-01,2024-06-02,{bd.email}\n'
    )
    lead = Lead.objects.select_related("place", "medium").get()
    assert job.summary == "read 1: created 1, updated 0, duplicate 0, rejected 0"
    assert (lead.email, lead.phone.as_e164) == ("ann@mill.example", "+4930901820")
    assert (lead.place.city, lead.medium.name) == ("Berlin", "Referral")
    assert (lead.state, lead.value, lead.currency) == ("won", 1200.50, "USD")
    assert (f"{lead.created:%F}", f"{lead.closed:%F}") == ("2024-05-01", "2024-06-02")
    assert (lead.owner, lead.department) == (bd, bd.department)
    assert "mill" in lead.search


def test_a_second_import_changes_nothing(leads):
    text = "external_id,name,phone,created\nA,One,12,2024-05-01\n,Two,,2024-05-02\n"
    leads(text)
    job = leads(text)
    assert (job.duplicate, Lead.objects.count()) == (2, 2)
    assert Lead.history.count() == 2


def test_the_external_id_decides(leads):
    leads("external_id,email\nA,ann@x.example\n")
    job = leads("external_id,email\nB,ann@x.example\nA,bob@x.example\n")
    assert outcomes(job) == ["created", "updated"]
    assert Lead.objects.get(external_id="A").email == "bob@x.example"


def test_without_an_id_the_newest_row_with_that_mail_is_meant(leads):
    leads("external_id,email\nA,ann@x.example\nB,ANN@x.example\n")
    job = leads("email,company\nAnn@X.example,Mill\n")
    assert outcomes(job) == ["updated"]
    assert Lead.objects.get(company="Mill").external_id == "B"


def test_mail_written_in_capitals_is_the_same(leads, lead):
    Lead.objects.filter(pk=lead.pk).update(email="Carla@Acorn.Example")
    assert leads("email\ncarla@acorn.example\n").duplicate == 1
    assert Lead.objects.get().email == "Carla@Acorn.Example"


def test_a_telephone_is_matched_however_it_is_written(leads):
    leads("phone,country\n+49 30 901820,Germany\n")
    job = leads("phone,country,name\n030/901820,Germany,Mill\n")
    assert outcomes(job) == ["updated"]


def test_trashed_rows_do_not_count(leads):
    leads("external_id,email\nA,ann@x.example\n")
    Lead.objects.update(trashed=timezone.now())
    job = leads("external_id,email\nA,ann@x.example\n")
    assert outcomes(job) == ["created"]


def test_hitting_two_rows_is_rejected(leads):
    leads("email,phone\nann@x.example,\nbob@x.example,+4930901820\n")
    job = leads("email,phone\nann@x.example,+4930901820\n")
    assert outcomes(job) == ["rejected"]
    assert "two different rows" in reasons(job)[0]


def test_twice_in_the_file_is_a_duplicate(leads):
    job = leads("email,name\nann@x.example,One\nbob@x.example,\nANN@x.example,Two\n")
    assert outcomes(job) == ["created", "created", "duplicate"]
    assert Lead.objects.get(email="ann@x.example").name == "One"


def test_twice_in_the_file_is_seen_across_batches(leads, monkeypatch):
    monkeypatch.setattr("accounts.importing.base.BATCH", 1)
    text = "external_id,name\nA,One\nB,Two\nA,Three\n"
    assert outcomes(leads(text)) == ["created", "created", "duplicate"]
    assert outcomes(leads(text, trial=True))[2] == "duplicate"


def test_a_hidden_row_is_in_a_colleagues_care(leads, bd, far_lead):
    job = leads(f"email,name\n{far_lead.email},Mine now\n", by=bd)
    far_lead.refresh_from_db()
    assert (outcomes(job), far_lead.name) == (["duplicate"], "Fern web shop")
    assert reasons(job) == ["already in a colleague's care"]
    assert "Fern" not in notes(job)


def test_a_row_with_nobody_in_it_is_rejected(leads):
    job = leads("name,email,phone,city\n,,12,Berlin\n,,,Bonn\nAnn,,12,\n")
    assert outcomes(job) == ["rejected", "rejected", "created"]


def test_blank_cells_erase_nothing(leads):
    leads("external_id,name,company\nA,One,Mill\n")
    assert outcomes(leads("external_id,name,company\nA,One,\n")) == ["duplicate"]
    assert Lead.objects.get().company == "Mill"


def test_an_incomplete_telephone_is_kept_as_a_note(leads):
    job = leads("name,phone\nAnn,867-5309\n")
    assert Interaction.objects.get().text == "Telephone as written: 867-5309"
    assert "1 telephone number is incomplete, or" in notes(job)


def test_a_telephone_without_prefix_is_read_in_the_firms_country(leads):
    Firm.objects.update_or_create(pk=1, defaults={"country": "FR"})
    leads("name,phone\nJean,06 12 34 56 78\n")
    assert Lead.objects.get().phone.as_e164 == "+33612345678"


def test_stages_match_by_name_then_kind_then_the_first_open_one(leads):
    job = leads("name,stage\nA,quoted\nB,Closed Lost\nC,Proposal\nD,open\n")
    stages = dict(Lead.objects.values_list("name", "stage__name"))
    assert stages == {"A": "Quoted", "B": "Lost", "C": "New", "D": "New"}
    assert "Stage “Proposal” is not known: 1 row goes to “New”" in notes(job)


def test_a_closed_lead_is_not_reopened(leads):
    leads("external_id,stage\nA,won\n")
    job = leads("external_id,stage\nA,New\n")
    assert (outcomes(job), Lead.objects.get().state) == (["duplicate"], "won")
    assert "stays" in notes(job)


def test_a_won_lead_starts_nothing_and_sends_nothing(leads, lead, manager):
    Lead.objects.filter(pk=lead.pk).update(external_id="A")
    leads("external_id,stage,closed\nA,won,2024-02-03\n", by=manager)
    lead.refresh_from_db()
    assert (lead.state, f"{lead.closed:%F}") == ("won", "2024-02-03")
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert kinds == {"import.changed", "import.done"}
    assert Notification.objects.get().recipient == manager


def test_an_unknown_medium_is_added_by_a_manager(leads, manager):
    job = leads("name,medium\nA,carrier_pigeon\nB,Carrier pigeon\n", by=manager)
    assert Lead.objects.filter(medium__name="Carrier pigeon").count() == 2
    assert "Carrier pigeon" in notes(job)


def test_an_unknown_medium_counts_as_other_for_a_business_developer(leads, bd):
    job = leads("name,medium\nA,carrier pigeon\nB,\n", by=bd)
    media = dict(Lead.objects.values_list("name", "medium__name"))
    assert media == {"A": "Other", "B": None}
    assert not Medium.objects.filter(name__icontains="pigeon").exists()
    assert "carrier pigeon" in notes(job)


def test_a_text_column_taken_for_the_medium_does_not_flood_the_media(leads):
    before = Medium.objects.count()
    leads("name,medium\n" + "".join(f"A{n},Word {n}\n" for n in range(50)))
    assert Medium.objects.count() == before + 30


def test_rows_of_a_business_developer_are_theirs(leads, bd, other_bd):
    leads(f"name,owner\nA,{other_bd.email}\n", by=bd)
    assert Lead.objects.get().owner == bd


def test_rows_of_a_manager_stay_in_the_department(leads, manager, bd, far_bd):
    job = leads(f"name,owner\nA,{bd}\nB,{far_bd.email}\nC,\n", by=manager)
    owners = dict(Lead.objects.values_list("name", "owner__username"))
    assert owners == {"A": bd.username, "B": None, "C": None}
    assert Lead.objects.filter(department=manager.department).count() == 3
    assert f"Nobody called “{far_bd.email}”" in notes(job)


def test_a_lead_of_a_known_firm_follows_its_client(leads, customer, bd):
    leads("name,company\nShop,ACORN mills\nOther,Nowhere\n")
    lead = Lead.objects.get(name="Shop")
    assert (lead.client, lead.owner) == (customer, bd)
    assert Lead.objects.get(name="Other").client is None
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,soon,,", "Came in: “soon” is not a date"),
        ("A,2199-12-31,,", "Came in: “2199-12-31” is in the future"),
        ("A,,lots,", "Value: “lots” is not an amount"),
        ("A,,,nobody", "E-mail: “nobody” is not an e-mail address"),
        ("A,,,,extra", "5 cells, but the header names 4 columns"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_its_reason(leads, row, reason):
    job = leads(f"name,created,value,email\n{row}\nB,,,\n")
    assert outcomes(job) == ["rejected", "created"]
    assert reasons(job)[0] == reason


def test_first_and_last_name_are_joined_and_every_address_kept(leads):
    leads("first_name,last_name,email,email_2\nAda,Love,a@x.example,b@x.example\n")
    lead = Lead.objects.get()
    assert (lead.name, lead.contact_name) == ("Ada Love", "Ada Love")
    assert Interaction.objects.get().text == "Also reached at b@x.example"


def test_constants_fill_what_is_blank(leads):
    leads("name,medium\nA,fax\nB,\n", constants={"medium": "sms"})
    media = dict(Lead.objects.values_list("name", "medium__name"))
    assert media == {"A": "Fax", "B": "SMS"}


def test_a_trial_writes_nothing(leads):
    job = leads("name,city,medium\nA,Berlin,pigeon\n", trial=True)
    assert job.summary == "read 1: created 1, updated 0, duplicate 0, rejected 0"
    assert not Lead.objects.exists()
    assert Stage.objects.count() == 7


def test_history_says_it_was_an_import(leads, manager):
    job = leads("name\nA\n", by=manager)
    change = Lead.history.get()
    assert change.history_user == manager
    assert change.history_change_reason == f"import #{job.pk}: rows.csv"


def test_rows_without_an_owner_are_given_by_the_rules(leads, rule, bd, other_bd):
    leads(
        "name,stage,owner,product\n"
        f"One,,,Shop\nTwo,,,\nThree,lost,,\nFour,,{other_bd.email},\nFive,,,\n"
    )
    owners = dict(Lead.objects.values_list("name", "owner__first_name"))
    assert owners == {
        "One": "Ben", "Two": "Olga", "Three": None, "Four": "Olga", "Five": "Ben",
    }  # fmt: skip
    one = Lead.objects.get(name="One")
    assert (one.rule, one.interest) == (rule, "Shop")
    assert one.why == "Rule “The rest”: next in turn in North."


def test_a_lead_may_come_in_today(leads):
    today = timezone.localdate()
    assert outcomes(leads(f"name,created\nA,{today}\n")) == ["created"]
