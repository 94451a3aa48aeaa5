"""``manage.py personal_data``: under which keys personal data is kept, and bringing it under new ones."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.cases.personal import rotating


class Command(BaseCommand):
    """Never prints a value.

    To replace a key: put a new one before it in the setting, start the portal anew, rotate, and take the old one out
    once nothing is kept under it and no backup that is made with it will be needed.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="how much is kept under which keys, as JSON")
        rotate = actions.add_parser(
            "rotate", help="bring everything under the current keys; may be cut off and repeated"
        )
        rotate.add_argument("--batch", type=int, default=500, help="values in one transaction")

    def handle(self, *, action: str, batch: int = 500, **options: object) -> None:
        """Do it, and say how many there were."""
        if action == "rotate":
            self.rotate(batch)
        else:
            self.stdout.write(json.dumps([asdict(each) for each in rotating.in_use()], indent=2))

    def rotate(self, batch: int) -> None:
        """Rotate, and fail where something could not be read."""
        if batch < 1:
            raise CommandError("--batch must be at least 1.")
        progress = rotating.Progress()
        for progress in rotating.rotate(batch):
            self.stdout.write(f"… {_counted(progress)}")
        self.stdout.write(f"{_counted(progress)} are under the current keys now.")
        values = rotating.in_use()[0]
        if values.missing:
            raise CommandError(
                f"{sum(values.rows[key] for key in values.missing)} values are under keys that {values.setting} does "
                f"not hold: {', '.join(values.missing)}. Put them back, and rotate again."
            )
        for what, unreadable in (("values", progress.unreadable), ("attachments", progress.unreadable_attachments)):
            if unreadable:
                numbers = ", ".join(map(str, sorted(unreadable)[:20]))
                raise CommandError(f"{len(unreadable)} {what} were altered and cannot be read: {numbers}")


def _counted(progress: rotating.Progress) -> str:
    return f"{progress.values} values and {progress.hashes} hashes of them, and {progress.attachments} attachments"
