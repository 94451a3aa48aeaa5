"""A version of a dataset as a Parquet file: codes, the days of each period, values as exact decimals."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from portal.core.canonical import canonical_json
from portal.core.periods import parse_period
from portal.statistics.cells import WHOLE_DIGITS
from portal.statistics.columns import dimensions_of, single
from portal.statistics.rounding import places_of

#: Rows of a row group.
_GROUP = 122_880


def write(path: Path, columns: pa.Table, version: Mapping[str, Any]) -> None:
    """Write the file: ``period``, ``period_start``, ``period_end``, ``measure``, the dimensions, ``value`` (a decimal
    with as many places as the most exact value has), ``unit``, ``status``, ``note_zh``, ``note_en``.

    What the dataset is stands in the file's metadata, under ``dataset``, as JSON.
    """
    texts = pc.unique(columns.column("value")).to_pylist()
    places = max((places_of(value) for value in texts if value), default=0)
    about = {name: version[name] for name in ("uid", "version", "published_at", "title", "licence")}
    metadata = {"dataset": canonical_json(about)}
    writer = None
    for first in range(0, columns.num_rows, _GROUP):
        group = _group(columns.slice(first, _GROUP), version, places).replace_schema_metadata(metadata)
        if writer is None:
            writer = pq.ParquetWriter(path, group.schema, compression="zstd")
        writer.write_table(group)
    if writer is not None:
        writer.close()


def _group(columns: pa.Table, version: Mapping[str, Any], places: int) -> pa.Table:
    """The columns of some rows as the file has them."""
    periods, measures = single(columns, "period"), single(columns, "measure")
    days = [parse_period(code) for code in periods.dictionary.to_pylist()]
    units = {measure["code"]: measure["unit"] for measure in version["measures"]}
    named = pa.array([units[code] for code in measures.dictionary.to_pylist()])
    return pa.table(
        {
            "period": periods,
            "period_start": pc.take(pa.array([each.start for each in days], pa.date32()), periods.indices),
            "period_end": pc.take(pa.array([each.end for each in days], pa.date32()), periods.indices),
            "measure": measures,
            **{dimension: single(columns, dimension) for dimension in dimensions_of(columns)},
            "value": columns.column("value").cast(pa.decimal128(WHOLE_DIGITS + places, places)),
            "unit": pa.DictionaryArray.from_arrays(measures.indices, named),
            **{name: single(columns, name) for name in ("status", "note_zh", "note_en")},
        }
    )
