"""Figures: single observations that other records cite, each taken from one version of a dataset.

A record keeps the figure as the version has it that it was published with; `differences` tells which of its figures
the dataset has corrected since.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from portal.statistics.models import Table
from portal.statistics.rows import Row
from portal.statistics.selectors import with_keys

#: A figure as documents cite it: ``dataset``, ``key``, ``version``, ``value``, ``unit``, ``period``.
Figure = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A version of a dataset as figures are taken from it; ``version`` is None for one that is not published."""

    dataset: str
    version: int | None
    digest: str
    units: Mapping[str, str]

    @classmethod
    def of(cls, record: Mapping[str, Any], version: int | None) -> Self:
        """A version by its document or ready record."""
        units = {measure["code"]: measure["unit"] for measure in record["measures"]}
        return cls(record["uid"], version, record["table"]["digest"], units)

    def figure(self, key: str) -> Figure | None:
        """The figure of a key; None where the version has no such observation."""
        return self.figures([key]).get(key)

    def figures(self, keys: Iterable[str]) -> dict[str, Figure]:
        """The figures of these keys, by key; of those that there are; none where the table is not here."""
        try:
            rows = with_keys(self.digest, keys)
        except Table.DoesNotExist:
            return {}
        return {row.key: self._figure(row) for row in rows}

    def _figure(self, row: Row) -> Figure:
        version = {} if self.version is None else {"version": self.version}
        taken = {"value": row.value, "unit": self.units[row.measure], "period": row.period}
        return {"dataset": self.dataset, "key": row.key, **version, **taken}


@dataclass(frozen=True, slots=True)
class Difference:
    """That a dataset no longer says what a record cites of it. ``now`` is the figure of its present version, None where
    that has no such observation; nor has it one where the dataset is not public any more.
    """

    cited: Figure
    now: Figure | None
    is_public: bool


def differences(cited: Iterable[Figure], source: Callable[[str], Source | None]) -> list[Difference]:
    """Those of the cited figures whose dataset now says something else, each once, in their order. ``source`` gives the
    present version of a dataset by its uid; None where it is not public.
    """
    figures = list({(figure["dataset"], figure["key"]): figure for figure in cited}.values())
    keys = defaultdict(list)
    for figure in figures:
        keys[figure["dataset"]].append(figure["key"])
    sources = {dataset: source(dataset) for dataset in keys}
    present = {dataset: its.figures(keys[dataset]) for dataset, its in sources.items() if its is not None}
    found = []
    for figure in figures:
        now = present.get(figure["dataset"], {}).get(figure["key"])
        if now is None or (now["value"], now["unit"]) != (figure["value"], figure["unit"]):
            found.append(Difference(figure, now, figure["dataset"] in present))
    return found
