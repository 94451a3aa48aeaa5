"""`manage.py create_editor NAME`: an account for somebody who edits, or who moderates."""

import sys
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction


class Command(BaseCommand):
    """Makes the account and puts it into the group; the password is typed, or read from standard input."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The account's name and what it may do."""
        parser.add_argument("name")
        parser.add_argument("--moderator", action="store_true", help="may publish; without it, may only submit")
        parser.add_argument("--email", default="", help="where notices go")

    def handle(self, *, name: str, moderator: bool, email: str, **options: object) -> None:
        """Refuses a name that is taken and a password that the rules refuse; nothing is made then."""
        users = get_user_model().objects
        if users.filter(username=name).exists():
            raise CommandError(f"There is an account {name} already.")
        group_name = "Moderators" if moderator else "Editors"
        group = Group.objects.filter(name=group_name).first()
        if group is None:
            raise CommandError(f"There is no group {group_name}: run manage.py migrate first.")
        password = self.password()
        user = get_user_model()(username=name, email=email)
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic():
            user.set_password(password)
            user.save()
            user.groups.add(group)
        self.stdout.write(f"{name} is in the group {group_name} and signs in at /admin/.")

    def password(self) -> str:
        """The password: typed twice at a terminal, otherwise the first line of standard input."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        typed = getpass("Password: ")
        if typed != getpass("Password again: "):
            raise CommandError("The two passwords differ.")
        return typed
