"""What the table in a dataset's form says, before anything of it is saved: for the editor who is at it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.base.context import DocumentContext
from cms.base.members import Items
from cms.datasets.checking import evaluations
from cms.datasets.entering import Entry
from cms.datasets.widgets import GRID_ROWS
from portal.core import languages
from portal.core.languages import CHINESE
from portal.rendering.checks import CheckLine, check_lines
from portal.statistics.columns import to_columns
from portal.statistics.csvtable import write_csv
from portal.statistics.differences import Difference, Differences, differences
from portal.statistics.evaluation import FAILS, Evaluation, suspects
from portal.statistics.gaps import STEPS, Gap, gaps
from portal.statistics.kept import columns_of
from portal.statistics.rows import Row
from portal.statistics.status import NORMAL, status_label
from portal.statistics.units import MINUS, grouped

#: So many gaps, and changes of a kind, are told one by one.
_TOLD = 50


@dataclass(frozen=True)
class CheckReview:
    """A check as readers would see it (None where it could not be evaluated), and the keys to look at first where it
    fails.
    """

    number: int
    evaluation: Evaluation
    line: CheckLine | None
    suspects: list[str]

    @property
    def fails(self) -> bool:
        """Whether it does not hold, or could not be evaluated."""
        return self.evaluation.problem is not None or self.evaluation.outcome == FAILS

    @property
    def lacks(self) -> bool:
        """Whether observations that it needs are not there."""
        is_empty = not any(self.evaluation.counts.values()) and self.evaluation.declared["kind"] != "monotony"
        return not self.fails and (is_empty or bool(self.evaluation.absent))


@dataclass(frozen=True)
class ChangeLine:
    """A published observation that is changed or removed, in words; ``after`` is empty where it is removed."""

    key: str
    before: str
    after: str


@dataclass
class Review:
    """All that is to be told. Of gaps and of changes the first ones are told, the others are counted.

    ``text`` is the CSV of a table from a file that is small enough to be edited.
    """

    entry: Entry
    rows: int = 0
    checks: list[CheckReview] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    more_gaps: int = 0
    changed: list[ChangeLine] = field(default_factory=list)
    more_changed: int = 0
    removed: list[ChangeLine] = field(default_factory=list)
    more_removed: int = 0
    added: int = 0
    text: str = ""

    @property
    def rewrites(self) -> int:
        """How many published observations are changed or removed."""
        return len(self.changed) + self.more_changed + len(self.removed) + self.more_removed

    @property
    def has_changes(self) -> bool:
        """Whether the table differs from the one that is published."""
        return bool(self.rewrites or self.added)

    @property
    def summary(self) -> str:
        """The outcome in a few words, for a screen reader too."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.entry.problem is not None:
            yield _("The dimensions and measures cannot hold a table yet.")
        elif problems := len(self.entry.problems):
            yield ngettext("%(count)d problem in the table.", "%(count)d problems in the table.", problems) % {
                "count": problems
            }
        elif not self.rows:
            yield _("The table is empty.")
        else:
            yield ngettext("%(count)d observation.", "%(count)d observations.", self.rows) % {"count": self.rows}
        failing, lacking = sum(check.fails for check in self.checks), sum(check.lacks for check in self.checks)
        if failing:
            yield ngettext("%(count)d check does not hold.", "%(count)d checks do not hold.", failing) % {
                "count": failing
            }
        if lacking:
            yield ngettext("%(count)d check lacks figures.", "%(count)d checks lack figures.", lacking) % {
                "count": lacking
            }
        if self.checks and not failing and not lacking:
            yield _("No check fails.")
        if count := len(self.gaps) + self.more_gaps:
            yield ngettext("%(count)d series has a gap.", "%(count)d series have gaps.", count) % {"count": count}
        if count := self.rewrites:
            yield ngettext(
                "%(count)d published figure is changed or removed.",
                "%(count)d published figures are changed or removed.",
                count,
            ) % {"count": count}


def review(page: Any, entry: Entry) -> Review:
    """What a page says with the table that was entered, or kept; ``page`` has the rest of the form and is not saved."""
    told = Review(entry)
    if entry.problem or entry.problems or not page.table_digest:
        return told
    told.rows = page.row_count()
    told.checks = list(_checks(page))
    if entry.rows is not None:
        found = gaps(entry.rows, step=STEPS.get(page.frequency))
        told.gaps = list(islice(found, _TOLD))
        told.more_gaps = sum(1 for _gap in found)
    if found_differences := _differences(page):
        _tell(told, found_differences)
    if entry.source == "table_file" and entry.rows is not None and len(entry.rows) <= GRID_ROWS:
        told.text = write_csv(entry.rows, entry.rows.structure)
    return told


def _checks(page: Any) -> Iterator[CheckReview]:
    context = DocumentContext(lambda _uid: True)
    document: dict[str, Any] = {
        name: Items(name).value(page, context) for name in ("dimensions", "measures", "checks")
    } | {"related": []}
    found = evaluations(page, document["checks"], page.structure())
    suspected = suspects(found)
    language = languages.tag(get_language() or CHINESE)
    for number, evaluation in enumerate(found, start=1):
        line = None if evaluation.problem else check_lines(document, [evaluation], language)[0]
        yield CheckReview(number, evaluation, line, _suspects_of(evaluation, suspected))


def _suspects_of(evaluation: Evaluation, suspected: Iterable[str]) -> list[str]:
    failing = (finding for finding in evaluation.findings if finding.outcome == FAILS)
    counted = {term.key for finding in failing for term in (*finding.terms, finding.result)}
    return [key for key in suspected if key in counted]


def _differences(page: Any) -> Differences | None:
    """What differs from the table that is published; None where none is."""
    live = type(page).objects.filter(pk=page.pk, live=True).first()
    if live is None or live.table_digest in ("", page.table_digest):
        return None
    entered = page.entered
    if entered is None:
        columns = columns_of(page.table_digest)
    else:
        columns = to_columns(entered, entered.structure.dimension_codes)
    return differences(columns_of(live.table_digest), columns)


def _tell(told: Review, found: Differences) -> None:
    counts = found.counts
    changed, removed = min(counts["changed"], _TOLD), min(counts["removed"], _TOLD)
    told.changed = [_line(each) for each in found.page(0, changed)]
    told.removed = [_line(each) for each in found.page(counts["changed"], removed)]
    told.more_changed, told.more_removed = counts["changed"] - changed, counts["removed"] - removed
    told.added = counts["added"]


def _line(change: Difference) -> ChangeLine:
    noted = change.before is not None and change.after is not None and change.before.note != change.after.note
    before, after = (_said(row, with_note=noted) if row else "" for row in (change.before, change.after))
    return ChangeLine(change.key, before, after)


def _said(row: Row, *, with_note: bool) -> str:
    """A value with its status where that is not the usual one, and its note where that is what differs."""
    parts = [] if row.value is None else [grouped(row.value).replace("-", MINUS)]
    if row.status != NORMAL:
        parts.append(f"[{status_label(row.status, languages.tag(get_language() or CHINESE))}]")
    if with_note:
        parts.append(" / ".join(f"“{note}”" for note in (row.note_zh_hant, row.note_en) if note) or "“”")
    return " ".join(parts)
