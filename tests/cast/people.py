"""The people of the firm, near and far, and what belongs to a person."""

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import ApiToken, Department, User


@pytest.fixture
def north(db):
    return Department.objects.create(name="North")


@pytest.fixture
def south(db):
    return Department.objects.create(name="South")


def person(name, role, department=None, **fields):
    first, _, last = name.partition(" ")
    return User.objects.create_user(
        name.lower().replace(" ", "."),
        f"{name.lower().replace(' ', '.')}@firm.example",
        "pw",
        first_name=first,
        last_name=last,
        role=role,
        department=department,
        **fields,
    )


@pytest.fixture
def admin(db):
    return person("Ada Admin", "admin")


@pytest.fixture
def manager(north):
    return person("Mona Manager", "manager", north)


@pytest.fixture
def far_manager(south):
    return person("Fay Manager", "manager", south)


@pytest.fixture
def bd(north):
    return person("Ben Seller", "bd", north)


@pytest.fixture
def other_bd(north):
    return person("Olga Seller", "bd", north)


@pytest.fixture
def far_bd(south):
    return person("Finn Seller", "bd", south)


@pytest.fixture
def dev(north):
    return person("Dora Developer", "dev", north)


@pytest.fixture
def other_dev(north):
    return person("Otto Developer", "dev", north)


@pytest.fixture
def blocked(north):
    return person("Bert Blocked", "bd", north, is_active=False, blocked=timezone.now())


@pytest.fixture
def colleague(north):
    return person("Nina Near", "bd", north)


@pytest.fixture
def far_colleague(south):
    return person("Frida Far", "bd", south)


@pytest.fixture
def department(north):
    return north


@pytest.fixture
def far_department(south):
    return south


@pytest.fixture
def token(bd):
    return ApiToken.make(bd, name="Script", scope="read")[0]


@pytest.fixture
def far_token(far_bd):
    return ApiToken.make(far_bd, name="Script", scope="read")[0]


@pytest.fixture
def secret():
    return "a-link-that-nobody-was-sent"


@pytest.fixture
def far_secret():
    return "another-link-that-nobody-was-sent"


@pytest.fixture
def person_of():
    """Makes one more colleague: (name, role, department)."""
    return person


@pytest.fixture
def client_of():
    """A browser of its own for somebody: two people at the same time."""

    def sign_in(user):
        browser = Browser()
        browser.force_login(user)
        return browser

    return sign_in
