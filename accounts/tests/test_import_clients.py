"""Clients come in from files."""

import pytest
from django.utils import timezone

from accounts.importing.clients import ClientImporter
from accounts.models import Client, Contact, Import
from accounts.tests.importing import do_import, outcomes

pytestmark = pytest.mark.usefixtures("setup_rows")


@pytest.fixture
def clients(tmp_path):
    return lambda text, **job: do_import(ClientImporter, tmp_path, text, **job)


def test_every_column_of_the_design_comes_in(clients, bd):
    clients(
        "external_id,name,email,phone,city,state,country,latitude,longitude,medium,"
        "industry,signed_up,birth_year,gender,spending_score,owner\n"
        "7,Mill,a@x.example,+4930901820,Berlin,,Germany,52.52,13.4,fax,"
        f"Food,2024-05-01,1980,f,39,{bd.email}\n"
    )
    client = Client.objects.select_related("place").get()
    assert (client.industry, f"{client.signed_up}") == ("Food", "2024-05-01")
    assert (client.birth_year, client.gender, client.spending_score) == (1980, "f", 39)
    assert (client.place.precision, client.owner) == ("exact", bd)
    assert client.kind == Client.Kind.PERSON


def test_a_second_import_changes_nothing(clients):
    text = "external_id,name,age,city\n1,Ann,30,Berlin\n,Mill,,\n"
    clients(text)
    assert outcomes(clients(text)) == ["duplicate", "duplicate"]
    assert Client.objects.count() == 2


def test_the_age_gives_the_year_of_birth_and_an_unlikely_one_none(clients):
    job = clients("external_id,age\n1,30\n2,118\n")
    this_year = timezone.localdate().year
    years = dict(Client.objects.values_list("external_id", "birth_year"))
    assert years == {"1": this_year - 30, "2": None}
    assert job.notes == [["unset", "118", 1, ""]]


def test_a_firm_with_a_person_has_a_contact(clients):
    clients("company,first_name,last_name,email\nMill,Ann,Lee,a@x.example\n")
    contact = Contact.objects.get()
    assert (contact.name, contact.client.name) == ("Ann Lee", "Mill")
    assert contact.client.kind == Client.Kind.FIRM


def test_a_place_is_changed_only_by_another_place(clients):
    clients("external_id,city,country\n1,Berlin,Germany\n")
    assert outcomes(clients("external_id,country\n1,Germany\n")) == ["duplicate"]
    assert outcomes(clients("external_id,city\n1,München\n")) == ["updated"]
    assert Client.objects.get().place.country == "Germany"


def test_the_owner_asked_for_owns_new_rows_only(clients, customer, other_bd):
    clients(f"email\n{customer.email}\nnew@x.example\n", owner=other_bd)
    customer.refresh_from_db()
    assert customer.owner != other_bd
    assert Client.objects.get(email="new@x.example").owner == other_bd


def test_rejected_rows_can_be_downloaded_and_hold_no_formula(clients):
    job = clients('name,email,note\n=SUM(A1),bad,"@x"\n')
    text = job.errors.read().decode("utf-8-sig")
    assert text.splitlines()[0] == "name,email,note,Line,Why it was rejected"
    assert text.splitlines()[1].startswith("'=SUM(A1),bad,'@x,2,E-mail: ")


def test_an_error_file_comes_in_again_as_it_was(clients):
    clients("name,email\n'=Best & Co,a@x.example\n")
    assert Client.objects.get().name == "=Best & Co"


def test_an_import_leaves_counts_that_add_up(clients):
    job = clients("email\na@x.example\na@x.example\nbad\n")
    stored = Import.objects.get(pk=job.pk)
    assert stored.summary == "read 3: created 1, updated 0, duplicate 1, rejected 1"
    assert (stored.state, stored.percent, stored.position) == ("done", 100, 3)
