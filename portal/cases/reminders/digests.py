"""What an officer is reminded of, in words: kinds, reference numbers and last days, and nothing that a case holds."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.cases.deadlines.counting import day_of
from portal.cases.desk import queues, wording
from portal.cases.desk.rights import Rights
from portal.cases.kinds import KINDS
from portal.cases.models import Case

#: So many cases of each list are named.
MOST_NAMED = 50


@dataclass(frozen=True)
class Digest:
    """The open cases that an officer may see and that are overdue, or due within some days; with their last days, in
    the order of these.
    """

    overdue: Sequence[tuple[Case, datetime.date]]
    due: Sequence[tuple[Case, datetime.date]]

    def __bool__(self) -> bool:
        return bool(self.overdue or self.due)


def digest(user: Any, now: datetime.datetime) -> Digest:
    """What there is to remind an officer of."""
    cases, today = Rights(user).cases(), day_of(now)
    days = datetime.timedelta(days=settings.CASE_REMINDER_DAYS)
    found = queues.by_last_day(cases, now + days, lambda due: due <= today + days)
    return Digest([each for each in found if each[1] < today], [each for each in found if each[1] >= today])


def subject(found: Digest) -> str:
    """The subject of the mail, in the active language."""
    parts = []
    if found.overdue:
        parts.append(
            ngettext("%(count)s case overdue", "%(count)s cases overdue", len(found.overdue))
            % {"count": len(found.overdue)}
        )
    if found.due:
        parts.append(
            ngettext("%(count)s case due soon", "%(count)s cases due soon", len(found.due)) % {"count": len(found.due)}
        )
    return pgettext("between parts of a subject", ", ").join(parts)


def body(found: Digest, now: datetime.datetime) -> str:
    """The text of the mail, in the active language."""
    today = day_of(now)
    lines: list[str] = []
    if found.overdue:
        lines += [_("Overdue, the longest first:"), *_listed(found.overdue, today), _address("overdue"), ""]
    if found.due:
        lines += [_("Due soon, the nearest first:"), *_listed(found.due, today), _address("due"), ""]
    lines.append(_("You get this mail once a day while you may see cases that are due. Nothing personal is in it."))
    return "\n".join(lines) + "\n"


def _listed(cases: Sequence[tuple[Case, datetime.date]], today: datetime.date) -> list[str]:
    named = [f"- {_named(case, due, today)}" for case, due in cases[:MOST_NAMED]]
    more = len(cases) - MOST_NAMED
    return [
        *named,
        *([ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}] if more > 0 else []),
    ]


def _named(case: Case, due: datetime.date, today: datetime.date) -> str:
    text = _("%(reference)s, %(kind)s, last day %(due)s")
    said = text % {"reference": case.reference, "kind": KINDS[case.kind].label, "due": wording.day_label(due)}
    return f"{said} ({wording.late_label(due, today)})" if due < today else said


def _address(queue: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(f'cases_desk:{queue}')}"
