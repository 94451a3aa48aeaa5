"""The checks of published datasets: what the document declares, evaluated against the tables that it and the datasets
that it agrees with have.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.statistics.evaluation import Evaluation, Other, evaluate
from portal.statistics.rows import Row
from portal.statistics.selectors import exists, of_series
from portal.statistics.series import Series
from portal.statistics.structure import Structure


def evaluations(record: Mapping[str, Any], *, until: int | None = None) -> list[Evaluation]:
    """Every check of a dataset's record or document, evaluated; none where its table is not here.

    Other datasets are taken as they are published now, or as they were once row ``until`` stood in the log.
    """
    declared = record.get("checks") or []
    if not declared or not _is_here(record):
        return []
    others = {uid: other for uid in agreeing(record) if (other := _other(uid, until))}
    return evaluate(declared, _structure(record), _Stored(record["table"]["digest"]), others)


def evaluations_about(record: Mapping[str, Any], row: Row, *, until: int | None = None) -> list[tuple[int, Evaluation]]:
    """The checks of a dataset's record or document that count with one of its observations, each with its number from
    1 and the findings that do. Other datasets are taken as in `evaluations`.
    """
    found = []
    structure, digest = _structure(record), record["table"]["digest"]
    for number, check in enumerate(record.get("checks") or [], start=1):
        # What a check counts with is of one period, but for monotony, which follows a series through all of them.
        read = _Around(digest, row) if check["kind"] == "monotony" else _Stored(digest, row.period)
        other = _other(check["dataset"], until, row.period) if check["dataset"] else None
        others = {check["dataset"]: other} if other else {}
        [evaluation] = evaluate([check], structure, read, others, about=row.key)
        if evaluation.findings:
            found.append((number, evaluation))
    return found


def agreeing(record: Mapping[str, Any]) -> list[str]:
    """The uids of the datasets that a dataset's checks agree with."""
    return sorted({check["dataset"] for check in record.get("checks") or [] if check["dataset"]})


class _Stored:
    """The observations of a stored table, or those of one period, read once per series."""

    def __init__(self, digest: str, period: str | None = None) -> None:
        self._digest = digest
        self._period = period
        self._read: dict[Series, list[Row]] = {}

    def __call__(self, series: Series) -> list[Row]:
        if series not in self._read:
            self._read[series] = of_series(self._digest, series, period=self._period)
        return self._read[series]


class _Around:
    """Of the observations of a stored table only those that differ from one in their period alone."""

    def __init__(self, digest: str, row: Row) -> None:
        self._digest = digest
        self._row = row

    def __call__(self, series: Series) -> list[Row]:
        own = Series(self._row.measure, tuple(self._row.dimensions.values()))
        return of_series(self._digest, own) if series.has(self._row) else []


def _other(uid: str, until: int | None, period: str | None = None) -> Other | None:
    record = current(uid) if until is None else _at(uid, until)
    return (_structure(record), _Stored(record["table"]["digest"], period)) if record and _is_here(record) else None


def current(uid: str) -> Mapping[str, Any] | None:
    """The ready record of a uid; None if it is not public."""
    served = selectors.served(uid)
    return orjson.loads(served.text) if served and served.state == CurrentRecord.State.PUBLIC else None


def _at(uid: str, seq: int) -> Mapping[str, Any] | None:
    version = selectors.version_at(uid, seq)
    return version.document if version else None


def _structure(record: Mapping[str, Any]) -> Structure:
    return Structure.from_document(record["dimensions"], record["measures"])


def _is_here(record: Mapping[str, Any]) -> bool:
    return exists(record["table"]["digest"])
