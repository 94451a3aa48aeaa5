"""What a demo has besides the seed: accounts, officers, invented cases, and the drafts of their counts."""

import datetime
import secrets
from collections.abc import Callable, Iterable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from cms.datasets.counted import draft_counts
from portal.cases import actors
from portal.cases.kinds import KINDS
from portal.cases.models import Case, Officer
from portal.cases.synthetic.figures import months
from portal.cases.synthetic.inventing import AGENCIES, Life, lives
from portal.cases.synthetic.recipes import RECIPES
from portal.cases.synthetic.writing import write
from portal.core import synthetic

#: The accounts: what they are for, the groups of the admin that they are in, and the agency whose cases they work on.
ACCOUNTS = (
    ("demo-admin", "administrator", (), ""),
    ("demo-editor", "reviews and publishes counts", ("Moderators",), ""),
    *((f"demo-{agency}", f"officer of {agency}", (), agency) for agency in AGENCIES),
)


def fill(say: Callable[[str], None]) -> None:
    """Fill a database that is marked and seeded, once. Raises `synthetic.NotSynthetic`."""
    synthetic.require()
    if not Case.objects.exists():
        for name, purpose, password in accounts():
            say(f"  {name:24} {password}    {purpose}")
        say("These passwords are shown this once.")
        say("Inventing cases: this takes a few minutes.")
        resources()
        write(invented(), officers(), say=lambda day, count: say(f"  {day}: {count} cases") if day.day == 1 else None)
    draft()


def invented() -> Iterable[Life]:
    """Every case of every recipe."""
    for recipe in RECIPES:
        yield from lives(recipe)


def resources() -> None:
    """Make the rooms and vehicles that cases reserve."""
    for slots in filter(None, (recipe.slots for recipe in RECIPES)):
        model = apps.get_model("resources", "Resource")
        for code in slots.codes:
            named = {"name_zh_hant": f"（合成資料）{code}", "name_en": f"{code} (synthetic)"}
            told = {"type": slots.type, "facility": slots.facility, "agency": AGENCIES[0], **named}
            model.objects.get_or_create(code=code, defaults=told)


def accounts() -> list[tuple[str, str, str]]:
    """Make the accounts: name, purpose and password of each. They have new passwords if they are there already."""
    made = []
    for name, purpose, groups, agency in ACCOUNTS:
        password = secrets.token_urlsafe(12)
        user, _new = get_user_model().objects.get_or_create(username=name)
        user.is_superuser = not groups and not agency
        user.set_password(password)
        user.save()
        user.groups.set(Group.objects.filter(name__in=groups))
        if agency:
            user.user_permissions.add(Permission.objects.get(codename="access_admin"))
            for kind in KINDS:
                rights = {"may_decide": True, "may_read_personal": True}
                Officer.objects.get_or_create(user=user, kind=kind, agency=agency, defaults=rights)
        made.append((name, purpose, password))
    return made


def officers() -> dict[str, str]:
    """Who acts at each agency."""
    users = get_user_model().objects
    return {agency: actors.user(users.get(username=f"demo-{agency}").pk) for agency in AGENCIES}


def draft(now: datetime.datetime | None = None) -> None:
    """Draft the counts of every month; what is drafted already stays as it is."""
    for kind in dict.fromkeys(recipe.kind for recipe in RECIPES):
        for month in months():
            draft_counts(kind=kind, period=month.code, now=now or timezone.now())
