"""The figures of the report, from the tables among the fixtures: how many cases to invent."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from portal.core.periods import Period, parse_period

#: The period of the report.
PERIOD = parse_period("2022-02-01--2022-06-30")


@dataclass(frozen=True)
class Cell:
    """An observation of a table of the fixtures for the report's period, by measure and codes."""

    table: str
    measure: str
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> int:
        """Its number. Raises LookupError if the table does not have it once."""
        path = Path(settings.BASE_DIR, "fixtures", "tables", f"{self.table}.csv")
        asked = {"period": PERIOD.code, "measure": self.measure, **self.codes}
        with path.open(encoding="utf-8", newline="") as lines:
            found = [row["value"] for row in csv.DictReader(lines) if asked.items() <= row.items()]
        if len(found) != 1:
            raise LookupError(f"{self.table}: {len(found)} observations of {asked}")
        return int(found[0])


@dataclass(frozen=True)
class Figure:
    """Some observations added up, less others: what a table tells as "all" and "of which" are two kinds of cases."""

    cells: tuple[Cell, ...]
    less: tuple[Cell, ...] = ()

    @property
    def value(self) -> int:
        """The number."""
        return sum(cell.value for cell in self.cells) - sum(cell.value for cell in self.less)


def months() -> list[Period]:
    """The months of the period."""
    return [
        parse_period(f"{PERIOD.start.year}-{month:02d}") for month in range(PERIOD.start.month, PERIOD.end.month + 1)
    ]
