"""That an older version of a record never takes the place of a newer one: what of a batch is to be done."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.engines.base import EntryData, Gone
from search.engines.embedded.folders import replace_file

#: How many of those taken out are remembered, the latest.
REMEMBERED = 10_000


Change = EntryData | Gone


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an index: ``put`` replaces or adds, ``gone`` is taken out and remembered, by key."""

    put: dict[int, EntryData]
    gone: dict[int, Gone]


def decided(changes: Iterable[Change], held: Mapping[int, int], gone: Mapping[int, int]) -> Decision:
    """Decide a batch, as if its changes were made one after the other.

    ``held`` has the versions in the index, ``gone`` those of what was taken out. The same version may be written again.
    """
    last = {**gone, **{key: max(seq, gone.get(key, 0)) for key, seq in held.items()}}
    decision = Decision({}, {})
    for change in changes:
        if change.seq < last.get(change.key, 0):
            continue
        last[change.key] = change.seq
        if isinstance(change, EntryData):
            decision.gone.pop(change.key, None)
            decision.put[change.key] = change
        else:
            decision.put.pop(change.key, None)
            decision.gone[change.key] = change
    return decision


def remembered(path: Path) -> dict[int, int]:
    """Versions of what was taken out, by key."""
    try:
        return {int(key): seq for key, seq in json.loads(path.read_text()).items()}
    except FileNotFoundError:
        return {}


def remember(path: Path, known: Mapping[int, int], gone: Iterable[Gone]) -> None:
    """Add to the versions of what was taken out.

    To be done before the index is changed: should the change be lost, it will come again with the same version.
    """
    all_gone = {**known, **{one.key: one.seq for one in gone}}
    if all_gone != known:
        latest = sorted(all_gone.items(), key=lambda item: item[1])[-REMEMBERED:]
        replace_file(path, json.dumps(dict(latest)))


def recorded(changes: Iterable[Change]) -> str:
    """Changes as lines of JSON, for `read_back`."""
    return "".join(json.dumps(_row(change)) + "\n" for change in changes)


def read_back(path: Path) -> Iterator[Change]:
    """The changes that were recorded in a file, in order."""
    with path.open() as lines:
        for line in lines:
            row = json.loads(line)
            yield EntryData(*row) if len(row) == 4 else Gone(*row)


def _row(change: Change) -> list[Any]:
    row: list[Any] = [change.key, change.uid, change.seq]
    return [*row, change.source] if isinstance(change, EntryData) else row
