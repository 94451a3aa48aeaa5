"""``manage.py seed``: the fixtures, published the ordinary way."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.publishing import PublicationError
from cms.seeding.fixtures import FixtureErrors
from cms.seeding.seed import remove, seed


class Command(BaseCommand):
    """Can be run again: it adds what is new and what the fixtures changed, and never undoes an editor's work."""

    help = _("Publish the records of the fixtures folder; with --remove, withdraw what is still as seeded.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fixtures", type=Path, default=settings.BASE_DIR / "fixtures", help=_("the folder to read")
        )
        parser.add_argument("--remove", action="store_true", help=_("withdraw what is still as seeded"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = remove() if options["remove"] else seed(options["fixtures"])
        except FixtureErrors as wrong:
            raise CommandError(_("Nothing was written.") + "\n" + str(wrong)) from wrong
        except PublicationError as refused:
            raise CommandError(_("Nothing was written.") + f" {refused}") from refused
        self.stdout.write(
            _("added %(added)d, updated %(updated)d, left alone %(kept)d, removed %(removed)d")
            % {name: len(getattr(outcome, name)) for name in ("added", "updated", "kept", "removed")}
        )
