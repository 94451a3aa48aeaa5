"""``manage.py distributions [uid …] [--all]``: make what is missing of the files of datasets, and say how far it is."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.opendata import making
from portal.publication.models import CurrentRecord, LogRow


class Command(BaseCommand):
    """What the consumer of the log does by itself, at once and in sight: one line per format. A dataset whose files
    cannot be made does not keep the others from theirs; the command fails at its end.
    """

    help = _("Make the files of datasets that are missing: of the present versions, or of these datasets alone.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("uids", nargs="*", metavar="uid", help=_("such as dataset:headcount-2022; all if left out"))
        parser.add_argument("--all", action="store_true", help=_("of every version, not of the present ones alone"))

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(_rows(options["uids"], every_version=options["all"]))
        failed = 0
        for row in rows:
            try:
                making.make(row, self._reporting(row))
            except Exception as fault:
                failed += 1
                self.stderr.write(f"{row.uid} v{row.version}: {type(fault).__name__}: {fault}")
        self.stdout.write(_("%(count)d versions looked at") % {"count": len(rows)})
        if failed:
            raise CommandError(_("The files of %(count)d versions could not be made.") % {"count": failed})

    def _reporting(self, row: LogRow) -> Callable[[int, int], None]:
        def report(done: int, of: int) -> None:
            self.stdout.write(f"{row.uid} v{row.version}: {done}/{of}")
            self.stdout.flush()

        return report


def _rows(uids: list[str], *, every_version: bool) -> Iterable[LogRow]:
    """The rows whose files are meant, in the log's order. Raises `CommandError` for a uid of no public dataset."""
    public = CurrentRecord.objects.filter(type="dataset", state=CurrentRecord.State.PUBLIC)
    if unknown := sorted(set(uids) - set(public.filter(uid__in=uids).values_list("uid", flat=True))):
        raise CommandError(_("There is no public dataset %(uids)s.") % {"uids": ", ".join(unknown)})
    if uids:
        public = public.filter(uid__in=uids)
    rows = LogRow.objects.filter(action=LogRow.Action.PUBLISH, content__isnull=False).order_by("seq")
    if every_version:
        return rows.filter(uid__in=public.values("uid"))
    return rows.filter(seq__in=public.values("row"))
