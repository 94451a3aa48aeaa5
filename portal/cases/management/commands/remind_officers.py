"""``manage.py remind_officers``: each officer is told once a day which cases are due soon, and which are overdue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.cases.reminders.sending import send
from portal.core.outgoing import mails_are_sent


class Command(BaseCommand):
    """To be run each working morning; run again it writes to those only who have not been written to that day.

    Exits with 1 where no mails are sent, the mail server cannot be reached, or it has refused any.
    """

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many there were."""
        if not mails_are_sent():
            raise CommandError("No mails are sent: set EMAIL_URL.")
        try:
            counted = send(timezone.now())
        except OSError as fault:
            raise CommandError(f"The mail server was not reached ({type(fault).__name__}); run this again.") from None
        self.stdout.write(f"{counted.sent} officers were reminded.")
        if counted.refused:
            raise CommandError(f"The mail server refused {counted.refused} reminders; run this again.")
