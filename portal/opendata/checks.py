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


def agreeing(record: Mapping[str, Any]) -> list[str]:
    """The uids of the datasets that a dataset's checks agree with."""
    return sorted({check["dataset"] for check in record.get("checks") or [] if check["dataset"]})


class _Stored:
    """The observations of a stored table, read once per series."""

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self._read: dict[Series, list[Row]] = {}

    def __call__(self, series: Series) -> list[Row]:
        if series not in self._read:
            self._read[series] = of_series(self._digest, series)
        return self._read[series]


def _other(uid: str, until: int | None) -> Other | None:
    record = _current(uid) if until is None else _at(uid, until)
    return (_structure(record), _Stored(record["table"]["digest"])) if record and _is_here(record) else None


def _current(uid: str) -> Mapping[str, Any] | None:
    served = selectors.served(uid)
    return orjson.loads(served.text) if served and served.state == CurrentRecord.State.PUBLIC else None


def _at(uid: str, seq: int) -> Mapping[str, Any] | None:
    version = selectors.version_at(uid, seq)
    return version.document if version else None


def _structure(record: Mapping[str, Any]) -> Structure:
    return Structure.from_document(record["dimensions"], record["measures"])


def _is_here(record: Mapping[str, Any]) -> bool:
    return exists(record["table"]["digest"])
