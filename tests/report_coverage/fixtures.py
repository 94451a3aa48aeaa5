"""Build the checker's input from the reviewed data files, as publishing would."""

import csv
from pathlib import Path
from typing import Any

import yaml

from .members import Observation

_NOTES = {"note_zh": "zh-Hant", "note_en": "en"}


class FixtureError(ValueError):
    """A data file cannot be read; the message names the file."""


def from_fixtures(folder: Path | str) -> tuple[list[dict[str, Any]], dict[str, list[Observation]]]:
    """The documents and, per dataset, the observations of the fixtures in ``folder``."""
    folder = Path(folder)
    documents: list[dict[str, Any]] = []
    observations: dict[str, list[Observation]] = {}
    for path in sorted((folder / "records").glob("**/*.yaml")):
        document = _record(path)
        documents.append(document)
        if document.get("type") == "dataset":
            table = folder / "tables" / f"{path.stem}.csv"
            observations[document["uid"]] = _table(table, document)
    return documents, observations


def _record(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FixtureError(f"{path}: {error}") from error
    if not isinstance(document, dict) or "uid" not in document:
        raise FixtureError(f"{path}: no record with a uid")
    return document


def _table(path: Path, document: dict[str, Any]) -> list[Observation]:
    if not path.exists():
        return []
    codes = [dimension["code"] for dimension in document.get("dimensions") or []]
    rows: list[Observation] = []
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            try:
                parts = [row["measure"], *(row[code] for code in codes), row["period"]]
            except KeyError as error:
                raise FixtureError(f"{path}: no column {error}") from error
            note = {language: row[name] for name, language in _NOTES.items() if row.get(name)}
            rest = {name: value for name, value in row.items() if name not in _NOTES}
            rows.append({**rest, "key": ".".join(parts), "note": note or None})
    return rows
