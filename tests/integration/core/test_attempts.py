"""Attempts to sign in are limited, per name and address together, and leave no name in the log."""

import logging

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    """An account that may sign in to the admin."""
    user = get_user_model().objects.create_user("lin", password="a-long-passphrase-7")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def sign_in(client, password: str, address: str = "203.0.113.9") -> int:
    """The status of an attempt to sign in."""
    account = {"username": "lin", "password": password}
    return client.post("/admin/login/", account, REMOTE_ADDR=address).status_code


def test_the_right_password_is_refused_after_five_wrong_ones(client, editor):
    for _ in range(5):
        sign_in(client, "wrong")
    assert sign_in(client, "a-long-passphrase-7") == 429
    assert sign_in(client, "a-long-passphrase-7", address="198.51.100.7") == 302


def test_a_few_wrong_ones_are_forgiven(client, editor):
    for _ in range(3):
        sign_in(client, "wrong")
    assert sign_in(client, "a-long-passphrase-7") == 302


def test_nobody_is_named_in_the_log(client, editor, caplog):
    with caplog.at_level(logging.DEBUG):
        for _ in range(6):
            sign_in(client, "wrong")
    assert "203.0.113.9" not in caplog.text
    assert "lin" not in caplog.text.split()
