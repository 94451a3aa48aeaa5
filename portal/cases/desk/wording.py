"""Cases in the words of the reader's language: days, people, states and values."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.cases.deadlines.counting import TAIPEI, day_of
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.fields import YES_NO, Field, FieldType
from portal.cases.kinds.steps import STEPS
from portal.cases.models import Case
from portal.cases.resource_labels import label
from portal.core.languages import tag
from portal.core.periods import DAY, days_label


def language() -> str:
    """The reader's language, a tag of ours."""
    return tag(get_language() or "")


def day_label(day: datetime.date) -> str:
    """A day, by the ROC calendar in Chinese."""
    return days_label(day, day, DAY, language())


def moment_label(moment: datetime.datetime) -> str:
    """A moment in Taipei, to the minute."""
    return f"{day_label(day_of(moment))} {timezone.localtime(moment, TAIPEI):%H:%M}"


def late_label(due: datetime.date, day: datetime.date) -> str:
    """By how many days something is overdue on a day behind its last one."""
    days = (day - due).days
    return ngettext("overdue by %(days)s day", "overdue by %(days)s days", days) % {"days": f"{days:,}"}


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """What to call these actors; one query."""
    wanted = {each for each in actors if each}
    keys = [int(each.removeprefix("user:")) for each in wanted if each.startswith("user:")]
    users = {f"user:{user.pk}": user.get_full_name() or user.get_username() for user in _users(keys)}
    return {each: users.get(each) or _other_name(each) for each in wanted}


def _users(keys: list[int]) -> Iterable[Any]:
    return get_user_model()._default_manager.filter(pk__in=keys) if keys else ()


def _other_name(actor: str) -> str:
    part, _colon, identity = actor.partition(":")
    if part == "citizen":
        return _("The citizen")
    if part == "system":
        return _("The portal")
    if part == "module":
        return _("Module %(name)s") % {"name": identity}
    return _("Somebody who has left")


def state_label(kind: Kind, state: str) -> str:
    """What a state is called; its name where the kind has it no more."""
    declared = kind.states_by_name.get(state)
    return str(declared.label) if declared else state


def stage_label(kind: Kind, case: Case) -> str:
    """What the stage of a case is called, empty where it has none."""
    declared = kind.stages_by_name.get(case.stage or "")
    return str(declared.label) if declared else ""


def event_label(kind: Kind, event_type: str) -> str:
    """What a type of event is called; its name where the kind has it no more."""
    transition = kind.transitions_by_name.get(event_type)
    return str(transition.label if transition else STEPS.get(event_type, event_type))


def value_label(field: Field | None, value: Any) -> str:
    """A value that is not personal, as people read it."""
    if value is None:
        return _("(taken out)")
    if field is None:
        return str(value)
    choices = YES_NO if field.type is FieldType.BOOLEAN else field.choices
    code = str(value).lower() if field.type is FieldType.BOOLEAN else value
    for choice in choices:
        if choice.code == code:
            return str(choice.label)
    if field.type is FieldType.RESOURCE:
        return label(value, language())
    if field.type is FieldType.DATE:
        return day_label(datetime.date.fromisoformat(value))
    if field.type is FieldType.DATETIME:
        return moment_label(datetime.datetime.fromisoformat(value))
    if field.type is FieldType.AMOUNT:
        whole, point, rest = str(value).partition(".")
        return f"{int(whole):,}{point}{rest}"
    return str(value)
