"""Importing in the browser, from the upload to the error file."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from kombu.exceptions import OperationalError

from accounts.models import Client, Firm, Import
from crm.lib import jobs
from leads.models import Lead
from notifications.models import Event

pytestmark = pytest.mark.usefixtures("setup_rows")
CSV = "Name,Mail,Source\nAnn,ann@x.example,fax\nBob,bad,\nAnn,ANN@x.example,\n"


@pytest.fixture
def upload(client, manager):
    client.force_login(manager)

    def send(content=CSV, name="people.csv"):
        raw = content if isinstance(content, bytes) else content.encode()
        file = SimpleUploadedFile(name, raw)
        return client.post(reverse("accounts:imports"), {"file": file})

    return send


def url(name, job):
    return reverse(f"accounts:{name}", args=[job.pk])


def test_an_upload_is_kept_as_a_draft_with_kind_and_columns_guessed(upload, manager):
    response = upload()
    job = Import.objects.get()
    assert response.url == url("import_map", job)
    assert (job.state, job.kind, job.by) == ("draft", "leads", manager)
    assert job.mapping == {"name": "Name", "email": "Mail", "medium": "Source"}


def test_the_preview_gives_each_row_a_verdict_and_writes_nothing(upload, client):
    upload()
    page = client.get(url("import_map", Import.objects.get())).content.decode()
    assert "1 new, 0 to update, 1 unchanged or double, 1 that cannot" in page
    assert "E-mail: “bad” is not an e-mail address" in page
    assert "twice in the file" in page
    assert "ann@x.example · bad" in page  # examples beside the column
    assert not Lead.objects.exists()


def test_columns_can_be_changed_and_constants_set(upload, client, bd):
    upload()
    job = Import.objects.get()
    data = {"map-contact_name": "Name", "set-stage": "won", "owner": bd.pk}
    assert client.post(url("import_map", job), data).status_code == 302
    job.refresh_from_db()
    assert job.mapping == {"contact_name": "Name"}
    assert (job.constants, job.owner) == ({"stage": "won"}, bd)


def test_another_kind_guesses_the_columns_anew(upload, client):
    upload("CustomerID,Stage\n1,Won\n")
    job = Import.objects.get()
    client.post(url("import_kind", job), {"kind": "clients"})
    job.refresh_from_db()
    assert (job.kind, job.mapping) == ("clients", {"external_id": "CustomerID"})


def test_a_mapping_to_a_column_that_is_not_there_is_refused(upload, client):
    upload()
    job = Import.objects.get()
    response = client.post(url("import_map", job), {"map-name": "Nope"})
    assert response.status_code == 422
    assert "Nope is not one of the available choices" in response.content.decode()


def test_a_mapping_that_makes_nothing_cannot_be_started(upload, client):
    upload("column1,column2\na,b\n")
    page = client.get(url("import_map", Import.objects.get())).content.decode()
    assert "Nothing says who the rows are" in page
    assert "Start the import" not in page


def test_it_runs_in_the_background_to_counts_notes_and_error_file(
    upload, client, django_capture_on_commit_callbacks
):
    upload()
    job = Import.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url("import_start", job)).url == job.get_absolute_url()
    job.refresh_from_db()
    assert job.summary == "read 3: created 1, updated 0, duplicate 1, rejected 1"
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Download the rejected rows" in page
    assert "every 1s" not in page
    errors = client.get(url("import_errors", job))
    text = b"".join(errors.streaming_content).decode("utf-8-sig")
    assert errors["Content-Disposition"].endswith('filename="rejected-people.csv"')
    assert text.splitlines()[1].startswith("Bob,bad,,3,E-mail: “bad”")


def test_the_error_file_can_be_mended_and_uploaded_again(
    upload, client, django_capture_on_commit_callbacks
):
    upload(
        "Name,Mail,Source,Line,Why it was rejected\nBob,bob@x.example,,3,E-mail: “bad”\n"
    )
    job = Import.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("import_start", job))
    assert Lead.objects.get().email == "bob@x.example"


def test_progress_is_polled_until_it_is_over(upload, client):
    upload()
    job = Import.objects.get()
    Import.objects.update(state="running", percent=40, phase="2 of 5 rows")
    response = client.get(url("import_progress", job))
    assert (response.status_code, b"every 1s" in response.content) == (200, True)
    assert b"2 of 5 rows" in response.content
    Import.objects.update(state="done")
    assert client.get(url("import_progress", job)).status_code == 286


def test_it_starts_once_however_often_the_button_is_pressed(upload, client):
    upload()
    job = Import.objects.get()
    client.post(url("import_start", job))
    response = client.post(url("import_start", job), follow=True)
    assert "has been started already" in response.content.decode()


def test_a_started_import_is_not_mapped_again(upload, client):
    upload()
    job = Import.objects.get()
    client.post(url("import_start", job))
    client.post(url("import_kind", job), {"kind": "clients"})
    job.refresh_from_db()
    assert job.kind == "leads"
    assert client.get(url("import_map", job)).url == job.get_absolute_url()


def test_with_the_broker_dead_the_import_waits(
    upload, client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args, **kwargs):
        raise OperationalError

    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(jobs.app, "send_task", away)
    upload()
    job = Import.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("import_start", job))
    assert b"Waiting for a worker" in client.get(job.get_absolute_url()).content
    assert list(Import.objects.waiting()) == [job]


def test_a_running_import_can_be_stopped(upload, client):
    upload()
    job = Import.objects.get()
    client.post(url("import_cancel", job))
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_file_that_is_too_large_is_refused(upload, settings):
    settings.IMPORT_MAX_BYTES = 10
    response = upload()
    assert response.status_code == 422
    assert "0 MB is the most" in response.content.decode()
    assert not Import.objects.exists()


def test_a_file_with_too_many_rows_is_refused(upload, settings):
    settings.IMPORT_MAX_ROWS = 2
    response = upload()
    assert "The file has 3 rows; 2 is the most" in response.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.4", b" \n", b'name\n"open\n'])
def test_what_is_no_table_is_refused_with_a_sentence(upload, content):
    response = upload(content)
    assert response.status_code == 422
    assert re.search(r"Line \d|empty", response.content.decode())


def test_a_business_developer_imports_for_themselves(
    client, bd, other_bd, django_capture_on_commit_callbacks
):
    client.force_login(bd)
    file = SimpleUploadedFile("c.csv", b"customer name,customer id\nMill,1\n")
    client.post(reverse("accounts:imports"), {"file": file})
    job = Import.objects.get()
    assert b"Owner of new rows" not in client.get(url("import_map", job)).content
    client.post(url("import_map", job), {"map-name": "customer name", "owner": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("import_start", job))
    assert Client.objects.get().owner == bd


def test_the_list_shows_ones_own_imports(client, draft, far_draft, bd):
    client.force_login(bd)
    page = client.get(reverse("accounts:imports")).content.decode()
    assert draft.get_absolute_url() in page
    assert far_draft.get_absolute_url() not in page


def test_starting_by_get_is_refused(upload, client):
    upload()
    assert client.get(url("import_start", Import.objects.get())).status_code == 405


def test_a_file_of_another_kind_than_chosen_is_named_as_such(upload, client):
    upload("order,client,date,amount\nA1,7,2024-05-01,5\n")
    job = Import.objects.get()
    assert job.kind == "purchases"
    client.post(url("import_kind", job), {"kind": "leads"})
    page = client.get(url("import_map", job)).content.decode()
    assert "people.csv looks like a file of purchases, not of leads." in page


def test_the_columns_of_a_shape_are_remembered_for_the_next_file(upload, client):
    upload("Who,Where from\nAnn,fax\n")
    first = Import.objects.get()
    client.post(url("import_kind", first), {"kind": "clients"})
    data = {"map-name": "Who", "map-medium": "Where from", "set-industry": "Food"}
    client.post(url("import_map", first), data)
    client.post(url("import_start", first))
    upload("Where from,Who\nfax,Bob\n", name="may.csv")
    job = Import.objects.get(name="may.csv")
    assert (job.kind, job.constants) == ("clients", {"industry": "Food"})
    assert job.mapping == {"name": "Who", "medium": "Where from"}
    page = client.get(url("import_map", job)).content.decode()
    assert "The columns are those of people.csv" in page


def test_vcards_all_look_alike_and_are_guessed_each_time(upload, client):
    card = "BEGIN:VCARD\nN:Lee;Ann\n{}END:VCARD\n"
    upload(card.format("ORG:Mill\n"), name="firm.vcf")
    Import.objects.update(state="done")
    upload(card.format("EMAIL:a@x.example\n"), name="alone.vcf")
    assert list(Import.objects.order_by("pk").values_list("kind", flat=True)) == [
        "contacts",
        "leads",
    ]


def test_what_others_mapped_or_nobody_started_is_not_remembered(
    upload, client, far_manager
):
    upload("Who,Mail\nAnn,a@x.example\n")
    Import.objects.update(mapping={"name": "Mail"})
    upload("Who,Mail\nAnn,a@x.example\n", name="may.csv")
    assert Import.objects.get(name="may.csv").mapping["email"] == "Mail"
    Import.objects.update(state="done", by=far_manager, mapping={"name": "Mail"})
    upload("Who,Mail\nAnn,a@x.example\n", name="june.csv")
    assert Import.objects.get(name="june.csv").mapping["email"] == "Mail"


def test_the_preview_says_whom_a_new_row_resembles(upload, client, lead, far_lead):
    upload(
        "external_id,contact_name,email\n"
        f"1,Ann,{lead.email}\n2,{lead.contact_name},\n3,Eve,{far_lead.email}\n,Bo,"
        f"{far_lead.email}\n4,Zoe,zoe@zoo.example\n"
    )
    job = Import.objects.get()
    client.post(url("import_kind", job), {"kind": "leads"})
    page = client.get(url("import_map", job)).content.decode()
    assert f"like {lead}, the same e-mail" in page
    assert f"like {lead}, the same name" in page
    assert page.count("Ask the manager") == 2
    assert far_lead.name not in page
    token = re.search(r'name="rows" value="([^"]+)"', page)[1]
    client.post(reverse("accounts:ask_manager"), {"rows": token})
    assert (
        Event.objects.get(kind="duplicate.asked").topics.get().object_id == far_lead.pk
    )


def test_a_lead_that_came_in_tomorrow_is_refused_with_a_sentence(upload, client):
    upload("Deal name,Created\nAnn,2199-12-31\nBob,2024-05-01\n")
    page = client.get(url("import_map", Import.objects.get())).content.decode()
    assert "Came in: “2199-12-31” is in the future" in page
    assert "1 new, 0 to update, 0 unchanged or double, 1 that cannot" in page


def test_a_telephone_is_read_in_the_country_of_its_row_else_of_the_firm(
    upload, client, django_capture_on_commit_callbacks
):
    Firm.objects.update_or_create(pk=1, defaults={"country": ""})
    upload("Name,Phone,Country\nAnn,040 12345678,Germany\nBob,040 12345679,\n")
    job = Import.objects.get()
    page = client.get(url("import_map", job)).content.decode()
    assert "1 telephone number is incomplete, or no country is known" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("import_start", job))
    found = dict(Lead.objects.values_list("name", "phone"))
    assert (str(found["Ann"]), str(found["Bob"])) == ("+494012345678", "")
