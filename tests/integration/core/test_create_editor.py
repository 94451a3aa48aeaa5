"""Accounts for editors and moderators."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def typed(monkeypatch):
    """What stands on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-passphrase-7\n"))


@pytest.mark.parametrize(("options", "group"), [([], "Editors"), (["--moderator"], "Moderators")])
def test_the_account_signs_in_and_is_in_its_group(client, options, group):
    call_command("create_editor", "lin", *options, stdout=io.StringIO())
    user = get_user_model().objects.get(username="lin")
    assert user.check_password("a-long-passphrase-7")
    assert [found.name for found in user.groups.all()] == [group]
    assert user.has_perm("wagtailadmin.access_admin")
    assert not user.is_superuser


def test_a_taken_name_is_refused():
    get_user_model().objects.create_user("lin")
    with pytest.raises(CommandError, match="already"):
        call_command("create_editor", "lin")


def test_a_weak_password_makes_no_account(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError):
        call_command("create_editor", "lin")
    assert not get_user_model().objects.exists()
