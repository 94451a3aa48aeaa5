"""What error pages say: a title and a sentence per status, and where it matters per what was asked for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Status → title and explanation.
_TEXTS: dict[int, tuple[str | Promise, str | Promise]] = {
    400: (
        _("This address cannot be read"),
        _("Something in the address is not as this site writes it."),
    ),
    403: (_("No access"), _("This page is not open to you.")),
    404: (_("Page not found"), _("There is no page at this address. It may have been mistyped.")),
    405: (
        _("This page can only be read"),
        _("Nothing can be sent to this address, changed or deleted."),
    ),
    410: (
        _("This record was withdrawn"),
        _("It is no longer published. Its versions remain readable, marked as withdrawn."),
    ),
    451: (
        pgettext_lazy("451", "This record was taken out by law"),
        _("What stood here had to be taken out. The ground is given below."),
    ),
    500: (
        _("Something went wrong here"),
        _("The fault is ours and has been recorded. Please try again in a moment."),
    ),
    503: (
        _("Search is away for a moment"),
        _("Please try again in a few seconds. Everything can still be found by its list."),
    ),
}
#: (status, subject) → the same, where the subject has words of its own.
_OWN: dict[tuple[int, str], tuple[str | Promise, str | Promise]] = {
    (503, "file"): (
        _("This file is being made"),
        _("The records have just changed. Please try again in a moment."),
    ),
}


def explanation(status: int, subject: str = "") -> tuple[str, str]:
    """Title and explanation of a status in the active language; those of 500 for one that has none."""
    title, sentence = _OWN.get((status, subject)) or _TEXTS.get(status, _TEXTS[500])
    return str(title), str(sentence)
