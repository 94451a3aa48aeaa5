"""A circuit breaker: after one failure nobody waits for the engine again until a background look finds it well."""

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)

#: Seconds until the first look, and the longest between two; each wait is half as long again as the one before.
FIRST_LOOK, LONGEST_WAIT = 2.0, 30.0


class Breaker:
    """Closed while its engine answers. `open` opens it; a thread then calls ``look`` now and then, and the first call
    that raises nothing closes it.

    Threads share it. The thread that looks is started when it is first wanted.
    """

    def __init__(
        self, name: str, look: Callable[[], object], *, first: float = FIRST_LOOK, longest: float = LONGEST_WAIT
    ) -> None:
        self._name, self._look, self._first, self._longest = name, look, first, longest
        self._is_open = False
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._looking: threading.Thread | None = None

    def is_closed(self) -> bool:
        """Whether the engine is to be asked."""
        if not self._is_open:
            return True
        with self._lock:
            self._see_that_somebody_looks()
        return False

    def open(self, fault: BaseException) -> None:
        """The engine failed: nobody asks it until it was found well."""
        with self._lock:
            if not self._is_open:
                logger.warning("search: %s does not answer: %s", self._name, fault)
            self._is_open = True
            self._see_that_somebody_looks()

    def stop(self) -> None:
        """Stop looking, for good."""
        self._stopped.set()

    def _see_that_somebody_looks(self) -> None:
        alive = self._looking is not None and self._looking.is_alive()
        if self._is_open and not alive and not self._stopped.is_set():
            self._looking = threading.Thread(target=self._keep_looking, name=f"looking-for-{self._name}", daemon=True)
            self._looking.start()

    def _keep_looking(self) -> None:
        wait = self._first
        while not self._stopped.wait(wait):
            wait = min(wait * 1.5, self._longest)
            try:
                self._look()
            except Exception as fault:
                logger.info("search: %s still does not answer: %s", self._name, fault)
                continue
            with self._lock:
                self._is_open, self._looking = False, None
            logger.warning("search: %s answers again", self._name)
            return
