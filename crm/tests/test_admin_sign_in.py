"""The admin site has no door of its own: one sign-in page, with the second factor."""

from django.urls import reverse

LOGIN = reverse("admin:login")


def test_a_stranger_is_sent_to_the_one_sign_in_page(client, db):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "next=" in answer.redirect_chain[-1][0]


def test_a_password_posted_there_opens_nothing(client, admin):
    data = {"username": admin.username, "password": "pw"}
    assert reverse("account_login") in client.post(LOGIN, data).url
    assert "_auth_user_id" not in client.session


def test_an_admin_goes_straight_in(client, admin):
    client.force_login(admin)
    assert client.get(LOGIN).url == reverse("admin:index")


def test_others_find_no_such_page(client, bd):
    client.force_login(bd)
    assert client.get(LOGIN).status_code == 404
