"""The import commands run in process and end with one line of counts."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Client, Import
from leads.models import Lead
from sales.models import Product, Purchase

pytestmark = pytest.mark.usefixtures("setup_rows")


@pytest.fixture
def run(tmp_path, capsys):
    def call(name, text, *options):
        path = tmp_path / "rows.csv"
        path.write_text(text)
        call_command(name, str(path), *options)
        return capsys.readouterr()

    return call


def test_leads_come_in_with_map_set_and_owner(run, bd):
    said = run(
        "import_leads",
        "mql_id,When,origin\nm1,2018-02-01,social\nm2,2018-02-02,\n",
        "--map=external_id=mql_id,created=When,medium=Origin",
        "--set=stage=won",
        f"--owner={bd.email.upper()}",
    )
    assert said.out == "read 2: created 2, updated 0, duplicate 0, rejected 0\n"
    assert Lead.objects.filter(owner=bd, state="won").count() == 2
    assert Import.objects.get().state == Import.State.DONE


def test_columns_are_guessed_without_a_map(run):
    run("import_clients", "CustomerID,Genre,SpendingScore\n0001,Male,39\n")
    client = Client.objects.get()
    assert (client.external_id, client.gender) == ("0001", "Male")


def test_columns_named_like_a_field_need_no_map(run):
    run("import_leads", "id,name,Source\n1,Ann,fax\n", "--map=external_id=id")
    lead = Lead.objects.get()
    assert (lead.external_id, lead.name, lead.medium) == ("1", "Ann", None)


def test_purchases_and_products_come_in(run):
    run("import_products", "product,series,sales_price\nGTX Pro,GTX,4821\n")
    run("import_purchases", "client,date,product,price\n7,2024-05-01,GTX Pro,5\n")
    assert Purchase.objects.get().lines.get().product == Product.objects.get()


def test_an_unmatched_product_of_a_lead_is_reported_with_the_nearest(run):
    Product.objects.create(code="GTX Pro", name="GTX Pro")
    said = run("import_leads", "id,product,account\n1,GTXPro,Mill\n2,gtx pro,\n")
    assert "Product “GTXPro” is unmatched: 1 row. The nearest is “GTX Pro”" in said.err
    assert Lead.objects.get(external_id="1").name == "GTXPro – Mill"


def test_rejected_rows_are_told_on_stderr_the_first_twenty(run):
    said = run("import_clients", "name,email\n" + "A,bad\n" * 25)
    assert said.err.count("is not an e-mail address") == 20
    assert "line 2: E-mail: “bad”" in said.err
    assert "5 more rejected rows" in said.err


def test_a_dry_run_writes_nothing(run):
    said = run("import_leads", "name\nAnn\n", "--dry-run")
    assert said.out == "read 1: created 1, updated 0, duplicate 0, rejected 0\n"
    assert not Lead.objects.exists()
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--map=external_id=nope"], "has no column “nope”. It has: name"),
        (["--map=nope=name"], "--map: there is no field “nope”"),
        (["--set=nope=1"], "--set: there is no field “nope”"),
        (["--map=name"], "write field=value"),
        (["--owner=nobody@x.example"], "nobody who can own rows"),
    ],
)
def test_wrong_options_are_refused(run, options, words):
    with pytest.raises(CommandError, match=words):
        run("import_leads", "name\nAnn\n", *options)
    assert not Lead.objects.exists()


def test_a_file_that_is_no_table_is_refused(run, tmp_path):
    with pytest.raises(CommandError, match="Line 1: this is a PDF"):
        run("import_leads", "%PDF-1.4")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_leads", str(tmp_path / "nowhere.csv"))


def test_a_file_without_known_columns_is_refused(run):
    with pytest.raises(CommandError, match="Nothing says who the rows are"):
        run("import_leads", "column1,column2\na,b\n")
    assert Import.objects.get().state == Import.State.FAILED


def test_contacts_come_in_from_a_vcard(tmp_path, capsys):
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ann Lee\nORG:Mill\nEND:VCARD\n")
    call_command("import_contacts", str(path))
    assert capsys.readouterr().out.startswith("read 1: created 1, ")
    assert Client.objects.get(name="Mill").contacts.get().name == "Ann Lee"


def test_a_file_of_another_kind_is_refused_unless_mapped(run):
    text = "order,client,date,amount\nA1,7,2024-05-01,5\n"
    with pytest.raises(CommandError, match="looks like a file of purchases, not of le"):
        run("import_leads", text)
    assert not Import.objects.exists()
    run("import_leads", text, "--map=name=order")
    assert Lead.objects.get().name == "A1"
