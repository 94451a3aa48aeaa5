"""The digest of a table: its address.

SHA-256 over lines of canonical JSON (RFC 8785), each ended by a line feed: first the *order*,
``{"dimensions": [{"code", "codes"}], "measures": [...]}``, with the codes that the rows use, in the order of
their declaration; then the members of each observation (`portal.statistics.rows.Row.members`), sorted by key.
The order in which rows were entered is not content; the declared order of codes is, because it decides the
order in which the table shows its rows. Labels and units belong to the dataset's document, not to the table.
"""

import hashlib
from collections.abc import Iterable

from portal.core.canonical import canonical_json
from portal.statistics.rows import Row
from portal.statistics.structure import Structure


def table_digest(rows: Iterable[Row], structure: Structure) -> str:
    """The digest of a table, in lower-case hex."""
    ordered = sorted(rows, key=lambda row: row.key)
    digest = hashlib.sha256()
    for line in (_order(ordered, structure), *(row.members for row in ordered)):
        digest.update(canonical_json(line) + b"\n")
    return digest.hexdigest()


def _order(rows: list[Row], structure: Structure) -> dict[str, list[object]]:
    measures = {row.measure for row in rows}
    used: dict[str, set[str]] = {dimension.code: set() for dimension in structure.dimensions}
    for row in rows:
        for dimension, code in row.dimensions.items():
            used[dimension].add(code)
    return {
        "dimensions": [
            {
                "code": dimension.code,
                "codes": [code for code in dimension.codes if code in used[dimension.code]],
            }
            for dimension in structure.dimensions
        ],
        "measures": [measure.code for measure in structure.measures if measure.code in measures],
    }
