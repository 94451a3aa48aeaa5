"""What a citizen has typed into a form: kept as it was typed, read as values of the kind, and what is wrong with it.

A form is stateless: what was typed before stands in the page, and comes back with the next post. ``step`` says which
button was used, ``form`` is the random value that makes two posts of one form one case, each ``file`` is one that came
with the form before (`files`), and ``website`` is seen by programs alone.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers
from portal.cases.attachments.keeping import Kept
from portal.cases.deadlines.counting import TAIPEI
from portal.cases.filing import form_value, new_form
from portal.cases.kinds.characters import tidied
from portal.cases.kinds.fields import Field, FieldType
from portal.cases.kinds.validation import Times, validated
from portal.cases.refusals import ValuesInvalid
from portal.cases.reserving import foresee
from portal.core.periods import PeriodError, parse_date_input
from portal.resources import selectors
from portal.services.offered import Offer

#: The input of files, and what a problem with them is told of. Browsers send it as an empty text where none is chosen.
FILES = "files"
#: Members of a form that are not values.
CONTROLS = frozenset({"step", "form", "website", "file", FILES})
_THOUSANDS = re.compile(r"(NT\$|TWD|NTD|\$|元|[,\s])", re.IGNORECASE)
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DAY_AND_TIME = re.compile(r"(?P<day>.{1,40}?)[Tt\s]\s*(?P<time>[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)")
_LONGEST_NAME = 40
_UNKNOWN = _("This form has no field “%(name)s”.")
_TRAP = _("A field that people do not see was filled in. It is emptied now: check the form, and send it again.")


@dataclass(frozen=True)
class Entry:
    """What was typed. ``typed`` has a text for every field that is asked for, ``unknown`` the names of what is not.
    ``files`` came with it, ``file_problem`` says why others were not taken.
    """

    offer: Offer
    form: str
    typed: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    is_trapped: bool = False
    files: tuple[Kept, ...] = ()
    file_problem: str = ""
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
        found: dict[str, str] = {}
        try:
            foreseen(self)
        except ValuesInvalid as refusal:
            for problem in refusal.problems:
                found.setdefault(problem.name, problem.message)
        ordered = {each.name: found.pop(each.name) for each in self.offer.fields if each.name in found}
        if self.file_problem:
            ordered[FILES] = self.file_problem
        ordered |= found
        ordered |= {name: str(_UNKNOWN) % {"name": _shown(name)} for name in self.unknown}
        if self.is_trapped:
            ordered["website"] = str(_TRAP)
        return ordered


def foreseen(entry: Entry) -> None:
    """Raise what the case would be refused for if it were received now: `ValuesInvalid`."""
    kind, now = entry.offer.kind, timezone.now()
    read = validated(entry.values, kind.receipt, Times(now, now), at_least_one=kind.at_least_one)
    if kind.reserves:
        foresee(kind=kind.name, agency=agency_of(entry), plain=read.plain, now=now)


def agency_of(entry: Entry) -> str:
    """The agency that the case goes to: the one that lends what it reserves, or that of citizens' services."""
    reserves = entry.offer.kind.reserves
    code = entry.values.get(reserves.resource) if reserves else None
    return (selectors.agency_of(code) if code else None) or getattr(settings, entry.offer.agency)


def blank(offer: Offer, **typed: str) -> Entry:
    """A form in which nothing has been typed but what is given."""
    return Entry(offer, new_form(), {each.name: "" for each in offer.fields} | typed)


def entered(offer: Offer, posted: Mapping[str, str]) -> Entry:
    """The form that was posted. Without its random value it gets one, and so has filed nothing before."""
    names = {each.name for each in offer.fields}
    return Entry(
        offer,
        form_value(posted.get("form", "")),
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


def _moment(typed: str) -> str:
    """A day of either calendar and a time of it in Taipei, as a browser's input or a person writes them."""
    match = _DAY_AND_TIME.fullmatch(unicodedata.normalize("NFKC", typed))
    try:
        first, last = parse_date_input(match["day"] if match else "")
        time = datetime.time.fromisoformat(match["time"].zfill(5) if match else "")
    except (PeriodError, ValueError):
        return typed
    return datetime.datetime.combine(first, time, TAIPEI).isoformat() if first == last else typed


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
    if asked.type is FieldType.DATETIME and typed:
        return _moment(typed)
    if asked.type in (FieldType.AMOUNT, FieldType.INTEGER):
        number = _THOUSANDS.sub("", unicodedata.normalize("NFKC", typed))
        is_whole = asked.type is FieldType.INTEGER and _WHOLE.fullmatch(number)
        return int(number) if is_whole else number
    if asked.type is FieldType.BOOLEAN:
        return {"true": True, "false": False}.get(typed, typed)
    if asked.rule is not None:
        # Digits typed in full width are meant as digits.
        return unicodedata.normalize("NFKC", typed)
    return typed
