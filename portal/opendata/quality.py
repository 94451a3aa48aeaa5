"""How good a dataset is for those who use it: points out of a hundred, and the reason for each.

What cannot be asked of a dataset (a check of two figures, punctuality of what comes irregularly) counts neither for nor
against it. Texts are in the active language.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from portal.core.canonical import canonical_json
from portal.core.languages import ENGLISH, tag
from portal.core.periods import DAY, days_label
from portal.opendata.checks import agreeing, evaluations
from portal.opendata.entries import Entry
from portal.opendata.publisher import publisher
from portal.opendata.punctuality import due
from portal.publication.models import CurrentRecord
from portal.statistics.evaluation import FAILS, HOLDS

#: A sum needs three figures.
_FEWEST_TO_CHECK = 3


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that is asked of a dataset: what, how many points it has of how many, and why."""

    code: str
    label: str
    share: Fraction
    out_of: int
    reason: str

    @property
    def points(self) -> int:
        """The points, in whole ones, rounded down: only what is whole has all."""
        return int(self.share * self.out_of)

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return self.share == 1


@dataclass(frozen=True, slots=True)
class Quality:
    """The criteria that apply to a dataset, and the day since which its next figures are overdue, None if they are
    not.
    """

    criteria: tuple[Criterion, ...]
    overdue_since: datetime.date | None

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return sum(each.points for each in self.criteria) * 100 // sum(each.out_of for each in self.criteria)

    @property
    def wanting(self) -> list[Criterion]:
        """What is missing."""
        return [each for each in self.criteria if not each.is_met]


def quality(entry: Entry, today: datetime.date) -> Quality:
    """The quality of a public dataset on a day."""
    falls_due = due(entry.record["frequency"], entry.newest_period)
    overdue_since = falls_due if falls_due and falls_due < today else None
    return Quality(tuple(_criteria(entry, falls_due, overdue_since)), overdue_since)


def _criteria(entry: Entry, falls_due: datetime.date | None, overdue: datetime.date | None) -> Iterator[Criterion]:
    yield _texts(entry.record)
    yield _labels(entry.record)
    yield _sources(entry.record, entry.rows)
    if entry.rows >= _FEWEST_TO_CHECK:
        yield _checks(entry)
    yield _extent(entry.record)
    yield _contact()
    if falls_due is not None:
        said = _("The next figures were due by %(day)s.") if overdue else _("The next figures are due by %(day)s.")
        day = days_label(falls_due, falls_due, DAY, tag(get_language() or ""))
        yield _criterion("punctual", _("Kept up to date"), 0 if overdue else 1, 10, said % {"day": day})
    yield _formats(entry)


def _texts(record: Mapping[str, Any]) -> Criterion:
    summary = record["summary"]
    stated = [record["title"][ENGLISH], summary, summary and summary[ENGLISH]]
    missing = [
        name
        for name, text in zip((_("English title"), _("summary"), _("English summary")), stated, strict=True)
        if not text
    ]
    named = pgettext("in a list", ", ").join(missing)
    reason = _("Missing: %(names)s.") % {"names": named} if missing else _("Both are in both languages.")
    share = Fraction(len(stated) - len(missing), len(stated))
    return _criterion("texts", _("Title and summary in both languages"), share, 15, reason)


def _labels(record: Mapping[str, Any]) -> Criterion:
    labels = [each["label"] for each in (*record["dimensions"], *record["measures"])]
    labels += [code["label"] for dimension in record["dimensions"] for code in dimension["codes"]]
    named = sum(bool(label[ENGLISH]) for label in labels)
    reason = _("%(named)d of %(all)d names of columns and codes are in English too.")
    share = Fraction(named, len(labels))
    label = _("Names of columns and codes in both languages")
    return _criterion("labels", label, share, 15, reason % {"named": named, "all": len(labels)})


def _sources(record: Mapping[str, Any], rows: int) -> Criterion:
    proves = {path for entry in record["source"] for path in entry["proves"]}
    proven = rows if "observations" in proves else sum(path.startswith("observations/") for path in proves)
    proven = min(proven, rows)
    reason = _("%(proven)d of %(all)d figures have a source.") % {"proven": proven, "all": rows}
    share = Fraction(proven, rows) if rows else Fraction(0)
    return _criterion("sources", _("A source for every figure"), share, 20, reason)


def _checks(entry: Entry) -> Criterion:
    label, declared = _("Checks that hold"), len(entry.record["checks"])
    if not declared:
        return _criterion("checks", label, 0, 15, _("No check is declared."))
    counts = _outcomes(entry.record)
    numbers = {"holding": counts.get(HOLDS, 0), "all": declared}
    reason = _("%(holding)d of %(all)d declared checks hold.") % numbers
    if counts.get(FAILS):
        failing = ngettext(
            "%(number)d does not, which is explained.", "%(number)d do not, which is explained.", counts[FAILS]
        )
        reason = f"{reason} {failing % {'number': counts[FAILS]}}"
    return _criterion("checks", label, Fraction(counts.get(HOLDS, 0), declared), 15, reason)


_known: dict[bytes, dict[str, int]] = {}
_MOST_KNOWN = 4096


def _outcomes(record: Mapping[str, Any]) -> dict[str, int]:
    """How many of the checks of a dataset came out how. A table never changes, so what was found for the same tables is
    good as long as the process runs.
    """
    others = CurrentRecord.objects.filter(uid__in=agreeing(record)).values_list("uid", "state", "row_id")
    state = canonical_json([record["table"]["digest"], record["checks"], sorted(map(list, others))])
    if state not in _known:
        outcomes = [each.outcome for each in evaluations(record)]
        while len(_known) >= _MOST_KNOWN:
            _known.pop(next(iter(_known)), None)
        _known[state] = {outcome: outcomes.count(outcome) for outcome in set(outcomes)}
    return _known[state]


def _extent(record: Mapping[str, Any]) -> Criterion:
    dated, placed = bool(record["dates"]["start"] or record["dates"]["end"]), bool(record["coverage"])
    reasons = {
        (True, True): _("Both are stated."),
        (True, False): _("What the figures cover is not stated."),
        (False, True): _("The time is not stated."),
        (False, False): _("Neither is stated."),
    }
    label = _("Time and coverage stated")
    return _criterion("extent", label, Fraction(dated + placed, 2), 5, reasons[dated, placed])


def _contact() -> Criterion:
    who = publisher()
    reachable = bool(who.phone or who.email)
    reason = _("There is somebody to ask.") if reachable else _("There is a contact page, but no telephone or e-mail.")
    share = Fraction(1) if reachable else Fraction(1, 2)
    return _criterion("contact", _("Licence and contact stated"), Fraction(1, 2) + share / 2, 10, reason)


def _formats(entry: Entry) -> Criterion:
    expected = {each.code for each in entry.expected}
    present = {file.format.code for file in entry.files if file.version == entry.record["version"]}
    reason = _("%(made)d of %(all)d formats of this version are made.")
    numbers = {"made": len(present & expected), "all": len(expected)}
    share = Fraction(len(present & expected), len(expected))
    return _criterion("formats", _("Files in every format"), share, 10, reason % numbers)


def _criterion(code: str, label: str, share: Fraction | int, out_of: int, reason: str) -> Criterion:
    return Criterion(code, label, Fraction(share), out_of, reason)
