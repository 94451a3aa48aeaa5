"""The cells in which a module sends its counts of a month: what may be in them, their sums and their checksum. Pure.

A cell has a ``measure``, ``codes`` (dimension → code, of every dimension that the kind declares), for `CLOSED` the
``days`` from receipt to closing, and a ``count`` of at least 1; what counts none is not there. The outcome is a
dimension of closed cases alone, and of the sums that a kind declares over them, whose ``count`` is the sum. So every
table of the kind can be made of the cells, shares and medians too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cases.counts.grouping import OUTCOME, UNSTATED
from portal.cases.counts.tabulating import Measure
from portal.cases.counts.timeliness import IN_TIME, LATE
from portal.cases.kinds.declaration import Kind
from portal.cases.refusals import Problem
from portal.core.canonical import canonical_json, sha256_hex

RECEIVED, CLOSED = Measure.RECEIVED.value, Measure.CLOSED.value
MOST_DAYS, MOST_COUNT = 36_500, 1_000_000_000
_MOST_TOLD = 20
JSON = Mapping[str, Any]


def measures(kind: Kind) -> tuple[str, ...]:
    """What is counted of a kind; what is of time limits only where it has one."""
    has_limit = kind.deadline or any(stage.deadline for stage in kind.stages)
    return (RECEIVED, CLOSED, *((IN_TIME, LATE) if has_limit else ()), *(each.code for each in kind.sums))


def codes(kind: Kind, measure: str) -> dict[str, tuple[str, ...]]:
    """The dimensions of a measure's cells, with the codes that there are."""
    found = {}
    for dimension in kind.dimensions:
        declared = tuple(choice.code for choice in dimension.codes)
        if dimension.name == OUTCOME:
            if measure not in (RECEIVED, IN_TIME, LATE):
                found[dimension.name] = declared
            continue
        is_required = kind.fields_by_name[dimension.name].required
        found[dimension.name] = declared if is_required else (*declared, UNSTATED)
    return found


def checksum(cells: Iterable[JSON]) -> str:
    """SHA-256, in lower-case hex, of the array of the cells as canonical JSON (RFC 8785), sorted by their bytes."""
    return sha256_hex(b"[" + b",".join(sorted(map(canonical_json, cells))) + b"]")


def totals(kind: Kind, cells: Iterable[JSON]) -> dict[str, int]:
    """The sums of the cells, by measure."""
    found: Counter[str] = Counter(dict.fromkeys(measures(kind), 0))
    for cell in cells:
        found[cell["measure"]] += cell["count"]
    return dict(found)


def problems(kind: Kind, sent: JSON) -> list[Problem]:
    """What is wrong with ``cells``, ``totals`` and ``checksum`` of a body; the first ones, if there are many. Pointers
    are from the body's top.
    """
    cells = sent.get("cells")
    if not isinstance(cells, list):
        return [Problem("/cells", "type", _("An array of cells is expected."))]
    found = [problem for place, cell in enumerate(cells) for problem in _of_cell(kind, cell, f"/cells/{place}")]
    found = found[:_MOST_TOLD] or list(_repeated(cells))[:_MOST_TOLD]
    return found or [*_of_totals(kind, cells, sent.get("totals")), *_of_checksum(cells, sent.get("checksum"))]


def _of_cell(kind: Kind, cell: Any, at: str) -> Iterator[Problem]:
    if not isinstance(cell, dict):
        yield Problem(at, "type", _("An object is expected."))
        return
    measure = cell.get("measure")
    known = measures(kind)
    if measure not in known:
        yield _one_of(f"{at}/measure", known)
        return
    members = {"measure", "codes", "count", *(("days",) if measure == CLOSED else ())}
    if cell.keys() - members:
        allowed = {"allowed": ", ".join(sorted(members))}
        yield Problem(at, "unknown-member", _("There is a member that nobody knows. Allowed: %(allowed)s."), allowed)
    yield from _of_codes(cell.get("codes"), codes(kind, measure), f"{at}/codes")
    yield from _of_number(cell.get("count"), 1, MOST_COUNT, f"{at}/count")
    if measure == CLOSED:
        yield from _of_number(cell.get("days"), 0, MOST_DAYS, f"{at}/days")


def _of_codes(given: Any, known: Mapping[str, Sequence[str]], at: str) -> Iterator[Problem]:
    if not isinstance(given, dict) or given.keys() != known.keys():
        names = {"names": ", ".join(known)}
        yield Problem(at, "type", _("An object with exactly these members is expected: %(names)s."), names)
        return
    for name, allowed in known.items():
        if given[name] not in allowed:
            yield _one_of(f"{at}/{name}", allowed)


def _of_number(given: Any, least: int, most: int, at: str) -> Iterator[Problem]:
    if type(given) is not int or not least <= given <= most:
        limits = {"least": least, "most": most}
        yield Problem(at, "type", _("A whole number from %(least)s to %(most)s is expected."), limits)


def _repeated(cells: Sequence[JSON]) -> Iterator[Problem]:
    seen = set()
    for place, cell in enumerate(cells):
        key = canonical_json({name: value for name, value in cell.items() if name != "count"})
        if key in seen:
            yield Problem(f"/cells/{place}", "repeated", _("There is a cell of this before it."))
        seen.add(key)


def _of_totals(kind: Kind, cells: Sequence[JSON], given: Any) -> Iterator[Problem]:
    sums = totals(kind, cells)
    if not isinstance(given, dict) or given.keys() != sums.keys():
        names = {"names": ", ".join(sums)}
        yield Problem("/totals", "type", _("An object with exactly these members is expected: %(names)s."), names)
        return
    for measure, number in sums.items():
        if type(given[measure]) is not int or given[measure] != number:
            text: Promise = _("The cells add up to %(sum)s.")
            yield Problem(f"/totals/{measure}", "sum", text, {"sum": number})


def _of_checksum(cells: Sequence[JSON], given: Any) -> Iterator[Problem]:
    if given != checksum(cells):
        yield Problem("/checksum", "checksum", _("This is not the checksum of the cells."))


def _one_of(at: str, allowed: Iterable[str]) -> Problem:
    return Problem(at, "choice", _("One of these is expected: %(allowed)s."), {"allowed": ", ".join(allowed)})
