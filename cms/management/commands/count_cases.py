"""``manage.py count_cases``: a month's counts of cases as a draft of their dataset."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.datasets.counted import draft_counts
from portal.cases.counts.asking import NotCounted


class Command(BaseCommand):
    """Can be run again: counts that are as they were make no new draft."""

    help = _("Count the cases of a month that is over, and draft them in their dataset; an editor publishes it.")

    def add_arguments(self, parser: CommandParser) -> None:
        """The kind and the month."""
        parser.add_argument("--kind", required=True, help=_("the kind of case, such as consumer-complaint"))
        parser.add_argument("--period", required=True, help=_("the month, such as 2022-06"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and draft."""
        try:
            drafted = draft_counts(kind=options["kind"], period=options["period"], now=timezone.now())
        except NotCounted as reason:
            raise CommandError(str(reason)) from reason
        told = {"uid": drafted.page.uid, "figures": drafted.figures, "hidden": drafted.hidden}
        if drafted.revision is None:
            self.stdout.write(_("%(uid)s: %(figures)d figures, as they were; %(hidden)d not shown") % told)
        else:
            self.stdout.write(_("%(uid)s: %(figures)d figures in a new draft; %(hidden)d not shown") % told)
