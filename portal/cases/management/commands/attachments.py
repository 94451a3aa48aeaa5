"""``manage.py attachments``: are all files of cases there and whole, and removing those that no case has."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.cases.attachments import sweeping


class Command(BaseCommand):
    """Prints random names, and nothing that is in a file or that it is called."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("verify", help="read every file and compare it with its digest; exits with 1 for faults")
        actions.add_parser("sweep", help="remove files that no case has, a day after they came; done every hour, too")

    def handle(self, *, action: str, **options: object) -> None:
        """Do it, and say how many there were."""
        if action == "sweep":
            self.stdout.write(f"{sweeping.sweep()} files that no case has were removed.")
            return
        faults = 0
        for fault in sweeping.faults():
            faults += 1
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{faults} faults in the attachments of cases")
        self.stdout.write("Every attachment is there and whole.")
