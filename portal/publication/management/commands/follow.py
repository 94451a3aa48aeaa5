"""``manage.py follow``: the log's consumers, each from its own position, and what is done every so often."""

import logging
import signal
import threading
import time
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from portal.core import periodic, synthetic
from portal.publication import consumers

logger = logging.getLogger(__name__)

#: Seconds between looks at the log, but where a consumer was given as much as it takes at once; and the longest pause
#: after a fault: an engine that comes back after hours is to be level again within a minute.
IDLE, LONGEST = 0.25, 15.0


class Command(BaseCommand):
    """Runs until it is told to stop; a consumer that fails is tried again after a growing pause, the others go on
    meanwhile.
    """

    help = "Follow the publication log with every consumer (renditions, …), and do what is due from time to time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up with the log, do what is due, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            synthetic.check()
        except synthetic.NotSynthetic as reason:
            raise CommandError(str(reason)) from reason
        if options["once"]:
            for consumer in consumers.registered():
                while consumers.step(consumer):
                    pass
            periodic.run_due()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        waits: dict[str, float] = defaultdict(float)
        pauses: dict[str, float] = defaultdict(float)
        while not stop.is_set():
            close_old_connections()
            # What is published during a pause is taken in together: row by row would take more from those who publish.
            busy = False
            for consumer in consumers.registered():
                if time.monotonic() < waits[consumer.label]:
                    continue
                busy |= self._step(consumer, waits, pauses)
            periodic.run_due()
            if not busy:
                stop.wait(IDLE)

    def _step(self, consumer: consumers.Follower, waits: dict[str, float], pauses: dict[str, float]) -> bool:
        try:
            done = consumers.step(consumer)
        except Exception:
            # Logged and stored by `step`; here only the pause grows.
            pauses[consumer.label] = min(LONGEST, max(IDLE, pauses[consumer.label] * 2))
            waits[consumer.label] = time.monotonic() + pauses[consumer.label]
            return False
        pauses[consumer.label] = 0.0
        return done >= consumer.batch
