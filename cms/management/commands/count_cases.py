"""``manage.py count_cases``: months of cases, counted into drafts of their datasets."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.datasets.counted import Drafted, draft_counts
from cms.datasets.monthly import draft_months
from portal.cases.counts.asking import NotCounted


class Command(BaseCommand):
    """Can be run again: counts that are as they were make no new draft."""

    help = _(
        "Count the cases of the month that is over into a draft of every dataset that is fed by cases; an editor "
        "publishes it. With --kind and --period, count one month of one kind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The kind and the month, if it is only one."""
        parser.add_argument("--kind", help=_("only this kind of case, such as consumer-complaint"))
        parser.add_argument("--period", help=_("only this month, such as 2022-06; with --kind"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and draft."""
        kind, period = options["kind"], options["period"]
        if bool(kind) != bool(period):
            raise CommandError(_("--kind and --period go together."))
        if not kind:
            self._every()
            return
        try:
            self._tell(period, draft_counts(kind=kind, period=period, now=timezone.now()))
        except NotCounted as reason:
            raise CommandError(str(reason)) from reason

    def _every(self) -> None:
        failed = False
        for each in draft_months(timezone.now()):
            if isinstance(each.outcome, NotCounted):
                failed = True
                self.stderr.write(f"{each.uid} {each.period}: {each.outcome}")
            else:
                self._tell(each.period, each.outcome)
        if failed:
            raise CommandError(_("Not every dataset could be counted."))

    def _tell(self, period: str, drafted: Drafted) -> None:
        told = {"uid": drafted.page.uid, "period": period, "figures": drafted.figures, "hidden": drafted.hidden}
        if drafted.revision is None:
            line = _("%(uid)s %(period)s: %(figures)d figures, as they were; %(hidden)d not shown")
        else:
            line = _("%(uid)s %(period)s: %(figures)d figures in a new draft; %(hidden)d not shown")
        self.stdout.write(line % told)
