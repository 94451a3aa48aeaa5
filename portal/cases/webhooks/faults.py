"""What can go wrong with a delivery, as codes that are kept, and in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS, NAME, CONNECTION, TLS, TIME, REDIRECT, STATUS, GONE, SECRET, SCOPE = (
    "address",
    "name",
    "connection",
    "tls",
    "time",
    "redirect",
    "status",
    "gone",
    "secret",
    "scope",
)
WORDS: dict[str, Promise] = {
    ADDRESS: _("The address is not one that webhooks may reach."),
    NAME: _("The name was not found."),
    CONNECTION: _("The connection failed."),
    TLS: _("The certificate or the encryption was refused."),
    TIME: _("It took too long."),
    REDIRECT: _("It was redirected too often, or to nowhere."),
    STATUS: _("The receiver did not accept it."),
    GONE: _("The receiver wants no more (410)."),
    SECRET: _("The secret cannot be read; make a new one."),
    SCOPE: _("The module may not read this kind of case any more."),
}


class Undelivered(Exception):
    """A message did not get through; ``fault`` says why, as a code. The exception names no address."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
