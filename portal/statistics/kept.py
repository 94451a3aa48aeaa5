"""Keeping a table's columns in the database, and in this process while they are read.

A table is a Parquet file in parts of at most `PART_BYTES`. What was read stays in memory until `KEPT_BYTES` of tables
have been read since: a table never changes, so nothing can be out of date.
"""

import threading
from collections import OrderedDict

import pyarrow as pa

from portal.statistics.columns import from_parquet, to_parquet
from portal.statistics.models import Erasure, Part, Table

PART_BYTES = 8 * 2**20
KEPT_BYTES = 64 * 2**20

_kept: OrderedDict[str, pa.Table] = OrderedDict()
_lock = threading.Lock()


def store(digest: str, columns: pa.Table, dimensions: list[str]) -> Table:
    """Write the columns of a table. The caller's transaction makes it whole or not at all."""
    # Entered again, an erased table is under the triggers' protection like any other.
    Erasure.objects.filter(digest=digest).delete()
    content = to_parquet(columns)
    pieces = [content[first : first + PART_BYTES] for first in range(0, len(content), PART_BYTES)]
    table = Table.objects.create(digest=digest, dimensions=dimensions, rows=columns.num_rows, parts=len(pieces))
    for number, piece in enumerate(pieces):
        Part.objects.create(table=table, number=number, data=piece)
    return table


def columns_of(digest: str) -> pa.Table:
    """The columns of a table. Raises `Table.DoesNotExist` where there is none."""
    with _lock:
        if digest in _kept:
            _kept.move_to_end(digest)
            return _kept[digest]
    pieces = Part.objects.filter(table=digest).order_by("number").values_list("data", flat=True)
    content = b"".join(bytes(piece) for piece in pieces)
    if not content:
        raise Table.DoesNotExist
    columns = from_parquet(content)
    with _lock:
        _kept[digest] = columns
        while len(_kept) > 1 and sum(each.nbytes for each in _kept.values()) > KEPT_BYTES:
            _kept.popitem(last=False)
    return columns


def erase(digest: str) -> None:
    """Delete a table for good: its rows are no longer in the database nor in this process."""
    Erasure.objects.get_or_create(digest=digest)
    Part.objects.filter(table=digest).delete()
    Table.objects.filter(digest=digest).delete()
    with _lock:
        _kept.pop(digest, None)
