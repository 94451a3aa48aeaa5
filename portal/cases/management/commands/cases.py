"""``manage.py cases verify``: is every case what its events say?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cases import verify
from portal.cases.models import Case
from portal.core.moments import one_moment


class Command(BaseCommand):
    """Exits with 1 and one line per fault. Prints references, and nothing that is in a case."""

    help = _("Work on the cases as a whole.")

    def add_arguments(self, parser: CommandParser) -> None:
        """One act so far."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("verify", help=_("Replay the events of every case and compare; check the triggers."))

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify."""
        faults = 0
        with one_moment():
            for fault in verify.faults():
                faults += 1
                self.stdout.write(fault)
            count = Case.objects.count()
        if faults:
            raise CommandError(
                ngettext("%(count)d fault in the cases", "%(count)d faults in the cases", faults) % {"count": faults}
            )
        self.stdout.write(
            ngettext("%(count)d case, as its events say", "%(count)d cases, as their events say", count)
            % {"count": count}
        )
