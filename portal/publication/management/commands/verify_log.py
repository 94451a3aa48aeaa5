"""``manage.py verify_log``: walk the chain and check the triggers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publication import verify
from portal.publication.models import LogRow


class Command(BaseCommand):
    """Exits with 1 and one line per fault; says what was redacted and by which row."""

    help = _("Walk the publication log's chain of hashes, check every content against its row, and check the triggers.")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for finding in verify.chain():
            faults += finding.problem
            self.stdout.write(f"{finding.seq}: {finding.message}")
        for name in verify.missing_triggers():
            faults += 1
            self.stdout.write(_("trigger missing: %(name)s") % {"name": name})
        if faults:
            raise CommandError(
                ngettext("%(count)d fault in the log", "%(count)d faults in the log", faults) % {"count": faults}
            )
        count = LogRow.objects.count()
        self.stdout.write(ngettext("%(count)d row, in order", "%(count)d rows, in order", count) % {"count": count})
