"""Figures of published datasets: what proves one, and which of those that a record cites were corrected since."""

from collections.abc import Mapping
from typing import Any

from portal.opendata.checks import current
from portal.publication.citations import figures
from portal.statistics.figures import Difference, Source, differences


def corrections(record: Mapping[str, Any]) -> list[Difference]:
    """The figures that a record or document cites and that its datasets, as they are published now, do not have so."""
    return differences(figures(record), _present)


def proofs(dataset: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The entries of a dataset's ``source`` that prove an observation: those that name it before those that prove all
    of them.
    """
    of_one = [entry for entry in dataset["source"] if f"observations/{key}" in entry["proves"]]
    return of_one + [entry for entry in dataset["source"] if "observations" in entry["proves"]]


def _present(uid: str) -> Source | None:
    record = current(uid)
    return Source.of(record, record["version"]) if record else None
