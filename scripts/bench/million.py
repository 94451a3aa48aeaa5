"""A dataset of a million observations, published; and the same rows in SQLite for Datasette and in PostgreSQL for COPY.

Complaints per month, district and kind: 38 districts, 220 kinds, ten years. The values are the same in every run.
"""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

UID = "dataset:bench-million"
_DISTRICTS, _KINDS, _YEARS = 38, 220, range(2012, 2022)
COLUMNS = ("period", "measure", "district", "kind", "value", "unit", "status", "note_zh", "note_en")


def dimensions() -> list[dict[str, Any]]:
    """The dimensions, as the document has them."""
    return [
        {
            "code": code,
            "label": {"zh-Hant": chinese, "en": code.title()},
            "codes": [
                {"code": f"{code}-{number}", "label": {"zh-Hant": f"{chinese}{number}", "en": f"{code} {number}"}}
                for number in range(count)
            ],
        }
        for code, chinese, count in (("district", "行政區", _DISTRICTS), ("kind", "類別", _KINDS))
    ]


def measures() -> list[dict[str, Any]]:
    """The measure, as the document has it."""
    return [{"code": "cases", "label": {"zh-Hant": "件數", "en": "Cases"}, "unit": "case"}]


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Period, district, kind and value of each observation, in the table's order."""
    values = random.Random(1)
    for district in range(_DISTRICTS):
        for kind in range(_KINDS):
            for year in _YEARS:
                for month in range(1, 13):
                    yield (
                        f"{year}-{month:02d}",
                        f"district-{district}",
                        f"kind-{kind}",
                        str(values.randrange(10_000)),
                    )


def publish() -> int:
    """Publish the dataset, unless it is there; how many observations it has."""
    from django.db import transaction

    from portal.publication import current, log
    from portal.publication.models import LogRow
    from portal.statistics.rows import Row
    from portal.statistics.services import ensure_table
    from portal.statistics.structure import Structure

    structure = Structure.from_document(dimensions(), measures())
    if not LogRow.objects.filter(uid=UID).exists():
        made = (
            Row(period, "cases", {"district": district, "kind": kind}, value, "normal")
            for period, district, kind, value in rows()
        )
        table = ensure_table(made, structure=structure)
        with transaction.atomic():
            log.lock()
            document = _document({"digest": table.digest, "rows": table.rows})
            log.append([log.Entry(UID, "dataset", LogRow.Action.PUBLISH, document)])
            current.refresh([UID])
    return _DISTRICTS * _KINDS * len(_YEARS) * 12


def into_sqlite(path: Path) -> None:
    """The same rows for Datasette: a table of their own, an index for each dimension."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE observations ({', '.join(f'{name} TEXT' for name in COLUMNS)})")
        places = ",".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO observations VALUES ({places})", _flat())  # noqa: S608  # question marks
        for name in ("district", "kind", "period"):
            connection.execute(f"CREATE INDEX observations_{name} ON observations ({name})")
        connection.execute("ANALYZE")


def into_postgresql(connection: Any) -> None:
    """The same rows for COPY: a table of their own, an index for the filter."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_observations")
        cursor.execute(f"CREATE TABLE bench_observations ({', '.join(f'{name} text' for name in COLUMNS)})")
        with cursor.copy(f"COPY bench_observations ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in _flat():
                copy.write_row(row)
        cursor.execute("CREATE INDEX ON bench_observations (period)")
        cursor.execute("ANALYZE bench_observations")


def _flat() -> Iterator[tuple[str | None, ...]]:
    for period, district, kind, value in rows():
        yield period, "cases", district, kind, value, "case", "normal", None, None


def _document(table: dict[str, Any]) -> dict[str, Any]:
    from cms.seeding.defaults import completed
    from portal.publication import schemas

    told = {
        "uid": UID,
        "title": {"zh-Hant": "一百萬筆觀測值", "en": "A million observations"},
        "dimensions": dimensions(),
        "measures": measures(),
        "frequency": "monthly",
        "licence": "OGDL-Taiwan-1.0",
        "table": table,
    }
    document = completed("dataset", {"type": "dataset", **told})
    schema = schemas.current("dataset")
    return {**document, "schema": schema, "path": "/datasets/bench-million/", "translation": {"en": {}}}
