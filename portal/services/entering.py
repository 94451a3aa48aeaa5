"""What a citizen has typed into a form: kept as it was typed, read as values of the kind, and what is wrong with it.

A form is stateless: what was typed before stands in the page, and comes back with the next post. ``step`` says which
button was used, ``form`` is the random value that makes two posts of one form one case, and ``website`` is seen by
programs alone.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers
from portal.cases.kinds.characters import tidied
from portal.cases.kinds.declaration import Field, FieldType
from portal.cases.kinds.validation import Times, validated
from portal.cases.refusals import ValuesInvalid
from portal.core.periods import PeriodError, parse_date_input
from portal.services.offered import Offer

#: Members of a form that are not values.
CONTROLS = frozenset({"step", "form", "website"})
_FORM = re.compile(r"[A-Za-z0-9_-]{43}")
_THOUSANDS = re.compile(r"(NT\$|TWD|NTD|\$|元|[,\s])", re.IGNORECASE)
_LONGEST_NAME = 40
_UNKNOWN = _("This form has no field “%(name)s”.")
_TRAP = _("A field that people do not see was filled in. It is emptied now: check the form, and send it again.")


@dataclass(frozen=True)
class Entry:
    """What was typed. ``typed`` has a text for every field that is asked for, ``unknown`` the names of what is not."""

    offer: Offer
    form: str
    typed: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    is_trapped: bool = False
    _read: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the kind, those that the form gives by itself included; empty ones are left out."""
        if not self._read:
            asked = {each.name: _value(each, self.typed[each.name]) for each in self.offer.fields}
            self._read.update({**self.offer.given} | {name: value for name, value in asked.items() if value != ""})
        return dict(self._read)

    @property
    def numbered(self) -> tuple[Field, ...]:
        """The free texts in which a national identity number seems to stand."""
        return tuple(each for each in self.offer.free_texts if identity_numbers.found(self.typed[each.name]))

    def masked(self) -> "Entry":
        """The same with those numbers masked."""
        masked = {each.name: identity_numbers.masked(self.typed[each.name]) for each in self.numbered}
        return replace(self, typed={**self.typed, **masked}, _read={})

    def problems(self) -> dict[str, str]:
        """What is wrong, one sentence for each field, in the order of the form and in the active language."""
        now = timezone.now()
        found: dict[str, str] = {}
        try:
            validated(self.values, self.offer.kind.receipt, Times(now, now), at_least_one=self.offer.kind.at_least_one)
        except ValuesInvalid as refusal:
            for problem in refusal.problems:
                found.setdefault(problem.name, problem.message)
        ordered = {each.name: found.pop(each.name) for each in self.offer.fields if each.name in found}
        ordered |= found
        ordered |= {name: str(_UNKNOWN) % {"name": _shown(name)} for name in self.unknown}
        if self.is_trapped:
            ordered["website"] = str(_TRAP)
        return ordered


def blank(offer: Offer) -> Entry:
    """A form in which nothing has been typed."""
    return Entry(offer, secrets.token_urlsafe(32), {each.name: "" for each in offer.fields})


def entered(offer: Offer, posted: Mapping[str, str]) -> Entry:
    """The form that was posted. Without its random value it gets one, and so has filed nothing before."""
    names = {each.name for each in offer.fields}
    form = posted.get("form", "")
    return Entry(
        offer,
        form if _FORM.fullmatch(form) else secrets.token_urlsafe(32),
        {each.name: tidied(posted.get(each.name, ""), multiline=each.multiline) for each in offer.fields},
        tuple(_unknown(name for name in posted if name not in names | CONTROLS)),
        bool(posted.get("website")),
    )


def _unknown(names: Iterable[str]) -> list[str]:
    """The first few; a form of ours has none."""
    return sorted(names)[:10]


def _shown(name: str) -> str:
    """A name that somebody else made up, as it can be shown."""
    return "".join(each if each.isprintable() else "\ufffd" for each in name[:_LONGEST_NAME])


def _value(asked: Field, typed: str) -> Any:
    """A typed text as the kind takes it: dates of either calendar as ISO 8601, amounts as plain digits. What cannot be
    read stays as it is, so that the kind refuses it.
    """
    if asked.type is FieldType.DATE and typed:
        try:
            first, last = parse_date_input(typed)
        except PeriodError:
            return typed
        return first.isoformat() if first == last else typed
    if asked.type is FieldType.AMOUNT:
        return _THOUSANDS.sub("", unicodedata.normalize("NFKC", typed))
    if asked.type is FieldType.BOOLEAN:
        return {"true": True, "false": False}.get(typed, typed)
    if asked.rule is not None:
        # Digits typed in full width are meant as digits.
        return unicodedata.normalize("NFKC", typed)
    return typed
