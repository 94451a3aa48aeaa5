"""Figures of published datasets: what proves one, and which of those that a record cites were corrected since."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from portal.opendata.checks import current
from portal.publication.citations import figures
from portal.statistics.figures import Difference, Source, differences


def corrections(record: Mapping[str, Any]) -> list[Difference]:
    """The figures that a record or document cites and that its datasets, as they are published now, do not have so."""
    return differences(figures(record), _present)


def proofs(dataset: Mapping[str, Any]) -> Callable[[str], list[dict[str, Any]]]:
    """What gives, for the key of an observation, the entries of a dataset's ``source`` that prove it: those that name
    it before those that prove all observations.
    """
    of_one = defaultdict(list)
    for entry in dataset["source"]:
        for path in entry["proves"]:
            of_one[path].append(entry)
    return lambda key: [*of_one.get(f"observations/{key}", ()), *of_one.get("observations", ())]


def _present(uid: str) -> Source | None:
    record = current(uid)
    return Source.of(record, record["version"]) if record else None
