"""What reads tables. A digest that no table has raises `Table.DoesNotExist`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypedDict, Unpack

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.statistics.models import Observation, Table
from portal.statistics.rows import Row
from portal.statistics.series import EVERY, Series
from portal.statistics.structure import StructureError


class Selection(TypedDict, total=False):
    """Which observations: ``filters`` maps dimensions to codes, ``period`` is a code, ``from_`` and ``to``
    select by overlap of days.
    """

    filters: Mapping[str, str]
    measure: str | None
    period: str | None
    from_: date | None
    to: date | None


def table(digest: str) -> Table:
    """The table of a digest."""
    return Table.objects.get(digest=digest)


def observations(
    digest: str, *, limit: int, after: int | None = None, **selection: Unpack[Selection]
) -> tuple[list[Row], int | None]:
    """One page of rows in the table's order, and the ``after`` of the next page (None if there is none).

    Pages are found by place, not by counting, so that a late page costs what the first does. Raises
    `StructureError` for an unknown dimension.
    """
    of = table(digest)
    selected = _selected(of, selection)
    if after is not None:
        selected = selected.filter(ordinal__gt=after)
    page = list(selected.order_by("ordinal")[: limit + 1])
    next_after = page[limit - 1].ordinal if len(page) > limit else None
    return [observation.row(of.dimensions) for observation in page[:limit]], next_after


def previous_after(digest: str, *, limit: int, after: int, **selection: Unpack[Selection]) -> int | None:
    """The ``after`` of the page before the one that ``after`` gives; None if that is the first page."""
    before = _selected(table(digest), selection).filter(ordinal__lte=after).order_by("-ordinal")
    return before.values_list("ordinal", flat=True)[limit : limit + 1].first()


def count(digest: str, **selection: Unpack[Selection]) -> int:
    """How many rows are selected."""
    return _selected(table(digest), selection).count()


def every_row(digest: str) -> Iterator[Row]:
    """All rows of a table in its order, read in portions."""
    of = table(digest)
    for observation in of.observations.defer("number").order_by("ordinal").iterator():
        yield observation.row(of.dimensions)


def of_series(digest: str, series: Series, *, period: str | None = None) -> list[Row]:
    """The observations of a series, open codes included, in the table's order; of one period, if it is given.

    The digest's table has to have the series' dimensions: a document's own table has those that it declares.
    """
    of = table(digest)
    codes = dict(zip(of.dimensions, series.codes, strict=True))
    chosen = {dimension: code for dimension, code in codes.items() if code != EVERY}
    selected = _selected(of, {"filters": chosen, "measure": series.measure, "period": period})
    return [found.row(of.dimensions) for found in selected.order_by("ordinal")]


def observation(digest: str, key: str) -> Row | None:
    """The row with a key; None if the table has none."""
    of = table(digest)
    found = of.observations.defer("number").filter(key=key).first()
    return None if found is None else found.row(of.dimensions)


def is_among_first(digest: str, key: str, limit: int) -> bool:
    """Whether an observation is one of the first rows of its table."""
    return table(digest).observations.filter(key=key, ordinal__lt=limit).exists()


def with_keys(digest: str, keys: Iterable[str]) -> list[Row]:
    """The rows with these keys, in the table's order; of those that there are."""
    of = table(digest)
    found = of.observations.defer("number").filter(key__in=list(keys)).order_by("ordinal")
    return [observation.row(of.dimensions) for observation in found]


def _selected(of: Table, selection: Selection) -> QuerySet[Observation]:
    selected = of.observations.defer("number")
    for dimension, code in (selection.get("filters") or {}).items():
        if dimension not in of.dimensions:
            raise StructureError(_("The table has no dimension “%(code)s”."), code=dimension)
        # By place in the list, since a name such as "contains" would be taken for a lookup.
        selected = selected.filter(**{f"dimensions__{of.dimensions.index(dimension)}": code})
    exact = {"measure": selection.get("measure"), "period": selection.get("period")}
    overlap = {"period_end__gte": selection.get("from_"), "period_start__lte": selection.get("to")}
    return selected.filter(**{lookup: value for lookup, value in (exact | overlap).items() if value is not None})
