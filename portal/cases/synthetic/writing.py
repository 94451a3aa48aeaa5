"""Writing invented cases, day by day, through the same services as real ones."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction

from portal.cases.assigning import assign
from portal.cases.counts.periods import end
from portal.cases.deadlines.counting import day_of
from portal.cases.models import Case
from portal.cases.receiving import Receipt, receive_all
from portal.cases.refusals import Refused
from portal.cases.synthetic.inventing import Life, Taken
from portal.cases.transitions import advance
from portal.core import synthetic

#: One open case in so many is an officer's already.
_ASSIGNED = 3


def write(
    lives: Iterable[Life], officers: Mapping[str, str], *, say: Callable[[datetime.date, int], None] | None = None
) -> int:
    """Receive and move on these cases, in the order of what happens to them; how many there are.

    ``officers`` is who acts at each agency; every third open case is theirs, the others nobody's. ``say`` is told of
    every day that is written, with the number of cases so far. Raises `synthetic.NotSynthetic` anywhere but in a
    database that is marked for it, and `Refused` for what no real case might say either.
    """
    synthetic.require()
    received: defaultdict[datetime.date, list[Life]] = defaultdict(list)
    steps: defaultdict[datetime.date, list[tuple[Taken, Life]]] = defaultdict(list)
    for life in lives:
        received[day_of(life.received_at)].append(life)
        for taken in life.steps:
            steps[day_of(taken.at)].append((taken, life))
    references: dict[int, str] = {}
    for day in sorted({*received, *steps}):
        with transaction.atomic():
            _receive(sorted(received[day], key=lambda life: life.received_at), officers, day, references)
            for taken, life in sorted(steps[day], key=lambda each: each[0].at):
                advance(
                    case_reference=references[id(life)],
                    transition=taken.transition,
                    values=taken.values,
                    actor=officers[life.agency],
                    occurred_at=taken.at,
                    now=end(day),
                )
        if say:
            say(day, len(references))
    _give(officers)
    return len(references)


def _receive(lives: list[Life], officers: Mapping[str, str], day: datetime.date, references: dict[int, str]) -> None:
    receipts = [Receipt(life.kind, life.agency, life.values, life.received_at, officers[life.agency]) for life in lives]
    for life, outcome in zip(lives, receive_all(receipts, now=end(day)), strict=True):
        if isinstance(outcome, Refused):
            raise outcome
        references[id(life)] = outcome.reference


def _give(officers: Mapping[str, str]) -> None:
    """Give some of the open cases to the officers of their agencies."""
    waiting = Case.objects.filter(closed_at=None).order_by("pk").values_list("reference", "agency")
    with transaction.atomic():
        for reference, agency in waiting[::_ASSIGNED]:
            assign(case_reference=reference, actor=officers[agency], assignee=officers[agency])
