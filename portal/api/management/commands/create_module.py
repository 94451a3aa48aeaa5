"""``manage.py create_module NAME --agency CODE --scopes …``: let a program send and read an agency's cases."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.api.v1.cases import modules
from portal.api.v1.cases.scopes import SCOPES


class Command(BaseCommand):
    """Prints the client's id and its secret; the secret is shown this once."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What the module is called, whom it acts for, what it may do."""
        parser.add_argument("name", help="what people call it")
        parser.add_argument("--agency", required=True, help="code of the agency that it acts for")
        parser.add_argument("--scopes", required=True, nargs="+", metavar="SCOPE", help=", ".join(SCOPES))

    def handle(self, *, name: str, agency: str, scopes: list[str], **options: object) -> None:
        """Make it."""
        try:
            client = modules.create(name=name, agency=agency, scopes=scopes)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"client_id {client.id}")
        self.stdout.write(f"client_secret {client.secret}")
        self.stderr.write("The secret is not shown again: keep it where the module finds it.")
