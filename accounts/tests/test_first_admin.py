"""A firm begins with a link for its first admin: it works once, and for one."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from accounts.actions import invite_first_admin
from accounts.models import Invitation, User

TYPED = {
    "name": "Ida Owner",
    "email": "ida@oak.example",
    "username": "ida",
    "password": "a long enough secret",
}


@pytest.fixture
def link(db):
    return urlsplit(invite_first_admin()).path


def test_the_first_admin_names_themselves_and_is_in(client, link):
    assert "You are the first here" in client.get(link).content.decode()
    page = client.post(link, TYPED, follow=True).content.decode()
    user = User.objects.get()
    assert (user.role, user.email, str(user)) == (
        "admin",
        "ida@oak.example",
        "Ida Owner",
    )
    assert "Your first steps" in page
    assert client.get("/admin/").status_code == 200


def test_it_works_once(client, link):
    client.post(link, TYPED)
    client.logout()
    again = client.post(link, TYPED | {"email": "eve@evil.example", "username": "eve"})
    assert again.status_code == 410
    assert User.objects.count() == 1


def test_with_an_admin_there_is_no_link_and_an_old_one_is_dead(client, link, admin):
    assert invite_first_admin() == ""
    assert client.post(link, TYPED).status_code == 410
    assert not User.objects.filter(email=TYPED["email"]).exists()


def test_an_admin_of_the_demo_world_does_not_count(admin):
    User.objects.filter(pk=admin.pk).update(is_demo=True)
    assert invite_first_admin()


def test_a_newer_link_and_a_week_end_an_older_one(client, link):
    newer = urlsplit(invite_first_admin()).path
    assert client.get(link).status_code == 410
    past = timezone.now() - timedelta(days=1)
    Invitation.objects.filter(revoked=None).update(expires=past)
    assert client.get(newer).status_code == 410


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": ""},
        {"email": "ida"},
        {"username": ""},
        {"password": "x"},
    ],
)
def test_what_makes_no_sense_is_said(client, link, wrong):
    assert client.post(link, TYPED | wrong).status_code == 422
    assert not User.objects.exists()


def test_nobody_else_learns_of_the_link(client, bd, link):
    client.force_login(bd)
    assert not Invitation.objects.visible_to(bd).exists()
