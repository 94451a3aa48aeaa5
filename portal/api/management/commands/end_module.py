"""``manage.py end_module CLIENT_ID``: let a program in no more."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.api.v1.cases import modules


class Command(BaseCommand):
    """Its tokens are worth nothing from now on; what it did stays."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which module."""
        parser.add_argument("client_id")

    def handle(self, *, client_id: str, **options: object) -> None:
        """End it."""
        if not modules.end(client_id):
            raise CommandError("There is no module with this client_id, or it has been ended already.")
