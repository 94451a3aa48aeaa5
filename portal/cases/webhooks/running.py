"""The process that delivers: it looks for webhooks that have something to send, and works on several at a time, so that
one that hangs holds up itself alone.
"""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections, connections

from portal.cases.webhooks import claiming, delivering

logger = logging.getLogger(__name__)

#: Webhooks that are worked on at a time, and seconds between looks.
WORKERS, IDLE = 16, 0.5
#: Seconds for which one is left alone that could not be worked on at all.
_ALONE = 60.0
_HOUR = 3600.0


class Runner:
    """Delivers until it is stopped."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._busy: dict[int, Future[None]] = {}
        self._alone_until: dict[int, float] = {}
        self._forget_at = 0.0

    def stop(self) -> None:
        """Have it end after the attempts that are being made."""
        self._stop.set()

    def run(self) -> None:
        """Deliver what is due, until it is stopped. A database that is away is waited for."""
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="webhook") as pool:
            while not self._stop.is_set():
                close_old_connections()
                try:
                    self._look(pool)
                    self._forget()
                except Exception as fault:
                    logger.error("webhooks cannot be looked for", extra={"fault": type(fault).__name__})
                self._stop.wait(IDLE)

    def run_once(self) -> None:
        """Deliver until nothing is due."""
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="webhook") as pool:
            while self._look(pool):
                self._stop.wait(IDLE)

    def _look(self, pool: ThreadPoolExecutor) -> bool:
        """Begin what is due and is not being worked on; whether there is work."""
        self._busy = {webhook: future for webhook, future in self._busy.items() if not future.done()}
        now = time.monotonic()
        for webhook in claiming.due():
            if webhook not in self._busy and self._alone_until.get(webhook, now) <= now:
                self._busy[webhook] = pool.submit(self._deliver, webhook)
        return bool(self._busy)

    def _deliver(self, webhook: int) -> None:
        try:
            delivering.deliver(webhook, self._stop.is_set)
        except Exception as fault:
            # What a database says of a fault may repeat a row.
            logger.error("a webhook cannot be worked on", extra={"webhook": webhook, "fault": type(fault).__name__})
            self._alone_until[webhook] = time.monotonic() + _ALONE
        finally:
            connections.close_all()

    def _forget(self) -> None:
        if time.monotonic() >= self._forget_at:
            self._forget_at = time.monotonic() + _HOUR
            delivering.forget_old()
