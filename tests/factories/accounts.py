"""People who sign in to the admin: their groups, and the language that they have chosen for it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

PASSWORD = "a-long-passphrase-7"

#: The languages of the admin.
UI_LANGUAGES = ("zh-hant", "en")


def account(name: str = "lin", *groups: str, language: str = "zh-hant", superuser: bool = False) -> Any:
    """The account of that name, new if need be; without groups, and no superuser, it may not enter the admin."""
    users = get_user_model().objects
    found = users.filter(username=name).first()
    user = found or users.create_user(name, f"{name}@example.org", PASSWORD, is_superuser=superuser)
    user.groups.set(Group.objects.filter(name__in=groups))
    speaks(user, language)
    return user


def speaks(user: Any, language: str) -> Any:
    """Choose a language of the admin for a user."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user
