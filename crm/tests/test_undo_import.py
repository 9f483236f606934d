"""An import is taken back as far as nobody worked on its rows since."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actions import change_client
from accounts.models import Client, Contact, Import, Medium
from leads.models import Interaction, Lead, Stage
from notifications.models import Event
from sales.models import Product, Purchase

pytestmark = pytest.mark.usefixtures("setup_rows")


@pytest.fixture
def imported(client, manager, django_capture_on_commit_callbacks):
    """Upload a file as the manager and import it; the job."""
    client.force_login(manager)

    def run(text, kind="leads"):
        file = SimpleUploadedFile("rows.csv", text.encode())
        client.post(reverse("accounts:imports"), {"file": file})
        job = Import.objects.latest("pk")
        client.post(reverse("accounts:import_kind", args=[job.pk]), {"kind": kind})
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("accounts:import_start", args=[job.pk]))
        job.refresh_from_db()
        return job

    return run


@pytest.fixture
def undo(client, django_capture_on_commit_callbacks):
    def run(job):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("accounts:import_undo", args=[job.pk]))
        return job.undos.latest("pk")

    return run


def counts(job):
    return job.state, job.made, job.updated, job.rejected


def test_new_leads_go_to_the_trash_and_updated_ones_get_their_values_back(
    imported, undo, lead, manager
):
    lead.email, lead.value = "a@x.example", 5
    lead.save(update_fields=["email", "value"])
    company = lead.company
    job = imported(
        "email,value,company,stage,note\na@x.example,900,Mill,won,Tea\nb@x.example,7,,,Hi\n"
    )
    assert job.summary.startswith("read 2: created 1, updated 1")
    back = undo(job)
    assert (counts(back), back.notes) == (("done", 1, 1, 0), [["remarks", "", 1, ""]])
    lead.refresh_from_db()
    assert (lead.value, lead.company, lead.is_open) == (5, company, True)
    new = Lead.objects.in_trash().get()
    assert (new.email, new.trashed_by) == ("b@x.example", manager)
    assert Event.objects.filter(kind="import.undone").count() == 1
    assert lead.history.first().history_change_reason.startswith("import #")


def test_what_was_worked_on_since_stays_and_the_reason_is_told(
    imported, undo, client, manager
):
    job = imported("name,email\nA,a@x.example\nB,b@x.example\nC,c@x.example\n")
    first, second, third = Lead.objects.order_by("email").filter(
        email__endswith="x.example"
    )
    first.plan("call", None, by=manager)
    Interaction.objects.create(lead=second, kind="note", text="x", by=manager)
    Lead.objects.filter(pk=third.pk).update(department=None)
    back = undo(job)
    assert counts(back) == ("done", 1, 0, 2)
    assert list(Lead.objects.in_trash()) == [second]
    page = client.get(back.get_absolute_url()).content.decode()
    assert "Not undone: 1 row, it was changed since (such as “A”)." in page
    text = back.errors.read().decode("utf-8-sig")
    assert f"C,{third.pk},it is in a colleague&#x27;s care now" in text.replace(
        "'", "&#x27;"
    )


def test_of_an_updated_client_only_what_nobody_changed_since_is_given_back(
    imported, undo, customer, manager
):
    before = customer.industry
    imported_as = f"email,industry,phone\n{customer.email},Food,+4930901820\n"
    job = imported(imported_as, "clients")
    assert job.updated == 1
    customer.refresh_from_db()
    change_client(customer, by=manager, phone="+4930901899")
    back = undo(job)
    customer.refresh_from_db()
    assert (customer.industry, str(customer.phone)) == (before, "+4930901899")
    assert counts(back) == ("done", 0, 1, 0)
    assert back.notes == [["stays", "changed since: telephone", 1, customer.name]]


def test_new_firms_go_with_their_people_unless_something_hangs_on_them(
    imported, undo, manager
):
    job = imported("company,contact_name,note\nMill,Ann,Tea\nTower,Bob,\n", "contacts")
    tower = Client.objects.get(name="Tower")
    Lead.objects.create(
        name="x",
        client=tower,
        stage=Stage.first_of("open"),
        department=manager.department,
    )
    assert counts(undo(job)) == ("done", 3, 0, 1)
    assert not Contact.objects.filter(name__in=["Ann", "Bob"]).exists()
    assert list(Client.objects.in_trash().values_list("name", flat=True)) == ["Mill"]


def test_a_firm_imported_with_its_person_goes_along(imported, undo):
    job = imported("company,first_name,last_name\nMill,Ann,Lee\n", "clients")
    assert counts(undo(job)) == ("done", 1, 0, 0)
    assert Client.objects.in_trash().get().contacts.get().name == "Ann Lee"


def test_an_import_is_undone_once(imported, undo, client):
    job = imported("name\nA\n")
    assert b"Undo the import" in client.get(job.get_absolute_url()).content
    undo(job)
    page = client.get(job.get_absolute_url()).content
    assert b"Undo of rows.csv" in page
    assert b"Undo the import" not in page
    again = reverse("accounts:import_undo", args=[job.pk])
    assert b"was undone already" in client.post(again, follow=True).content
    assert Import.objects.filter(undoes=job).count() == 1


def test_what_has_no_history_cannot_be_undone(imported, client):
    job = imported("order,client,date,amount\nA1,7,2024-05-01,5\n", "purchases")
    page = client.get(job.get_absolute_url()).content
    assert b"Purchases, visits and spend keep no history" in page
    url = reverse("accounts:import_undo", args=[job.pk])
    assert b"cannot be undone" in client.post(url, follow=True).content
    assert not job.undos.exists()


def test_new_products_go_unless_they_were_sold(imported, undo, customer):
    Product.objects.create(code="A", name="A", price=1)
    job = imported("code,name,price\nA,A,2\nB,B,3\nC,C,4\n", "products")
    bought = Purchase.objects.create(client=customer, day="2026-05-01")
    bought.lines.create(product=Product.objects.get(code="C"), cents=4)
    back = undo(job)
    assert counts(back) == ("done", 1, 1, 1)
    left = Product.objects.order_by("code").values_list("code", "price")
    assert list(left) == [("A", 1), ("C", 4)]
    assert "now" in back.notes[0][1]


def test_a_long_undo_lets_others_go_first_and_goes_on_where_it_stopped(
    imported, undo, monkeypatch
):
    job = imported("name\nA\nB\nC\n")
    monkeypatch.setattr("accounts.importing.undo.BATCH", 1)
    monkeypatch.setattr("crm.importers.SLICE", 1e-9)
    assert counts(undo(job)) == ("done", 3, 0, 0)
    assert Lead.objects.in_trash().count() == 3
    assert Event.objects.filter(kind="import.undone").count() == 1


def test_an_undo_that_failed_can_be_asked_for_again(imported, undo, monkeypatch):
    job = imported("name\nA\n")
    with monkeypatch.context() as patch:
        patch.setattr("crm.importers.take_back", lambda *args, **kwargs: 1 / 0)
        assert undo(job).state == "failed"
    assert counts(undo(job)) == ("done", 1, 0, 0)


def test_media_that_the_import_added_go_unless_something_else_uses_them(
    imported, undo, lead
):
    job = imported(
        "name,email,medium\nA,a@x.example,Carrier pigeon\nB,b@x.example,Smoke\n"
        "C,c@x.example,fax\n"
    )
    lead.medium = Medium.objects.get(name="Smoke")
    lead.save(update_fields=["medium"])
    assert counts(undo(job)) == ("done", 3, 0, 0)
    left = set(Medium.objects.values_list("name", flat=True))
    assert not {"Carrier pigeon"} & left
    assert {"Smoke", "Fax"} <= left


def test_a_medium_of_a_lead_that_stays_stays(imported, undo, manager):
    job = imported("name,medium\nA,Carrier pigeon\n")
    Lead.objects.get(name="A").plan("call", None, by=manager)
    assert counts(undo(job)) == ("done", 0, 0, 1)
    assert Medium.objects.filter(name="Carrier pigeon").exists()


def test_the_preview_says_that_a_medium_is_added(imported, client, manager):
    client.force_login(manager)
    file = SimpleUploadedFile("rows.csv", b"name,medium\nA,Carrier pigeon\n")
    url = client.post(reverse("accounts:imports"), {"file": file}).url
    page = client.get(url).content.decode()
    assert "Medium “Carrier pigeon” is not known and is added: 1 row." in page
    assert not Medium.objects.filter(name="Carrier pigeon").exists()
