"""Keeping collections and dumps level with the log: the consumer that makes them anew.

What is taken back is acted on with its row. What is published waits a little, so that a busy hour does not write all
records again with each of its rows; so does what changes without a row: renditions of pictures, and the day.
"""

import time
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from portal.core.moments import one_moment
from portal.opendata import collections, dumps, snapshots
from portal.publication import selectors
from portal.publication.models import LogRow
from portal.publication.types import LISTED

#: Seconds from one renewal to the next, unless something is taken back.
PAUSE = 30.0


def renew() -> None:
    """Take away what may not be served any more, then make what is not level: the collections whose records have
    changed, and a dump if one is due.
    """
    with one_moment():
        seq = selectors.head().seq
        states = collections.states()
    changed = [kind for kind in LISTED if not snapshots.confirm(kind.code, seq=seq, state=states[kind.code])]
    snapshots.forget()
    for kind in changed:
        collections.make(kind)
    if dumps.due():
        dumps.make()
    snapshots.forget()


class Renewal:
    """The consumer. Several hosts may have one each: what both make is the same."""

    name = label = "snapshots"
    batch = 100

    def __init__(self) -> None:
        self._level: tuple[str, date] | None = None
        self._not_before = 0.0

    def prepare(self) -> str:
        """Its name, once everything is level that the pause lets it look at."""
        if time.monotonic() >= self._not_before and self._now() != self._level:
            self._renew()
        return self.name

    def handle(self, rows: Sequence[LogRow], /) -> None:
        """Act on rows that take something back; `prepare` sees to all else."""
        if any(row.action != LogRow.Action.PUBLISH for row in rows):
            self._renew()

    def _renew(self) -> None:
        # First of all, so that a fault is not met again at once.
        self._not_before = time.monotonic() + PAUSE
        now = self._now()
        renew()
        self._level = now

    def _now(self) -> tuple[str, date]:
        return selectors.head().stamp, timezone.localdate()


CONSUMER = Renewal()
