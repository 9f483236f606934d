"""Client and firm talk: who writes, who reads, who is told and what is refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.reactions import react
from notifications.models import Event, Message
from projects.models import Post, ProjectMember
from projects.reactions import APART
from projects.threads import Thread, say

pytestmark = pytest.mark.django_db
TALK = {"text": "Hello there."}


@pytest.fixture
def thread(project):
    return Thread(project.client, project)


@pytest.fixture
def portal_url(project):
    return reverse("portal:project_messages", args=[project.pk])


@pytest.fixture
def staff_url(project):
    return reverse("projects:messages", args=[project.pk])


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def mail_after(post):
    """React as the worker would, and again as the sweep might."""
    for _twice in range(2):
        Event.objects.filter(pk=post.event_id).update(reacted=False)
        react(post.event_id)
    return Message.objects.filter(kind="message_posted").order_by("pk")


def test_a_client_writes_and_the_firm_is_told(as_user, portal_owner, portal_url, bd, dev):  # fmt: skip
    page = as_user(portal_owner).post(portal_url, TALK, follow=True)
    assert "Your message is sent." in page.content.decode()
    event = Post.objects.get().event
    assert event.client_visible
    told = {row.recipient for row in event.notifications.all()}
    assert told == {bd, dev}
    assert {topic.topic for topic in event.topics.all()} == {
        "projects.project",
        "accounts.client",
    }


def test_the_firm_answers_and_the_client_reads_it(as_user, project, portal_owner, dev, staff_url):  # fmt: skip
    here = project.get_absolute_url()
    answer = as_user(dev).post(f"{staff_url}?next={here}", {"text": "It is ready."})
    assert answer.url == here
    url = reverse("portal:project", args=[project.pk])
    page = as_user(portal_owner).get(url).content.decode()
    assert "It is ready." in page
    assert portal_owner.notifications.unread().count() == 0


def test_what_is_new_is_marked_once(as_user, portal_owner, post, portal_url):
    browser = as_user(portal_owner)
    first, second = (browser.get(portal_url).context["talk"] for _n in range(2))
    assert [[p.is_new for p in talk["posts"]] for talk in (first, second)] == [
        [True],
        [False],
    ]


def test_only_the_lead_writes_to_the_client(as_user, project, other_dev, staff_url):
    ProjectMember.objects.create(project=project, user=other_dev, right="member")
    browser = as_user(other_dev)
    assert browser.get(staff_url).context["talk"]["form"] is None
    assert browser.post(staff_url, TALK).status_code == 403
    assert not Post.objects.exists()


def test_a_reader_reads_only(as_user, portal_reader, post, portal_url):
    browser = as_user(portal_reader)
    assert b"When do you want to start?" in browser.get(portal_url).content
    assert browser.post(portal_url, TALK).status_code == 403


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  ", "Write something before you send it."),
        ("x" * 20_000, "at most 5000 characters"),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_sent_is_said(as_user, portal_owner, portal_url, text, said):
    page = as_user(portal_owner).post(portal_url, {"text": text})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Post.objects.exists()


def test_a_hidden_project_is_404(as_user, portal_owner, far_post, far_project):
    url = reverse("portal:project_messages", args=[far_project.pk])
    browser = as_user(portal_owner)
    assert browser.get(url).status_code == 404
    assert browser.post(url, TALK).status_code == 404
    assert Post.objects.count() == 1


def test_the_thread_stays_within_its_project(as_user, customer, portal_owner, post, portal_url, bd):  # fmt: skip
    say(Thread(customer), "In general.", by=bd)
    other = customer.projects.create(name="Other")
    say(Thread(customer, other), "Of the other.", by=bd)
    page = as_user(portal_owner).get(portal_url)
    assert [p.text for p in page.context["talk"]["posts"]] == [post.text]


def test_a_blocked_client_is_not_written_to(as_user, bd, customer, admin):
    customer.block(by=admin)
    url = reverse("projects:client_messages", args=[customer.pk])
    assert as_user(bd).get(url).context["talk"]["form"] is None
    page = as_user(bd).post(url, TALK, follow=True).content.decode()
    assert "is blocked and would not read it" in page
    assert not Post.objects.exists()


def test_a_blocked_login_is_out(as_user, portal_owner, portal_url, customer, admin):
    browser = as_user(portal_owner)
    customer.block(by=admin)
    assert browser.post(portal_url, TALK).status_code == 302
    assert not Post.objects.exists()


def test_the_other_side_gets_one_mail(thread, portal_owner, portal_reader, bd, dev):
    mails = mail_after(say(thread, "Hello there.", by=portal_owner))
    assert {mail.recipient for mail in mails} == {bd, dev}
    mail = mails.get(recipient=dev)
    assert mail.subject == "Petra Owner wrote to you: Mill website"
    assert reverse("projects:messages", args=[thread.project.pk]) in mail.body


def test_another_word_within_ten_minutes_waits(thread, portal_owner, bd):
    mails = [mail_after(say(thread, f"{n}", by=bd)) for n in range(3)][-1]
    first, second = mails
    assert second.not_before - first.not_before == APART
    Message.objects.update(not_before=timezone.now() - APART)
    third = mail_after(say(thread, "later", by=bd)).last()
    assert third.not_before <= timezone.now()


def test_who_read_it_meanwhile_is_not_mailed(as_user, thread, portal_owner, bd, portal_url):  # fmt: skip
    for n in range(2):
        mails = mail_after(say(thread, f"{n}", by=bd))
    as_user(portal_owner).get(portal_url)
    assert {mail.state for mail in mails} == {"cancelled"}
    assert not mail_after(say(thread, "x", by=portal_owner)).filter(
        recipient=portal_owner, state="queued"
    )


def test_unread_messages_stand_on_the_homes(as_user, thread, portal_owner, bd, dev):
    say(thread, "Where are we?", by=portal_owner)
    for user in (bd, dev):
        page = as_user(user).get("/")
        assert [row["said"] for row in page.context["asked"]] == ["Where are we?"]
        assert reverse("projects:messages", args=[thread.project.pk]) in str(
            page.content
        )


def test_the_client_page_shows_all_threads_and_answers(as_user, bd, customer, thread, portal_owner):  # fmt: skip
    say(thread, "About the mill.", by=portal_owner)
    say(Thread(customer), "About nothing.", by=portal_owner)
    page = as_user(bd).get(customer.get_absolute_url()).content.decode()
    assert "About the mill." in page
    assert "About nothing." in page
    assert reverse("projects:client_messages", args=[customer.pk]) in page
    assert page.count(">new<") == 2
    assert not bd.notifications.unread().exists()


def test_the_client_page_writes_about_a_project(as_user, bd, customer, project, far_project):  # fmt: skip
    url = reverse("projects:client_messages", args=[customer.pk])
    here = customer.get_absolute_url()
    answer = as_user(bd).post(f"{url}?next={here}", {**TALK, "project": project.pk})
    assert answer.url == here
    assert Post.objects.get().project == project
    for hidden in (far_project.pk, "x", 0):
        answer = as_user(bd).post(url, {**TALK, "project": hidden})
        assert answer.status_code == 404
    assert Post.objects.count() == 1


def test_pages_cost_the_same_for_many(as_user, thread, portal_owner, bd, dev, portal_url, django_assert_max_num_queries):  # fmt: skip
    for n in range(30):
        say(thread, f"Word {n}", by=portal_owner)
    for user, url, most in (
        (portal_owner, portal_url, 10),
        (bd, thread.client.get_absolute_url(), 15),
        (dev, thread.project.get_absolute_url(), 15),
    ):
        browser = as_user(user)
        browser.get(url)
        with django_assert_max_num_queries(most):
            assert browser.get(url).status_code == 200
