"""A version of a dataset as a Parquet file: codes, the days of each period, values as exact decimals."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from portal.core.canonical import canonical_json
from portal.core.periods import parse_period
from portal.statistics.cells import DECIMAL_PLACES, WHOLE_DIGITS
from portal.statistics.columns import dimensions_of, single
from portal.statistics.rounding import places_of

#: Rows of a row group.
_GROUP = 122_880


def write(path: Path, columns: pa.Table, version: Mapping[str, Any]) -> None:
    """Write the file: ``period``, ``period_start``, ``period_end``, ``measure``, the dimensions, ``value`` (a decimal
    with as many places as the most exact value has), ``unit``, ``status``, ``note_zh``, ``note_en``.

    What the dataset is stands in the file's metadata, under ``dataset``, as JSON.
    """
    periods = single(columns, "period")
    days = [parse_period(code) for code in periods.dictionary.to_pylist()]
    units = {measure["code"]: measure["unit"] for measure in version["measures"]}
    measures = single(columns, "measure")
    values = columns.column("value").combine_chunks()
    places = max((places_of(value) for value in pc.unique(values).to_pylist() if value), default=0)
    made = {
        "period": periods,
        "period_start": pc.take(pa.array([each.start for each in days], pa.date32()), periods.indices),
        "period_end": pc.take(pa.array([each.end for each in days], pa.date32()), periods.indices),
        "measure": measures,
        **{dimension: single(columns, dimension) for dimension in dimensions_of(columns)},
        "value": values.cast(pa.decimal128(WHOLE_DIGITS + min(places, DECIMAL_PLACES), places)),
        "unit": pa.DictionaryArray.from_arrays(
            measures.indices, pa.array([units[code] for code in measures.dictionary.to_pylist()])
        ),
        "status": single(columns, "status"),
        "note_zh": single(columns, "note_zh"),
        "note_en": single(columns, "note_en"),
    }
    about = {name: version[name] for name in ("uid", "version", "published_at", "title", "licence")}
    table = pa.table(made).replace_schema_metadata({"dataset": canonical_json(about)})
    pq.write_table(table, path, compression="zstd", row_group_size=_GROUP)
