"""``manage.py second_factor forget lin``: somebody has lost the authenticator, and sets up another."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice


class Command(BaseCommand):
    """Takes the second factor from an account; sessions that were confirmed by it are so no more."""

    help = _("Work on the second factors of officers.")

    def add_arguments(self, parser: CommandParser) -> None:
        """One act, on one account."""
        acts = parser.add_subparsers(dest="act", required=True)
        forget = acts.add_parser("forget", help=_("Have somebody set up a new second factor."))
        forget.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget it."""
        users = get_user_model()
        try:
            user = users._default_manager.get_by_natural_key(options["username"])
        except users.DoesNotExist:
            raise CommandError(_("There is no account of this name.")) from None
        gone, _by_model = TOTPDevice.objects.filter(user=user).delete()
        if not gone:
            raise CommandError(_("This account has no second factor."))
        self.stdout.write(_("Forgotten. The next one is set up at the first sight of personal data."))
