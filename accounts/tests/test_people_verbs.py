"""Roles, departments and blocking: what is refused and what follows."""

import pytest

from accounts.models import ApiToken, User
from accounts.models.people import BlockingYourself, LastAdmin
from tests.cast.people import person


def test_blocking_takes_tokens_away_and_keeps_history(bd, admin):
    ApiToken.make(bd, name="script", scope="read")
    bd.block(by=admin)
    bd.refresh_from_db()
    assert not bd.is_active
    assert bd.tokens.count() == 0
    assert bd.history.count() == 2


def test_nobody_blocks_themselves(admin):
    person("Anna Admin", "admin")
    with pytest.raises(BlockingYourself):
        admin.block(by=admin)


def test_the_last_admin_cannot_be_blocked(admin, manager):
    with pytest.raises(LastAdmin):
        admin.block(by=manager)


def test_the_last_admin_keeps_the_role(admin, north):
    with pytest.raises(LastAdmin):
        admin.place("bd", north, by=admin)


def test_one_of_two_admins_may_go(admin, north):
    other = person("Anna Admin", "admin")
    other.place("bd", north, by=admin)
    assert User.objects.get(pk=other.pk).role == "bd"
    assert other.notifications.get().event.kind == "user.placed"


def test_without_a_department_one_sees_oneself_alone(db, admin):
    alone = person("Alma Alone", "bd")
    assert list(User.objects.visible_to(alone)) == [alone]


def test_a_free_user_name_is_proposed(bd):
    bd.username = "Carla"
    bd.save(update_fields=["username"])
    assert User.objects.free_name("carla@x.example") == "carla2"
    assert User.objects.free_name("dan@x.example") == "dan"
