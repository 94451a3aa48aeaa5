"""``manage.py subscriptions``: numbers, and what a keeper of the portal may have to do by hand."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.core import email_addresses
from portal.subscriptions import erasing, sending, signing_up
from portal.subscriptions.consumer import CONSUMER
from portal.subscriptions.counts import counts


class Command(BaseCommand):
    """Never prints an address, nor takes one on the command line, which other users of the host can read."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        actions = parser.add_subparsers(dest="action", required=True)
        for name, said in (
            ("status", "numbers, as JSON"),
            ("erase", "erase what is past its time; the consumer does so every hour"),
            ("resend", "send again the mails that may or may not have been delivered"),
            ("forget", "erase all that is kept of an address, which is read from standard input"),
        ):
            actions.add_parser(name, help=said)

    def handle(self, *, action: str, **options: object) -> None:
        """Do it, and say how many there were."""
        if action == "status":
            self.stdout.write(json.dumps(asdict(counts())))
        elif action == "erase":
            self.stdout.write(f"Erased {erasing.erase(CONSUMER.name, timezone.now())} sign-ups.")
        elif action == "resend":
            self.stdout.write(f"{sending.resend_uncertain()} mails are sent again.")
        else:
            try:
                address = email_addresses.normalised(sys.stdin.readline())
            except ValueError:
                raise CommandError("That is not an e-mail address.") from None
            self.stdout.write(f"Erased {signing_up.erase(address)} subscriptions and sign-ups.")
