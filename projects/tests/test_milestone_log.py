"""The log of one milestone: a page, and a file."""

import pytest
from django.urls import reverse

from accounts.models import Export


@pytest.fixture
def noted(project, milestone, dev):
    project.note(kind="build", text="About it", milestone=milestone, by=dev)
    project.note(kind="note", text="About all", by=dev)
    return milestone


@pytest.fixture
def url(noted):
    return reverse("projects:milestone_log", args=[noted.pk])


@pytest.fixture
def file_url(noted):
    return reverse("projects:milestone_log_file", args=[noted.pk])


def test_a_member_reads_its_entries_alone(client, other_dev, project, url, manager):
    project.add_member(other_dev, right="member", by=manager)
    client.force_login(other_dev)
    page = client.get(url)
    assert [entry.text for entry in page.context["page"].rows] == ["About it"]
    assert "1 entries" not in page.content.decode()


def test_who_is_not_on_the_team_finds_no_log(client, other_dev, url, file_url):
    client.force_login(other_dev)
    assert client.get(url).status_code == 404
    assert client.post(file_url, {"export": "csv"}).status_code == 404


def test_the_file_holds_its_entries_alone_and_who_took_it(client, dev, file_url):
    client.force_login(dev)
    response = client.post(file_url, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "About it" in text
    assert "About all" not in text
    assert Export.objects.get().by == dev


def test_a_file_is_not_taken_by_looking(client, dev, file_url):
    client.force_login(dev)
    assert client.get(file_url).status_code == 405


def test_the_account_manager_reads_but_is_not_asked_to_write(client, bd, url, project):
    client.force_login(bd)
    text = client.get(url).content.decode()
    assert "About it" in text
    assert reverse("projects:log", args=[project.pk]) not in text


def test_it_costs_the_same_for_fifty_entries(
    client, dev, project, url, noted, django_assert_max_num_queries
):
    for n in range(50):
        project.note(kind="note", text=f"N{n}", milestone=noted, by=dev)
    client.force_login(dev)
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)
