"""``manage.py webhooks deliver``: tell modules of what happens to their cases, at their webhooks."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.cases.webhooks.running import Runner


class Command(BaseCommand):
    """Runs beside the web process until it is told to stop. It may be killed: nothing is lost."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and for how long."""
        parser.add_argument("action", choices=["deliver"])
        parser.add_argument("--once", action="store_true", help="deliver what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver."""
        runner = Runner()
        if options["once"]:
            runner.run_once()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: runner.stop())
        runner.run()
