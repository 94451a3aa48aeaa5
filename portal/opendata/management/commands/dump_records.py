"""``manage.py dump_records``: a bulk dump of all public records and of the log, now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.opendata import dumps, snapshots


class Command(BaseCommand):
    """Makes a dump beside the daily one, for a keeper who does not want to wait, or where ``manage.py follow`` does not
    run. Makes none where the latest holds all that there is.
    """

    help = "Dump all public records and the publication log into files that are served under /data/dumps/."

    def handle(self, *args: Any, **options: Any) -> None:
        dump = dumps.make()
        snapshots.forget()
        for each in dump.files.order_by("name"):
            self.stdout.write(f"{each.sha256}  {settings.BASE_URL}{snapshots.address(each)}  {each.size} bytes")
        self.stdout.write(f"{dump.records} records, the log up to row {dump.seq}")
