"""``manage.py follow``: the log's consumers, each from its own position, and what is done every so often."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import periodic, synthetic
from portal.publication import consumers
from portal.publication.lanes import Lane

#: Seconds between looks at the log, but where a consumer was given as much as it takes at once. What is published
#: meanwhile is taken in together: row by row would take more from those who publish.
IDLE = 0.25


class Command(BaseCommand):
    """Runs until it is told to stop; a consumer that fails is tried again after a growing pause. Neither that one nor
    one that takes its time holds up the others.
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
        lanes = [Lane(_following(consumer)) for consumer in consumers.registered()]
        lanes.append(Lane(_due))
        # Threads come into being only where somebody has to be gone past: mostly there is one.
        with ThreadPoolExecutor(len(lanes), thread_name_prefix="follow") as pool:
            while not stop.is_set():
                turns = [lane.turn(pool) for lane in lanes]
                if not any(turns):
                    stop.wait(IDLE)


def _following(consumer: consumers.Follower) -> Callable[[], bool]:
    # A fault is logged and stored by `step`.
    return lambda: consumers.step(consumer) >= consumer.batch


def _due() -> bool:
    periodic.run_due()
    return False
