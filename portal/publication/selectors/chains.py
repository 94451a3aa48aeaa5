"""Records that replace each other: which public ones supersede some others, and the whole chain that one is part of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from portal.publication.models import Citation
from portal.publication.selectors.records import ready_among

_ROLE = "supersedes"
#: A chain is followed so far to either side; a longer one is cut.
_LONGEST = 40


def successors(uids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Uid → the ready records that are public and supersede it; two queries."""
    edges = list(Citation.objects.filter(role=_ROLE, target__in=set(uids)).values_list("target", "source"))
    records = ready_among({source for _target, source in edges})
    found = defaultdict(list)
    for target, source in sorted(edges):
        if source in records:
            found[target].append(records[source])
    return dict(found)


def supersession_chain(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The ready records that are public and that supersede one another, the oldest first, with this one, itself ready,
    among them; none where it stands alone. A circle ends where it closes.
    """
    uid = record["uid"]
    before: list[str] = []
    edge = {target} if (target := record["relations"].get("supersedes")) else set()
    reached = {uid}
    while (edge := edge - reached) and len(before) < _LONGEST:
        before[:0] = sorted(edge)
        reached |= edge
        edge = set(Citation.objects.filter(role=_ROLE, source__in=edge).values_list("target", flat=True))
    after: list[str] = []
    edge = reached
    while edge and len(after) < _LONGEST:
        edge = set(Citation.objects.filter(role=_ROLE, target__in=edge).values_list("source", flat=True)) - reached
        after += sorted(edge)
        reached = reached | edge
    records = ready_among(reached) if len(reached) > 1 else {}
    return [records[each] for each in (*before, uid, *after) if each in records]
