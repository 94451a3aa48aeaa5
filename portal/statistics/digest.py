"""The digest of a table: its address.

SHA-256 over lines of canonical JSON (RFC 8785), each ended by a line feed: first the *order*,
``{"dimensions": [{"code", "codes"}], "measures": [...]}``, with the codes that the rows use, in the order of
their declaration; then the members of each observation (`portal.statistics.rows.Row.members`), sorted by key.
The order in which rows were entered is not content; the declared order of codes is, because it decides the
order in which the table shows its rows. Labels and units belong to the dataset's document, not to the table.
"""

import hashlib
from collections.abc import Iterable

import orjson

from portal.core.canonical import canonical_json
from portal.statistics.rows import Row
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure


def table_digest(rows: Iterable[Row], structure: Structure) -> str:
    """The digest of a table, in lower-case hex. Rows of a spool are read from there, in constant memory."""
    spool = rows if isinstance(rows, Spool) and rows.structure == structure else Spool.of(rows, structure)
    if spool.digest is None:
        digest = hashlib.sha256(canonical_json(_order(spool.keys(), structure)) + b"\n")
        for row in spool.by_key():
            # Of texts alone, with names of ASCII characters, this is canonical JSON too, made many times as fast.
            digest.update(orjson.dumps(row.members, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
        spool.digest = digest.hexdigest()
    return spool.digest


def _order(keys: Iterable[str], structure: Structure) -> dict[str, list[object]]:
    used: list[set[str]] = [set() for _ in range(1 + len(structure.dimensions))]
    for key in keys:
        # The last part is the period.
        for codes, code in zip(used, key.split("."), strict=False):
            codes.add(code)
    measures, *dimensions = used
    return {
        "dimensions": [
            {"code": dimension.code, "codes": [code for code in dimension.codes if code in codes]}
            for dimension, codes in zip(structure.dimensions, dimensions, strict=True)
        ],
        "measures": [measure.code for measure in structure.measures if measure.code in measures],
    }
