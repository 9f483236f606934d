"""People at clients come in from files and vCards."""

import pytest

from accounts.importing.contacts import ContactImporter
from accounts.importing.reader import Unreadable, open_table
from accounts.models import Client, Contact
from accounts.tests.importing import do_import, outcomes, reasons

pytestmark = pytest.mark.usefixtures("setup_rows")
CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Ann Lee\r
N:Lee;Ann;;;\r
ORG:Mill\\, Sons;Sales\r
item1.EMAIL;type=HOME:home@x.example\r
EMAIL;TYPE=work,pref:ann@x.e\r
 xample\r
TEL;TYPE=FAX:+493012345678\r
TEL:+49 30 901820\r
NOTE:Likes\\ntea\r
END:VCARD\r
BEGIN:VCARD\r
FN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Zo=EB=\r
 Vos\r
no property\r
END:VCARD\r
BEGIN:VCARD\r
FN:Cut off\r
"""


@pytest.fixture
def contacts(tmp_path):
    return lambda text, **job: do_import(ContactImporter, tmp_path, text, **job)


@pytest.fixture
def cards(tmp_path):
    path = tmp_path / "people.vcf"
    path.write_bytes(CARDS.encode())
    return open_table(path)


def test_people_come_to_their_client_by_id_mail_or_name(contacts, customer, manager):
    contacts(
        "client,company,contact_name,email\n"
        f"{customer.external_id or customer.email},,Ann,a@x.example\n"
        f",{customer.name.upper()},Bob,\n",
        by=manager,
    )
    names = customer.contacts.filter(name__in=["Ann", "Bob"])
    assert names.count() == 2
    assert {row.history.get().history_user for row in names} == {manager}


def test_a_firm_that_is_not_known_is_added_once_with_one_main_contact(contacts, bd):
    text = "company,first_name,last_name,city\nMill,Ann,Lee,Berlin\nMILL,Bob,Lee,\n"
    job = contacts(text, by=bd)
    firm = Client.objects.get(name="Mill")
    assert (firm.owner, firm.place.city, firm.kind) == (bd, "Berlin", "firm")
    assert sorted(firm.contacts.values_list("name", "is_primary")) == [
        ("Ann Lee", True),
        ("Bob Lee", False),
    ]
    assert job.notes == [["client-made", "", 1, ""]]
    assert outcomes(contacts(text, by=bd)) == ["duplicate", "duplicate"]


def test_what_is_known_by_mail_is_updated_and_stays_with_its_client(contacts):
    contacts("company,contact_name,email\nMill,Ann,a@x.example\n")
    job = contacts("company,email,position\nTower,A@x.example,Boss\n")
    assert outcomes(job) == ["updated"]
    assert Contact.objects.get().position == "Boss"
    assert not Client.objects.filter(name="Tower").exists()
    assert job.notes == []


def test_a_firm_in_a_colleagues_care_is_left_alone(contacts, far_customer, bd):
    job = contacts(f"company,contact_name\n{far_customer.name},Eve\n", by=bd)
    assert reasons(job) == ["already in a colleague's care"]
    assert not Contact.objects.filter(name="Eve").exists()
    assert Client.objects.filter(name=far_customer.name).count() == 1


def test_people_without_a_firm_are_rejected_with_the_reason(contacts):
    job = contacts("client,company,contact_name\n,,Ann\n9001,,Bob\n,Mill,\n")
    assert reasons(job) == [
        "neither a client nor a company",
        "there is no client “9001”",
        "no name, e-mail or complete telephone number",
    ]
    with pytest.raises(Unreadable, match="the client or the company"):
        contacts("contact_name\nAnn\n")


def test_a_card_is_read_with_its_escapes_folds_and_preferences(cards):
    first = next(iter(cards))
    said = dict(zip(cards.columns, first.cells, strict=True))
    assert (first.line, said["Company"], said["Notes"]) == (
        1,
        "Mill, Sons",
        "Likes tea",
    )
    assert [said["E-mail"], said["E-mail 2"]] == ["ann@x.example", "home@x.example"]
    assert [said["Phone"], said["Phone 2"]] == ["+49 30 901820", ""]


def test_a_broken_card_is_rejected_by_line_and_the_others_come_in(cards):
    _ann, zoe, cut = cards
    assert (zoe.line, zoe.cells[0]) == (13, "Zoë Vos")
    assert zoe.fault == "line 16 is no line of a vCard"
    assert (cut.line, cut.fault) == (18, "the card that begins here has no END:VCARD")
