"""The demo world goes by one click; what people added stays."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.actions import create_client
from accounts.models import Client, Contact, Department, Firm, User
from leads.models import Interaction, Lead, Stage, Task
from notifications.models import Event, EventTopic
from projects.models import Project, ProjectTemplate
from sales.models import Purchase, Quotation
from tests.cast.leads import lead_of
from tests.cast.people import person
from tests.cast.projects import project_of

pytestmark = pytest.mark.django_db
URL = "/settings/demo/"


@pytest.fixture
def world(setup_rows):
    call_command("load_demo", clients=12, stdout=StringIO())


@pytest.fixture
def ida(world):
    return person("Ida Owner", "admin")


def test_the_page_names_what_goes(client, ida):
    client.force_login(ida)
    assert URL in client.get("/").content.decode()
    page = client.get(URL).content.decode()
    assert "Remove all 12 clients" in page


def test_all_of_it_goes_and_set_up_stays(client, ida):
    client.force_login(ida)
    page = client.post(URL, follow=True).content.decode()
    assert "The demo world is gone" in page
    for model in (Client, Contact, Lead, Project, Purchase, Interaction, Department):
        assert not model.objects.exists()
    assert list(User.objects.all()) == [ida]
    assert ProjectTemplate.objects.exists()
    assert Stage.objects.exists()
    assert Event.objects.count() == 1
    assert not EventTopic.objects.exclude(topic="accounts.firm").exists()
    firm = Firm.get()
    assert firm.name == "Linden"
    assert firm.postal_address == firm.tax_id == firm.bank == ""
    assert URL not in page


def test_what_people_added_stays_with_what_it_hangs_on(client, ida):
    client.force_login(ida)
    create_client(by=ida, name="Oak")
    theirs = Lead.objects.filter(client__isnull=False).first()
    data = {"kind": "call", "direction": "out", "text": "A real word"}
    client.post(reverse("leads:log", args=[theirs.pk]), data)
    client.post(URL)
    said = Interaction.objects.get()
    assert (said.lead, said.lead.client) == (theirs, theirs.client)
    names = set(Client.objects.values_list("name", flat=True))
    assert names == {"Oak", theirs.client.name}
    assert Lead.objects.get().owner is None


def quotation_of(lead, by, number):
    return Quotation.objects.create(lead=lead, by=by, number=number)


def test_the_page_counts_all_that_is_there_afterwards(client, ida):
    """Own rows, and own rows on invented ones: said, then done."""
    own = create_client(by=ida, name="Oak")
    first = quotation_of(lead_of(own, "Ours"), ida, "Z-1")
    project_of(own, "Our website")
    theirs = Lead.objects.filter(client__isnull=False).first()
    second = quotation_of(theirs, ida, "Z-2")
    client.force_login(ida)
    models = (Client, Lead, Project, Quotation, Purchase, User)
    before = [model.objects.count() for model in models]
    said = client.get(URL).context["counts"]
    client.post(URL)
    after = [model.objects.count() for model in models]
    assert [row["stays"] for row in said] == after == [2, 2, 1, 2, 0, 1]
    assert [row["stays"] + row["gone"] for row in said] == before
    assert set(Quotation.objects.all()) == {first, second}


def test_the_page_says_what_it_counts(client, ida):
    client.force_login(ida)
    assert "everything of its kind that will be there" in (
        client.get(URL).content.decode()
    )


def test_what_a_demo_login_wrote_goes_along(client, ida, settings):
    settings.DEMO = True
    seller = User.objects.get(username="bd")
    client.force_login(seller)
    lead = Lead.objects.visible_to(seller).first()
    about = reverse("tasks:create") + f"?about=lead-{lead.pk}"
    client.post(about, {"title": "Try it", "due_on": "2030-01-01"})
    assert Task.objects.filter(title="Try it").exists()
    client.force_login(ida)
    client.post(URL)
    assert not Task.objects.exists()
    assert not Lead.objects.exists()


def test_without_an_admin_of_ones_own_it_is_refused(client, world, settings):
    settings.DEMO = True
    client.force_login(User.objects.get(username="admin"))
    page = client.post(URL, follow=True).content.decode()
    assert "Make an admin of your own first" in page
    assert Client.objects.count() == 12


def test_the_second_click_finds_nothing(client, ida):
    client.force_login(ida)
    client.post(URL)
    page = client.post(URL, follow=True).content.decode()
    assert "no demo world here any more" in page
