"""Figures of published datasets: what proves one, how it came to be, and which of those that a record cites were
corrected since.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from portal.core.periods import parse_period
from portal.opendata.checks import current
from portal.publication.citations import figures
from portal.statistics.figures import Difference, Figure, Source, differences
from portal.statistics.models import Table
from portal.statistics.selectors import of_series
from portal.statistics.series import Series


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


def trends(record: Mapping[str, Any]) -> dict[tuple[str, str], list[Figure]]:
    """For each figure that stands by itself in a record, by its dataset and key: the figures of its series in the
    present version of the dataset, from the oldest to the one that is cited. Only periods of the same length are in it.
    """
    blocks = [block for block in record["body"] if block["type"] == "figure"]
    datasets = {uid: current(uid) for uid in {block["dataset"] for block in blocks}}
    return {
        (block["dataset"], block["key"]): _course(dataset, block)
        for block in blocks
        if (dataset := datasets[block["dataset"]]) is not None
    }


def _course(dataset: Mapping[str, Any], cited: Figure) -> list[Figure]:
    measure, *codes = cited["key"].split(".")[:-1]
    source = Source.of(dataset, dataset["version"])
    if measure not in source.units or len(codes) != len(dataset["dimensions"]):
        return []
    try:
        rows = of_series(source.digest, Series(measure, tuple(codes)))
    except Table.DoesNotExist:
        return []
    last = parse_period(cited["period"])
    found = [
        (period, row)
        for row in rows
        if row.value is not None and (period := parse_period(row.period)).precision == last.precision and period <= last
    ]
    return [
        {"value": row.value, "unit": source.units[measure], "period": row.period}
        for _period, row in sorted(found, key=lambda each: each[0])
    ]


def _present(uid: str) -> Source | None:
    record = current(uid)
    return Source.of(record, record["version"]) if record else None
