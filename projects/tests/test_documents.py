"""Documents of a project: kept with all versions, read through the gate alone."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import Client
from accounts.tests.test_purge import age
from accounts.trash import purge_expired
from notifications.models import EventTopic, Message
from projects.models import Document, DocumentVersion
from projects.tests.test_reactions import after
from sales.models import Purchase
from tests.cast.projects import file_of


def url_of(project, space="projects"):
    return reverse(f"{space}:documents", args=[project.pk])


def upload(client, user, url, *args, **data):
    client.force_login(user)
    return client.post(url, {"file": file_of(*args), **data})


def body(response):
    return b"".join(response.streaming_content)


def stored():
    try:
        return default_storage.listdir("documents")[1]
    except FileNotFoundError:
        return []


def test_the_lead_keeps_one_and_shows_it(client, dev, project, milestone, bd):
    data = {"milestone": milestone.pk, "client_visible": "on"}
    upload(client, dev, url_of(project), **data)
    document = Document.objects.get()
    assert (document.name, document.number, document.milestone) == (
        "plan.pdf",
        1,
        milestone,
    )
    assert document.client_visible
    [topic] = EventTopic.objects.about(document)
    assert (topic.event.kind, topic.event.client_visible) == ("document.added", True)
    assert bd.notifications.count() == 1


def test_a_member_keeps_one_but_does_not_show_it(client, other_dev, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    url = url_of(project)
    assert upload(client, other_dev, url, client_visible="on").status_code == 403
    upload(client, other_dev, url)
    document = Document.objects.get()
    assert not document.client_visible
    share = reverse("projects:document_share", args=[document.pk])
    assert client.post(share).status_code == 403


def test_a_member_adds_no_version_to_what_the_client_sees(
    client, other_dev, document, manager
):
    document.project.add_member(other_dev, right="member", by=manager)
    url = reverse("projects:version_add", args=[document.pk])
    assert upload(client, other_dev, url, "b.pdf", b"%PDF-2").status_code == 403
    document.unshare(by=manager)
    upload(client, other_dev, url, "b.pdf", b"%PDF-2")
    assert document.versions.count() == 2


def test_every_version_stays_to_be_read(client, dev, document):
    url = reverse("projects:version_add", args=[document.pk])
    upload(client, dev, url, "plan two.pdf", b"%PDF-1.4 two")
    new, old = DocumentVersion.objects.order_by("-number")
    read = [client.get(reverse("projects:version", args=[v.pk])) for v in (new, old)]
    assert [body(r) for r in read] == [b"%PDF-1.4 two", b"%PDF-1.4 plan"]
    page = client.get(url_of(document.project)).content.decode()
    assert "Version 2 of plan two.pdf" in page


def test_a_file_is_saved_and_never_shown(client, portal_reader, document, version):
    client.force_login(portal_reader)
    answer = client.get(reverse("portal:version", args=[version.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert client.get(f"/media/{version.file.name}").status_code == 404


def test_the_same_file_is_not_kept_twice(client, dev, document):
    url = reverse("projects:version_add", args=[document.pk])
    client.force_login(dev)
    page = client.post(url, {"file": file_of("other.pdf")}, follow=True)
    assert "version 1 of plan.pdf already" in page.content.decode()
    assert document.versions.count() == len(stored()) == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<html>", "Files of this kind are not kept here."),
        ("logo.svg", b"<svg>", "Allowed are PDF, PNG"),
        ("run.exe", b"MZ", "Files of this kind are not kept here."),
        ("plan.pdf.html", b"%PDF-", "Files of this kind are not kept here."),
        ("plan", b"%PDF-", "Files of this kind are not kept here."),
        ("plan.pdf", b"MZ\x90", "This is no PDF file, though its name says so."),
        ("plan.png", b"<svg>", "This is no PNG file, though its name says so."),
        ("note.txt", b" <!DOCTYPE html>", "This is no TXT file"),
        ("note.txt", b"a\0b", "This is no TXT file"),
        ("plan.pdf", b"", "The submitted file is empty."),
    ],
)
def test_what_is_not_kept(client, dev, project, name, content, why):
    answer = upload(client, dev, url_of(project), name, content)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Document.objects.exists()
    assert not stored()


def test_a_file_that_is_too_long(client, dev, project, settings):
    settings.DOCUMENT_MAX_BYTES = 2**20
    answer = upload(client, dev, url_of(project), "p.pdf", b"%PDF-" + bytes(2**20))
    assert answer.status_code == 422
    assert "The file has 1.0\xa0MB; 1.0\xa0MB is the most." in answer.content.decode()


def test_nothing_chosen_and_a_milestone_of_another(client, dev, project, far_milestone):
    client.force_login(dev)
    assert client.post(url_of(project)).status_code == 422
    answer = upload(client, dev, url_of(project), milestone=far_milestone.pk)
    assert answer.status_code == 422


def test_names_are_cleaned(client, dev, project):
    upload(client, dev, url_of(project), 'a<b>\u202e "c"' + "x" * 200 + ".PDF")
    name = Document.objects.get().name
    assert name.startswith("a_b_ _c_xxx")
    assert name.endswith("x.pdf")
    assert len(name) == 120


def test_the_client_brings_one_and_the_team_is_told(
    client, portal_owner, dev, project, manager
):
    page = upload(client, portal_owner, url_of(project, "portal"))
    document = Document.objects.get()
    assert page.status_code == 302
    assert document.client_visible
    assert dev.notifications.get().event.kind == "document.added"
    client.force_login(manager)
    url = reverse("projects:document_unshare", args=[document.pk])
    refusal = client.post(url, follow=True).content.decode()
    assert "came from the client, who keeps seeing it" in refusal


def test_a_reader_brings_none(client, portal_reader, project, document):
    assert upload(client, portal_reader, url_of(project, "portal")).status_code == 403
    url = reverse("portal:version_add", args=[document.pk])
    assert upload(client, portal_reader, url).status_code == 403
    page = client.get(url_of(project, "portal")).content.decode()
    assert 'type="file"' not in page


def test_what_is_not_shown_does_not_exist_for_the_client(
    client, portal_owner, document, version, dev
):
    document.unshare(by=dev)
    client.force_login(portal_owner)
    for route, row in (("version", version), ("version_add", document)):
        url = reverse(f"portal:{route}", args=[row.pk])
        sent = client.get(url) if route == "version" else client.post(url)
        assert sent.status_code == 404
    url = reverse("portal:project", args=[document.project_id])
    assert "plan.pdf" not in client.get(url).content.decode()


def test_a_hidden_milestone_is_not_named(client, portal_owner, document, milestone):
    milestone.client_visible = False
    milestone.save(update_fields=["client_visible"])
    Document.objects.update(milestone=milestone)
    client.force_login(portal_owner)
    for url in (
        url_of(document.project, "portal"),
        reverse("portal:project", args=[document.project_id]),
    ):
        page = client.get(url).content.decode()
        assert "plan.pdf" in page
        assert "Kick-off" not in page


def test_the_clients_people_are_mailed_of_what_is_shown(
    document, dev, portal_owner, portal_reader
):
    after("document.added")
    after("document.added")
    document.add_version(file_of("b.pdf", b"%PDF-2"), by=portal_owner)
    after("document.updated")
    mails = Message.objects.all()
    assert {m.address for m in mails} == {portal_owner.email, portal_reader.email}
    assert len(mails) == 2
    assert mails[0].subject == "Mill website: plan.pdf is there to read"


def test_an_internal_one_is_kept_quiet(project, dev, portal_owner):
    document = Document.begin(project, file_of(), by=dev)
    after("document.added")
    assert not Message.objects.exists()
    document.share(by=dev)
    after("document.shared")
    assert Message.objects.count() == 1


def test_it_is_put_away_and_taken_out(client, dev, document, version):
    client.force_login(dev)
    url = url_of(document.project)
    client.post(reverse("projects:document_trash", args=[document.pk]))
    assert client.get(reverse("projects:version", args=[version.pk])).status_code == 404
    assert client.get(url).context["put_away"].get() == document
    client.post(reverse("projects:document_restore", args=[document.pk]))
    assert client.get(reverse("projects:version", args=[version.pk])).status_code == 200


def test_it_goes_along_with_its_client_and_comes_back(bd, document):
    document.project.client.trash(by=bd)
    document.refresh_from_db()
    assert document.trashed
    document.project.client.restore(by=bd)
    assert Document.objects.alive().get() == document


def test_one_put_away_before_stays_away(bd, manager, document):
    document.trash(by=manager)
    document.project.trash(by=manager)
    document.project.restore(by=manager)
    assert Document.objects.in_trash().get() == document


@pytest.mark.parametrize("kept", [False, True])
def test_a_purge_takes_the_files(
    bd, document, django_capture_on_commit_callbacks, kept
):
    customer = document.project.client
    if kept:
        Purchase.objects.create(client=customer, day=document.created, cents=500)
    customer.trash(by=bd)
    age(customer)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_expired(Client) == 1
    assert not stored()
    assert not DocumentVersion.objects.exclude(name="").exists()


def test_a_blocked_clients_person_is_out_at_once(
    client, portal_owner, version, document, admin
):
    client.force_login(portal_owner)
    document.project.client.block(by=admin)
    url = reverse("portal:version", args=[version.pk])
    assert client.get(url).status_code == 302


def test_a_version_that_does_not_exist_is_not_answered(client, dev, document):
    client.force_login(dev)
    url = reverse("api:document-download", args=[document.pk])
    assert body(client.get(url)) == b"%PDF-1.4 plan"
    for number in ("2", "x", "-1", "9" * 30, "²"):
        assert client.get(url, {"version": number}).status_code == 404


@pytest.mark.parametrize("space", ["projects", "portal"])
def test_the_list_costs_the_same_for_two_and_for_twenty(
    client, dev, portal_owner, project, space, django_assert_max_num_queries
):
    for n in range(18):
        Document.begin(
            project, file_of(f"{n}.txt", b"text"), by=dev, client_visible=True
        )
    client.force_login(dev if space == "projects" else portal_owner)
    url = url_of(project, space)
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)
