"""Datasets of counted cases: a month's counts become a draft, which an editor reviews and publishes.

There is one dataset for each kind, which its page names (``counted_kind``), so that no two of them can be subtracted
from each other. The page declares by what cases are counted: dimensions of the kind, each with the codes that are
counted and, where sums are wanted, ``total``.
Rows of other measures are the editors' own and are left alone.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.datasets.models import DatasetPage
from cms.pages.models import PlainPage
from cms.scope import publishing_scope
from portal.cases.counts import describing
from portal.cases.counts.asking import NotCounted, kind_of, month_of
from portal.cases.counts.counting import count
from portal.cases.counts.tabulating import CodeMissing, Dimension, Figure, tabulated
from portal.core.languages import CHINESE, ENGLISH
from portal.core.periods import Period
from portal.statistics.problems import TableProblems
from portal.statistics.rows import Row
from portal.statistics.selectors import every_row
from portal.statistics.services import checked
from portal.statistics.status import NORMAL, SUPPRESSED
from portal.statistics.structure import Structure, StructureError


@dataclass(frozen=True)
class Drafted:
    """What became of a count: the page, its new draft (None where the counts are as they were), and how many figures
    there are, those among them that are not shown included.
    """

    page: DatasetPage
    revision: Revision | None
    figures: int
    hidden: int


def uid_of(kind: str) -> str:
    """The uid of the dataset that a kind's cases are counted into, or would be."""
    page = DatasetPage.objects.filter(counted_kind=kind).only("uid").first()
    return page.uid if page else f"dataset:{kind}-cases"


def draft_counts(*, kind: str, period: str, now: datetime.datetime) -> Drafted:
    """Count a month that is over, and write it into a draft of the kind's dataset, made if there is none.

    What is in the page's latest draft besides stays. Nothing is published. Raises `NotCounted`; nothing is written
    then.
    """
    declared, month = kind_of(kind), month_of(period, now)
    with publishing_scope():
        page = DatasetPage.objects.filter(counted_kind=kind).first() or _new_page(kind, month)
        if page.locked:
            raise NotCounted(_("The dataset %(uid)s is locked; unlock it first."), uid=page.uid)
        edited = page.get_latest_revision_as_object()
        structure = _structure(edited)
        dimensions = tabulated_dimensions(structure, kind)
        counts = count(declared, month, [each.name for each in dimensions], now)
        before = [*_rows(edited), *(_rows(page) if page.live else ())]
        measures = describing.measure_codes(declared)
        already = {
            (row.measure, tuple(row.dimensions.values()))
            for row in before
            if (row.period, row.status) == (period, SUPPRESSED) and row.measure in measures
        }
        threshold = 0 if declared.shows_small_counts else settings.CASE_COUNT_THRESHOLD
        try:
            figures = tabulated(counts, dimensions, threshold=threshold, already=already)
        except CodeMissing as missing:
            raise NotCounted(
                _("The dataset %(uid)s has no code “%(code)s” for its dimension “%(dimension)s”, but cases have it."),
                uid=page.uid,
                code=missing.code,
                dimension=describing.column(missing.dimension),
            ) from missing
        rows = list(_counted_rows(figures, structure, period))
        kept = [row for row in _rows(edited) if row.period != period or row.measure not in measures]
        revision = _revision(edited, [*kept, *rows], structure)
    return Drafted(page, revision, len(rows), sum(row.status == SUPPRESSED for row in rows))


def tabulated_dimensions(structure: Structure, kind: str) -> list[Dimension]:
    """The dimensions of a dataset as those of a kind. Raises `NotCounted` for one that cases cannot be counted by."""
    names = describing.by_column(kind_of(kind))
    unknown = [each.code for each in structure.dimensions if each.code not in names]
    if unknown:
        raise NotCounted(
            _("Cases of this kind cannot be counted by “%(dimension)s”; what they can be counted by: %(names)s."),
            dimension=unknown[0],
            names=", ".join(names),
        )
    return [Dimension(names[each.code], each.codes) for each in structure.dimensions]


def _structure(page: DatasetPage) -> Structure:
    try:
        return page.structure()
    except StructureError as error:
        raise NotCounted("%(uid)s: %(reason)s", uid=page.uid, reason=error) from error


def _rows(page: DatasetPage) -> Iterable[Row]:
    return every_row(page.table_digest) if page.table_digest else ()


def _counted_rows(figures: Iterable[Figure], structure: Structure, period: str) -> Iterator[Row]:
    """The figures that the dataset has a measure for; where there is nothing to take a share of, there is no row."""
    measures = {each.code for each in structure.measures}
    for figure in figures:
        if figure.measure in measures and (figure.hidden or figure.value is not None):
            codes = dict(zip(structure.dimension_codes, figure.codes, strict=True))
            value = None if figure.value is None else f"{figure.value:f}"
            yield Row(period, str(figure.measure), codes, value, SUPPRESSED if figure.hidden else NORMAL)


def _revision(page: DatasetPage, rows: list[Row], structure: Structure) -> Revision | None:
    """A new draft with these rows; None if the latest has them."""
    before = page.table_digest
    try:
        page.enter(checked(rows, structure), structure)
    except TableProblems as error:
        raise NotCounted("%(uid)s: %(reason)s", uid=page.uid, reason=error.problems[0].message) from error
    if page.table_digest == before:
        return None
    return page.save_revision(log_action="wagtail.edit")


def _new_page(kind: str, month: Period) -> DatasetPage:
    """A draft of a dataset that has nothing but its title and structure, and begins with a month."""
    declared = kind_of(kind)
    label = describing.kind_label(declared)
    parent: Page | None = PlainPage.objects.filter(section="dataset").first()
    if parent is None:
        raise NotCounted(_("There is no page that datasets stand under."))
    uid = uid_of(kind)
    if DatasetPage.objects.filter(uid=uid).exists():
        raise NotCounted(_("There is a dataset %(uid)s; say in its form that it is fed by these cases."), uid=uid)
    page = DatasetPage(
        uid=uid,
        counted_kind=kind,
        slug=uid.partition(":")[2],
        live=False,
        headline_zh_hant=f"{label[CHINESE]}案件數",
        headline_en=f"{label[ENGLISH]}: number of cases",
        date_start=month.start,
        date_ongoing=True,
        date_precision=month.precision,
        frequency="monthly",
        dimensions=_stream("dimension", map(_dimension, describing.dimensions(declared, describing.usual(declared)))),
        measures=_stream("measure", map(_measure, describing.measures(declared))),
    )
    parent.add_child(instance=page)
    page.save_revision(log_action="wagtail.create")
    return page


def _stream(block: str, values: Iterable[dict[str, Any]]) -> str:
    return json.dumps([{"type": block, "value": value} for value in values])


def _dimension(described: describing.DescribedDimension) -> dict[str, Any]:
    return {**_labelled(described), "codes": [_labelled(code) for code in described.codes]}


def _measure(described: describing.DescribedMeasure) -> dict[str, Any]:
    return {**_labelled(described), "unit": described.unit}


def _labelled(described: describing.Described) -> dict[str, Any]:
    return {"code": described.code, "label": {"zh_hant": described.label[CHINESE], "en": described.label[ENGLISH]}}
