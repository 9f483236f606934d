"""The stream of the customer area: everything said, searchable, with what is new."""

import pytest
from django.urls import reverse

from notifications.actions import record
from projects.threads import Thread, say

pytestmark = pytest.mark.django_db
URL = reverse("portal:messages")


@pytest.fixture
def talks(customer, bd):
    """A visible call, an internal one, and a quotation."""
    record(
        "interaction.call", customer, by=bd, text="Call\nColours", client_visible=True
    )
    record("interaction.call", customer, by=bd, text="Call\nPays late")
    record(
        "quotation.sent", customer, by=bd, text="Quotation 7 sent.", client_visible=True
    )


@pytest.fixture
def texts(client, portal_reader):
    def read(query=""):
        client.force_login(portal_reader)
        entries = client.get(f"{URL}{query}").context["timeline"]["entries"]
        return [(entry["text"], entry["detail"]) for entry in entries]

    return read


def test_all_that_was_said_stands_in_one_stream(texts, talks, post):
    assert texts() == [
        ("Ben Seller wrote about Mill website:", post.text),
        ("Quotation 7 sent.", ""),
        ("Call", "Colours"),
    ]


def test_it_is_searched_and_narrowed(texts, talks, post):
    assert texts("?q=COLOURS+call") == [("Call", "Colours")]
    assert texts("?q=late") == []
    assert texts("?kind=papers") == [("Quotation 7 sent.", "")]
    assert [text for text, _detail in texts("?kind=messages&q=start")] == [
        "Ben Seller wrote about Mill website:"
    ]
    assert len(texts("?q=%00")) == 3


def test_a_search_without_a_hit_says_so_with_the_way_back(client, portal_reader, talks):
    client.force_login(portal_reader)
    for query in ("?q=zebra", "?q=zebra&kind=calls"):
        page = client.get(f"{URL}{query}").content.decode()
        assert "Nothing found for “zebra”" in page
        assert "Nothing has happened yet" not in page
        assert '<a class="button" data-kind="primary" href="?">Show everything' in page


def test_nothing_of_another_client(client, foreign_portal, talks, post):
    client.force_login(foreign_portal)
    assert client.get(URL).context["timeline"]["entries"] == []


def test_what_is_new_is_counted_and_marked_once(client, portal_owner, talks, post):
    client.force_login(portal_owner)
    home = client.get(reverse("portal:home")).content.decode()
    assert '<span class="count">1<' in home
    first, second = client.get(URL), client.get(URL)
    assert [e["is_new"] for e in first.context["timeline"]["entries"]][0]
    assert first.context["threads"][0]["unread"] == 1
    assert not any(e["is_new"] for e in second.context["timeline"]["entries"])
    assert '<span class="count">' not in second.content.decode()


def test_searching_reads_nothing(client, portal_owner, post):
    client.force_login(portal_owner)
    client.get(f"{URL}?q=nothing")
    assert portal_owner.notifications.unread().count() == 1


def test_one_writes_to_the_firm_in_general(client, portal_owner, customer, bd):
    client.force_login(portal_owner)
    page = client.post(URL, {"text": "May I call you?"}, follow=True).content.decode()
    assert "May I call you?" in page
    post = customer.posts.get()
    assert (post.project, post.by) == (None, portal_owner)
    assert bd.notifications.get().event == post.event


def test_an_empty_message_is_refused(client, portal_owner, customer):
    client.force_login(portal_owner)
    page = client.post(URL, {"text": ""})
    assert page.status_code == 422
    assert "Write something before you send it." in page.content.decode()
    assert not customer.posts.exists()


def test_the_bell_leads_to_the_stream(client, portal_owner, customer, bd):
    say(Thread(customer), "Hello.", by=bd)
    client.force_login(portal_owner)
    (entry,) = client.get(reverse("notifications:list")).context["fresh"]
    assert entry["url"] == URL


def test_it_costs_the_same_for_many(client, portal_owner, customer, bd, django_assert_max_num_queries):  # fmt: skip
    for n in range(20):
        project = customer.projects.create(name=f"P{n}")
        say(Thread(customer, project), f"Word {n}", by=bd)
    client.force_login(portal_owner)
    client.get(reverse("portal:profile"))
    with django_assert_max_num_queries(12):  # with the marking of what was new
        client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)
