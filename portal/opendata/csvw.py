"""The metadata of the CSV for programs: W3C CSV on the Web (CSVW, 2015), with column titles in both languages and the
concepts of SDMX and the RDF Data Cube for what the columns are.

Beside each column's name its titles stand in both languages; the header's own words are among them, as the standard
requires of a header. The file names its CSV by a relative address, so that its bytes do not depend on the host.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, text
from portal.opendata.vocabularies import LICENCE
from portal.statistics.export import program_header
from portal.statistics.status import STATUSES

_SDMX = "http://purl.org/linked-data/sdmx/2009/"
#: Column → its titles, and the property that it is.
_COLUMNS: dict[str, tuple[str, str, str | None]] = {
    "period": ("期別", "Period", f"{_SDMX}dimension#refPeriod"),
    "measure": ("項目", "Measure", "http://purl.org/linked-data/cube#measureType"),
    "value": ("數值", "Value", f"{_SDMX}measure#obsValue"),
    "unit": ("單位", "Unit", f"{_SDMX}attribute#unitMeasure"),
    "status": ("狀態", "Status", f"{_SDMX}attribute#obsStatus"),
    "note_zh": ("說明（中文）", "Note (Chinese)", "http://www.w3.org/2000/01/rdf-schema#comment"),
    "note_en": ("說明（英文）", "Note (English)", "http://www.w3.org/2000/01/rdf-schema#comment"),
}


def write(path: Path, _columns: pa.Table, version: Mapping[str, Any]) -> None:
    """Write the metadata of a version; ``addresses`` among its members has that of the CSV."""
    path.write_text(json.dumps(metadata(version), ensure_ascii=False, indent=1) + "\n", "utf-8")


def metadata(version: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata document of a version's CSV."""
    dimensions = {each["code"]: each for each in version["dimensions"]}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": CHINESE}],
        "url": version["addresses"]["csv"],
        "dc:title": [{"@value": words, "@language": tag} for tag, words in version["title"].items() if words],
        "dc:identifier": version["uid"],
        "dc:hasVersion": str(version["version"]),
        "dc:issued": {"@value": version["published_at"], "@type": "xsd:dateTime"},
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\n"], "quoteChar": '"', "header": True},
        "tableSchema": {
            "columns": [_column(name, dimensions.get(name), version) for name in program_header(version)],
            "primaryKey": ["measure", *map(_variable, dimensions), "period"],
        },
    }


def _column(name: str, dimension: Mapping[str, Any] | None, version: Mapping[str, Any]) -> dict[str, Any]:
    chinese, english, concept = _COLUMNS.get(name, ("", "", None))
    if dimension is not None:
        chinese, english = text(dimension["label"], CHINESE), text(dimension["label"], ENGLISH)
    described = _description(name, dimension, version)
    column: dict[str, Any] = {
        "name": _variable(name),
        "titles": {CHINESE: [chinese, name], ENGLISH: [english, name]},
        "datatype": {"base": "decimal"} if name == "value" else "string",
        "required": name in ("period", "measure", "unit", "status") or dimension is not None,
    }
    if name in ("note_zh", "note_en"):
        column["lang"] = CHINESE if name == "note_zh" else ENGLISH
    column |= {"dc:description": described} if described else {}
    return column | ({"propertyUrl": concept} if concept else {})


def _variable(name: str) -> str:
    """A column's name as CSVW allows it: the variable name of a URI template."""
    return name.replace("-", "_")


def _description(
    name: str, dimension: Mapping[str, Any] | None, version: Mapping[str, Any]
) -> list[dict[str, str]] | None:
    """What the codes of a column mean, in both languages."""
    if dimension is not None:
        codes = {each["code"]: each["label"] for each in dimension["codes"]}
    elif name == "measure":
        codes = {each["code"]: each["label"] for each in version["measures"]}
    elif name == "status":
        codes = {code: status.label for code, status in STATUSES.items()}
    else:
        return None
    return [
        {"@value": "; ".join(f"{code}: {text(label, tag)}" for code, label in codes.items()), "@language": tag}
        for tag in LANGUAGES
    ]
