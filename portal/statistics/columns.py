"""Tables as columns of Apache Arrow: how the rows of a table are kept, and looked through without making an object of
each.

The columns are ``measure``, ``period``, one per dimension by its code, ``status``, ``value`` (the exact text, null
where missing), ``note_zh`` and ``note_en`` (null where empty). All but the value are dictionary-coded. The order of the
rows is the table's.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from portal.statistics.rows import Row

# Arrow's own allocators keep what was freed for themselves: some forty megabytes in each process that read one table.
pa.set_memory_pool(pa.system_memory_pool())

_CODED = pa.dictionary(pa.int32(), pa.string())
#: The kinds of numbers that codes are, with how many codes each can tell apart.
_WIDTHS = ((pa.int8(), 2**7), (pa.int16(), 2**15), (pa.int32(), 2**31))
#: Rows that are made into columns, or columns into rows, at a time.
BATCH = 20_000
#: Rows of a row group of the Parquet file.
_GROUP = 65_536


def arrow_schema(dimensions: Sequence[str]) -> pa.Schema:
    """The columns of a table with these dimensions."""
    coded = ("measure", "period", *dimensions, "status")
    return pa.schema(
        [
            *(pa.field(name, _CODED, nullable=False) for name in coded),
            pa.field("value", pa.string()),
            pa.field("note_zh", _CODED),
            pa.field("note_en", _CODED),
        ]
    )


def to_columns(rows: Iterable[Row], dimensions: Sequence[str]) -> pa.Table:
    """The columns of rows, in the order given. Each column is one piece of memory."""
    schema, source = arrow_schema(dimensions), iter(rows)
    batches = []
    while batch := list(islice(source, BATCH)):
        columns: dict[str, list[str | None]] = {
            "measure": [row.measure for row in batch],
            "period": [row.period for row in batch],
            **{dimension: [row.dimensions[dimension] for row in batch] for dimension in dimensions},
            "status": [row.status for row in batch],
            "value": [row.value for row in batch],
            "note_zh": [row.note_zh_hant or None for row in batch],
            "note_en": [row.note_en or None for row in batch],
        }
        arrays = [_array(columns[field.name], field.type) for field in schema]
        batches.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    whole = pa.Table.from_batches(batches, schema=schema)
    return pa.table({name: narrow(whole.column(name)) for name in schema.names})


def to_rows(columns: pa.Table) -> Iterator[Row]:
    """The rows of columns, a portion of them at a time in memory."""
    dimensions = dimensions_of(columns)
    for first in range(0, columns.num_rows, BATCH):
        portion = columns.slice(first, BATCH)
        codes = [portion.column(dimension).to_pylist() for dimension in dimensions]
        plain = [
            portion.column(name).to_pylist() for name in ("measure", "period", "value", "status", "note_zh", "note_en")
        ]
        for place, (measure, period, value, status, chinese, english) in enumerate(zip(*plain, strict=True)):
            own = {dimension: column[place] for dimension, column in zip(dimensions, codes, strict=True)}
            yield Row(period, measure, own, value, status, chinese or "", english or "")


def dimensions_of(columns: pa.Table) -> list[str]:
    """The dimensions that columns have, in their declared order."""
    return columns.column_names[2:-4]


def to_parquet(columns: pa.Table) -> bytes:
    """The columns as a Parquet file."""
    buffer = io.BytesIO()
    pq.write_table(columns, buffer, compression="zstd", row_group_size=_GROUP, store_schema=True)
    return buffer.getvalue()


def from_parquet(content: bytes) -> pa.Table:
    """The columns of a Parquet file that `to_parquet` made; each is one piece of memory.

    Column after column, so that hardly more memory is taken than the columns need in the end.
    """
    names = pq.read_schema(pa.BufferReader(content)).names
    return pa.table({name: narrow(_read(content, name)) for name in names})


def narrow(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array, its codes as numbers of as few bytes as there are codes."""
    array = column.unify_dictionaries().combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if not pa.types.is_dictionary(array.type):
        return array
    width = next(kind for kind, most in _WIDTHS if len(array.dictionary) <= most)
    return pa.DictionaryArray.from_arrays(array.indices.cast(width), array.dictionary)


def _read(content: bytes, name: str) -> pa.ChunkedArray:
    return pq.read_table(pa.BufferReader(content), columns=[name], use_threads=False).column(0)


def matching(columns: pa.Table, wanted: dict[str, Callable[[str], bool]]) -> pa.Array | None:
    """The places of the rows whose codes are wanted, ascending; None for all rows.

    ``wanted`` decides, per column, for each code once, however many rows have it.
    """
    mask = None
    for name, decides in wanted.items():
        coded = single(columns, name)
        kept = [place for place, code in enumerate(coded.dictionary.to_pylist()) if decides(code)]
        if len(kept) == 1:
            fits = pc.equal(coded.indices, kept[0])
        else:
            fits = pc.is_in(coded.indices, value_set=pa.array(kept, coded.indices.type))
        mask = fits if mask is None else pc.and_(mask, fits)
    return None if mask is None else pc.indices_nonzero(mask)


def single(columns: pa.Table, name: str) -> pa.DictionaryArray:
    """A coded column as one array."""
    column = columns.column(name)
    return column.chunk(0) if column.num_chunks == 1 else narrow(column)


def _array(values: list[str | None], kind: pa.DataType) -> pa.Array:
    plain = pa.array(values, pa.string())
    return plain.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else plain
