"""The consumer of the log that tells subscribers what was published, corrected and withdrawn.

It notes who is to be told in its step along the log, and sends between the steps. A mail server that is away holds up
nothing but the mails: the position moves on, and what is noted is sent once the server is back.
"""

import logging
import time
from collections.abc import Sequence

from django.utils import timezone

from portal.core.outgoing import mails_are_sent
from portal.publication.models import LogRow
from portal.subscriptions import erasing, noting, sending

logger = logging.getLogger(__name__)

#: Seconds between looks at the outbox where there was nothing to do, after a server was not reached, and between
#: erasures.
_PAUSE, _AWAY, _HOUR = 1.0, 60.0, 3600.0


class Teller:
    """The consumer. Several hosts may have one each."""

    name = label = "subscriptions"
    batch = 100

    def __init__(self) -> None:
        self._look_at = self._rest_until = self._erase_at = 0.0

    def prepare(self) -> str:
        """Its name, once what is due was sent, as far as one go takes it."""
        if time.monotonic() >= max(self._look_at, self._rest_until):
            self._look_at = time.monotonic() + _PAUSE
            self._work()
        return self.name

    def handle(self, rows: Sequence[LogRow], /) -> None:
        """Note who is to be told of these rows."""
        noting.note(rows, timezone.now())
        # An alert is sent before the next step.
        self._look_at = 0.0

    def _work(self) -> None:
        now = timezone.now()
        try:
            if time.monotonic() >= self._erase_at:
                self._erase_at = time.monotonic() + _HOUR
                erasing.erase(self.name, now)
            is_busy = bool(noting.gather(now))
            if mails_are_sent():
                is_busy |= bool(sending.send(now))
            if is_busy:
                self._look_at = 0.0
        except sending.Unreachable as fault:
            self._rest_until = time.monotonic() + _AWAY
            logger.warning("the mail server was not reached", extra={"fault": str(fault)})
        except Exception as fault:
            # What a database or a mail server says of a fault may name an address.
            self._rest_until = time.monotonic() + _AWAY
            logger.error("subscribers were not told", extra={"fault": type(fault).__name__})


CONSUMER = Teller()
