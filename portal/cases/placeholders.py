"""The places in reply templates that are filled in from a case: ``{reference}``, ``{deadline}`` and a few more. Pure.

None of them is personal. Braces that stand alone are text.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: Each with what stands there.
PLACEHOLDERS: Mapping[str, Promise] = {
    "reference": _("reference number"),
    "kind": _("kind of case"),
    "stage": _("stage, or the kind where there are none"),
    "agency": _("agency in charge"),
    "received": _("day of receipt"),
    "deadline": _("last day of the time limit"),
    "today": _("today"),
}
_PLACE = re.compile(r"\{([^{}\n]*)\}")


def shown(names: Iterable[str]) -> str:
    """Names as they are written."""
    return ", ".join(f"{{{name}}}" for name in names)


def _described() -> str:
    return ", ".join(f"{{{name}}} {label}" for name, label in PLACEHOLDERS.items())


HELP = format_lazy("{} {}", _("Filled in from the case:"), lazy(_described, str)())


def unknown(text: str) -> list[str]:
    """The places of a text that nothing is known to fill, in order, each once."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if name not in PLACEHOLDERS))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its known places filled in; what is filled in is not looked at again."""
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), text)
