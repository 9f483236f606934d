"""What an import changes is shown before it does, and told afterwards where it did."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Import
from leads.models import Lead
from notifications.models import Event, EventTopic

pytestmark = pytest.mark.usefixtures("setup_rows")


@pytest.fixture
def preview(client, manager):
    """Upload a file as the manager; the import and its preview."""
    client.force_login(manager)

    def look(text, kind="leads"):
        file = SimpleUploadedFile("rows.csv", text.encode())
        client.post(reverse("accounts:imports"), {"file": file})
        job = Import.objects.latest("pk")
        client.post(reverse("accounts:import_kind", args=[job.pk]), {"kind": kind})
        page = client.get(reverse("accounts:import_map", args=[job.pk]))
        return job, page.content.decode()

    return look


@pytest.fixture
def run(client, django_capture_on_commit_callbacks):
    def run(name, job):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse(f"accounts:{name}", args=[job.pk]))

    return run


def test_the_preview_links_the_row_and_says_old_and_new(preview, lead):
    Lead.objects.filter(pk=lead.pk).update(email="a@x.example", value=5, company="")
    _job, page = preview(
        f"name,email,value,company,city,medium\n{lead.name},a@x.example,900,Mill,"
        "Berlin,Fax\n"
    )
    assert f'<a href="{lead.get_absolute_url()}">{lead}</a>' in page
    assert "Value: 5.00 → 900.00" in page
    assert "Company: nothing → Mill" in page
    assert "Berlin" in page.split("Place: ")[1][:200].partition("→")[2]
    assert "→ Fax" in page
    assert Lead.objects.get(pk=lead.pk).value == 5


def test_of_a_client_and_a_product_it_is_said_as_well(preview, customer, product):
    _job, page = preview(f"email,industry\n{customer.email},Fishery\n", "clients")
    assert customer.get_absolute_url() in page
    assert "→ Fishery" in page
    _job, page = preview(f"code,name\n{product.code},Pencil\n", "products")
    assert f"Name: {product.name} → Pencil" in page


def test_a_hidden_row_is_neither_linked_nor_named(preview, far_lead):
    _job, page = preview(f"email,value\n{far_lead.email},987\n")
    assert "Ask the manager" in page
    assert far_lead.get_absolute_url() not in page
    assert far_lead.name not in page
    assert "→" not in page.split("What happens")[1].split("Which column")[0]


def test_a_preview_of_twenty_updates_costs_as_much_as_one_of_two(preview, lead, client):
    Lead.objects.bulk_create(
        Lead(name=f"L{n}", email=f"a{n}@x.example", stage=lead.stage,
             owner=lead.owner, department=lead.department)
        for n in range(20)
    )  # fmt: skip
    spent = []
    for size in (2, 20):
        rows = [f"L{n},a{n}@x.example,9,Fax\n" for n in range(size)]
        job, _page = preview("name,email,value,medium\n" + "".join(rows))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("accounts:import_map", args=[job.pk]))
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_the_timelines_of_changed_rows_tell_of_the_import_and_its_undo(
    preview, run, client, lead
):
    Lead.objects.filter(pk=lead.pk).update(email="a@x.example")
    job, _page = preview(
        f"name,email,value\n{lead.name},a@x.example,900\nNeu,b@x.example,1\n"
    )
    run("import_start", job)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "Changed by the import of rows.csv." in page
    new = Lead.objects.get(name="Neu")
    assert not EventTopic.objects.about(new).exists()
    run("import_undo", job)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "Given back what the import of rows.csv had changed." in page
    assert Event.objects.filter(kind__startswith="import.").count() == 4


def test_an_import_that_changes_nothing_tells_no_timeline(preview, run, lead):
    job, _page = preview("name,email\nNeu,b@x.example\n")
    run("import_start", job)
    assert not Event.objects.filter(kind="import.changed").exists()


def test_the_bell_leads_to_the_import_and_reads_no_topics_of_rows(
    preview, run, client, lead
):
    job, _page = preview(f"name,email,value\n{lead.name},{lead.email},900\n")
    run("import_start", job)
    done = Event.objects.get(kind="import.done")
    assert [topic.topic for topic in done.topics.all()] == ["accounts.import"]
    assert (
        job.get_absolute_url()
        in client.get(reverse("notifications:list")).content.decode()
    )


def test_many_changed_rows_are_told_in_few_statements(preview, run, lead):
    Lead.objects.bulk_create(
        Lead(name=f"L{n}", email=f"a{n}@x.example", stage=lead.stage,
             owner=lead.owner, department=lead.department)
        for n in range(40)
    )  # fmt: skip
    rows = [f"L{n},a{n}@x.example,9\n" for n in range(40)]
    job, _page = preview("name,email,value\n" + "".join(rows))
    with CaptureQueriesContext(connection) as queries:
        run("import_start", job)
    table = '"notifications_eventtopic"'
    written = [q for q in queries if q["sql"].startswith(f"INSERT INTO {table}")]
    assert len(written) <= 3
    assert EventTopic.objects.filter(event__kind="import.changed").count() == 41
