"""Counts as a module sends them, with a checksum that is made here as the description says, not as the portal does."""

import hashlib
import json
from typing import Any

ADDRESS = "/api/v1/cases/counts/consumer-complaint/2022-06/"


def cell(count: int, measure: str = "received", *, stage: str = "first-complaint", **given: Any) -> dict[str, Any]:
    """A cell of complaints about electronics that came online."""
    codes = {"stage": stage, "channel": "online", "category": "electronics"}
    if measure == "closed":
        codes["outcome"] = given.pop("outcome", "settled")
        given = {"days": 10} | given
    return {"measure": measure, "codes": codes, "count": count} | given


def checksum(cells: list[dict[str, Any]]) -> str:
    """The checksum of cells. Their texts are ASCII and their numbers whole, so Python's own JSON is canonical."""
    texts = sorted(json.dumps(each, sort_keys=True, separators=(",", ":")) for each in cells)
    return hashlib.sha256(f"[{','.join(texts)}]".encode()).hexdigest()


def body(*cells: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What is sent: these cells, or some that belong together."""
    sent = list(cells or (cell(40), cell(12, "closed"), cell(9, "in-time"), cell(2, "late")))
    totals = dict.fromkeys(("received", "closed", "in-time", "late"), 0)
    for each in sent:
        totals[each["measure"]] += each["count"]
    return {"cells": sent, "totals": totals, "checksum": checksum(sent)} | changes


def empty() -> dict[str, Any]:
    """That the module keeps no cases of the month."""
    return (
        body(cell(1))
        | {"cells": [], "totals": dict.fromkeys(("received", "closed", "in-time", "late"), 0)}
        | {"checksum": checksum([])}
    )
