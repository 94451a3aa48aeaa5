"""The rows of one table outside memory, so that a million of them cost what a thousand do.

They lie in a temporary SQLite file, which the operating system forgets with the spool, and can be read in the
table's order and in the order of their keys, as often as is needed.
"""

import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Self

from portal.core.periods import parse_period
from portal.statistics.rows import Row
from portal.statistics.series import EVERY, Series
from portal.statistics.structure import Structure

#: Rows that wait in memory until they are written together.
_BATCH = 5000
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16000", "temp_store=FILE", "locking_mode=EXCLUSIVE")
#: A key tells measure, codes and period: none of them has a dot.
_SELECT = "SELECT key, value, status, note_zh_hant, note_en FROM spooled "


class Spool:
    """Rows of a structure: added one by one, each with the line where it stood, then read.

    Rows are not checked here; who fills a spool checks them (`reading.read_table`, `services.checked`). Once it has
    been read it takes no more.
    """

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        #: The digest of the rows, once it was made (`digest.table_digest`).
        self.digest: str | None = None
        self._place = _place(structure)
        self._waiting: list[tuple[Any, ...]] = []
        self._count = 0
        self._is_open = True
        # Whichever thread collects the garbage may close it.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in _SETTINGS:
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute(
            "CREATE TABLE spooled (line INTEGER, place BLOB, key TEXT, value TEXT, status TEXT, note_zh_hant TEXT, "
            "note_en TEXT)"
        )
        self._database.execute("BEGIN")

    @classmethod
    def of(cls, rows: Iterable[Row], structure: Structure) -> Self:
        """A spool of these rows; a row's line is its place, from 1."""
        spool = cls(structure)
        for line, row in enumerate(rows, start=1):
            spool.add(row, line)
        return spool

    def __del__(self) -> None:
        self._database.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        """The rows in the table's order: by measure, then by each dimension, both in the order of their declaration,
        then by period, earlier first.
        """
        return self._rows("ORDER BY place")

    def add(self, row: Row, line: int) -> None:
        """Take a row. Raises KeyError for a code that the structure does not declare."""
        if not self._is_open:
            raise ValueError("a spool that was read takes no more rows")
        values = (row.value, row.status, row.note_zh_hant, row.note_en)
        self._waiting.append((line, self._place(row), row.key, *values))
        self._count += 1
        if len(self._waiting) == _BATCH:
            self._write()

    def repeated(self) -> Iterator[tuple[int, str, int]]:
        """Each row whose key an earlier line has: its line, the key, and the first line that has it; by line."""
        return self._read(
            "SELECT spooled.line, spooled.key, earlier.first FROM spooled JOIN "
            "(SELECT key, MIN(line) AS first FROM spooled GROUP BY key HAVING COUNT(*) > 1) AS earlier "
            "ON earlier.key = spooled.key WHERE spooled.line > earlier.first ORDER BY spooled.line"
        )

    def by_key(self) -> Iterator[Row]:
        """The rows sorted by key, character by character (as Python sorts texts)."""
        return self._rows("ORDER BY key")

    def keys(self) -> Iterator[str]:
        """The keys, sorted."""
        return (key for (key,) in self._read("SELECT key FROM spooled ORDER BY key"))

    def of_series(self, series: Series) -> Iterator[Row]:
        """The observations of a series, open codes included, in the table's order."""
        first, last = self._span(series)
        rows = self._rows("WHERE place >= ? AND place < ? ORDER BY place", first, last)
        return rows if EVERY not in series.codes else (row for row in rows if series.has(row))

    def get(self, key: str) -> Row | None:
        """The row with a key; None if there is none."""
        return next(self._rows("WHERE key = ?", key), None)

    def _span(self, series: Series) -> tuple[bytes, bytes]:
        """Between which places a series lies: by its measure, and its codes up to the first that is open."""
        parts = (series.measure, *series.codes)
        known = parts[: parts.index(EVERY)] if EVERY in parts else parts
        codes = _codes(self.structure)
        places = [code[part] for code, part in zip(codes, known, strict=False)]
        last = [*places[:-1], places[-1] + 1]
        return struct.pack(f">{len(places)}I", *places), struct.pack(f">{len(last)}I", *last)

    def _rows(self, clause: str, *parameters: Any) -> Iterator[Row]:
        dimensions = self.structure.dimension_codes
        for key, value, status, chinese, english in self._read(_SELECT + clause, *parameters):
            measure, *codes, period = key.split(".")
            yield Row(period, measure, dict(zip(dimensions, codes, strict=True)), value, status, chinese, english)

    def _read(self, statement: str, *parameters: Any) -> Iterator[Any]:
        if self._is_open:
            self._write()
            self._database.execute("CREATE INDEX by_place ON spooled (place)")
            self._database.execute("CREATE INDEX by_key ON spooled (key)")
            self._database.execute("COMMIT")
            self._is_open = False
        return iter(self._database.execute(statement, parameters))

    def _write(self) -> None:
        self._database.executemany("INSERT INTO spooled VALUES (?, ?, ?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()


def _codes(structure: Structure) -> list[dict[str, int]]:
    """For the measure and each dimension, its codes with their places."""
    lists = ([measure.code for measure in structure.measures], *(each.codes for each in structure.dimensions))
    return [{code: place for place, code in enumerate(codes)} for codes in lists]


def _place(structure: Structure) -> Callable[[Row], bytes]:
    """What sorts as bytes as the table's order sorts rows."""
    measures, *dimensions = _codes(structure)
    packed = struct.Struct(f">{1 + len(dimensions)}I").pack

    def place(row: Row) -> bytes:
        codes = (places[code] for places, code in zip(dimensions, row.dimensions.values(), strict=True))
        return packed(measures[row.measure], *codes) + _period_place(row.period)

    return place


@lru_cache(maxsize=4096)
def _period_place(code: str) -> bytes:
    period = parse_period(code)
    days = struct.pack(">2I", period.start.toordinal(), period.end.toordinal())
    return days + f"{period.precision}\0{code}".encode()
