"""Kinds of work that are done over and over, each in its turn; one that takes long holds none of the others up."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait

from django.db import close_old_connections

#: Seconds that the others wait for one before they go on without it. Most work is done by then, and what one has made
#: another finds: two that begin together would both make it.
PATIENCE = 0.3
#: Seconds before work that failed is tried again: at first, and at most. What comes back after hours is to be level
#: again within a minute.
SHORTEST, LONGEST = 0.25, 15.0


class Lane:
    """One kind of work. ``work`` does a part of it and returns whether more is there to be done at once; what it raises
    is its own to log, and makes the lane pause, twice as long each time.
    """

    def __init__(self, work: Callable[[], bool]) -> None:
        self._work = work
        self._going: Future[bool] | None = None
        self._pause = self._until = 0.0

    def turn(self, pool: Executor) -> bool:
        """Begin the work, unless it is going on still or pauses, and wait for it a moment. Returns whether more is
        there to be done at once.
        """
        if self._going is None:
            if time.monotonic() < self._until:
                return False
            self._going = pool.submit(self._connected)
            wait([self._going], PATIENCE)
        if not self._going.done():
            return False
        done, self._going = self._going, None
        if done.exception() is not None:
            self._pause = min(LONGEST, max(SHORTEST, self._pause * 2))
            self._until = time.monotonic() + self._pause
            return False
        self._pause = 0.0
        return done.result()

    def _connected(self) -> bool:
        """The work, in a thread whose connections to the database are not older than they may be."""
        close_old_connections()
        return self._work()
