"""Which cases were closed so long ago that their kind no longer keeps what is personal in them, and erasing it."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.cases.kinds import DECLARED
from portal.cases.models import Case, PersonalValue
from portal.cases.personal.erasing import Closed, erase_due


def erase(now: datetime.datetime | None = None) -> int:
    """Erase the personal data that is past its time; how many values. Cases, events and counts stay."""
    now = now or timezone.now()
    return erase_due(_due(now), now)


def _due(now: datetime.datetime) -> Iterator[Closed]:
    """The cases of all kinds that are past their time and still hold something personal."""
    for kind in DECLARED:
        long_closed = Case.objects.filter(
            Exists(PersonalValue.objects.filter(case=OuterRef("pk"))),
            kind=kind.name,
            closed_at__lte=now - datetime.timedelta(days=kind.retention_days),
        )
        for key, closed_at in long_closed.values_list("pk", "closed_at"):
            yield Closed(key, closed_at, kind.retention_days)
