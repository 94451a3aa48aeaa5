"""The observations of a dataset as a table for readers: labels instead of codes, and columns only for what
differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.languages import CHINESE
from portal.publication.ready import figure_anchor
from portal.rendering import dates
from portal.rendering.quantities import Number, number
from portal.rendering.sources import Sources
from portal.rendering.texts import LanguageMap, plain
from portal.statistics.status import NORMAL, STATUSES
from portal.statistics.units import grouped

#: More rows than these are left to the data files.
LIMIT = 500


@dataclass(frozen=True)
class Line:
    """One observation: its key, the labels of the leading columns (language maps or dates), its number, and what is
    said about it. ``name`` says in words which it is.
    """

    key: str
    name: str
    labels: Sequence[LanguageMap]
    period: dates.DateText | None
    number: Number | None
    status: LanguageMap | None
    note: LanguageMap | None
    seal: str

    @property
    def anchor(self) -> str:
        """The fragment that leads to this observation on its dataset's page."""
        return figure_anchor(self.key)


@dataclass(frozen=True)
class Table:
    """A table to show. ``period`` is set where all observations are of one; ``total`` counts all rows of the
    dataset.
    """

    headers: Sequence[LanguageMap | str]
    lines: Sequence[Line]
    period: dates.DateText | None
    has_period: bool
    has_status: bool
    has_notes: bool
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are shown."""
        return self.total > len(self.lines)


def data_table(
    record: Mapping[str, Any],
    observations: Iterable[Mapping[str, Any]],
    sources: Sources,
    language: str,
    measure_term: str,
) -> Table:
    """The table of a ready dataset. ``observations`` have the members ``dimensions key measure note period
    status value``.
    """
    rows = list(observations)
    measures = {measure["code"]: measure for measure in record["measures"]}
    dimensions = record["dimensions"]
    labels = {each["code"]: {code["code"]: code["label"] for code in each["codes"]} for each in dimensions}
    periods = dict.fromkeys(each["period"] for each in rows)
    shows_measure = len(measures) > 1 or not dimensions
    headers: list[Any] = [measure_term] if shows_measure else []
    headers += [each["label"] for each in dimensions]
    lines = []
    for each in rows:
        measure = measures[each["measure"]]
        named = [measure["label"]] if shows_measure else []
        named += [
            _code_label(labels[dimension["code"]], each["dimensions"][dimension["code"]]) for dimension in dimensions
        ]
        period = dates.display_period(each["period"], language)
        lines.append(
            Line(
                key=each["key"],
                name=" · ".join([*(plain(label, language) for label in named), period.primary]),
                labels=named,
                period=period,
                number=number(each["value"], measure["unit"], language),
                status=STATUSES[each["status"]].label if each["status"] != NORMAL else None,
                note=each["note"],
                seal=sources.seal(f"observations/{each['key']}", _spoken(named, each["value"], language)),
            )
        )
    return Table(
        headers=headers,
        lines=lines,
        period=dates.display_period(next(iter(periods)), language) if len(periods) == 1 else None,
        has_period=len(periods) > 1,
        has_status=any(line.status for line in lines),
        has_notes=any(line.note for line in lines),
        total=max((record["table"] or {"rows": 0})["rows"], len(lines)),
    )


def _code_label(labels: Mapping[str, LanguageMap], code: str) -> LanguageMap:
    return labels.get(code) or {CHINESE: code, "en": code}


def _spoken(named: Iterable[LanguageMap], value: str | None, language: str) -> str:
    return " · ".join([*(plain(label, language) for label in named), *([grouped(value)] if value else [])])
