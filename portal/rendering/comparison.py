"""What changed between two versions of a record: member by member, in the words of its page.

Documents in, plain values out. What is said in both languages is compared in both: in the page's first, then in the
other where something of its own changed there. A change that no words tell is told by the document's own names, so
that none is left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from django.utils.translation import gettext, override, pgettext

from portal.core.languages import CHINESE, DJANGO_CODES, ENGLISH
from portal.publication.ready import Cited, Surroundings, ready_record
from portal.rendering import said
from portal.rendering.aligned_blocks import Pair, aligned
from portal.rendering.marked_texts import Effort, Line, Segment, changed_lines, whole
from portal.rendering.members import term
from portal.rendering.said_in_body import block_lines, block_name

Document = Mapping[str, Any]
Outcome = Literal["changed", "added", "removed", "moved"]

#: Changed lines of one change that are shown; all are in the versions themselves.
_SHOWN = 200


@dataclass(frozen=True)
class Change:
    """What changed in a member, or in one part of it, whose name is ``part``: the lines that are not the same, and the
    language that they are in. ``note`` says what lines cannot, ``hidden`` how many lines are not shown.
    """

    outcome: Outcome
    part: str
    language: str
    lines: Sequence[Line] = ()
    note: str = ""
    hidden: int = 0


@dataclass(frozen=True)
class Field:
    """A member that changed, by its public name."""

    name: str
    changes: Sequence[Change]


def compare(before: Document, after: Document, *, cited: Mapping[str, Cited], language: str) -> list[Field]:
    """The members that are not the same in two versions of a record, in the order of its page, which is in this
    language and so must the active one be. ``cited`` are the public records that either names. The table of a dataset
    is left to `portal.rendering.changed_figures`.
    """
    return list(_Comparison(before, after, cited, language).fields())


class _Comparison:
    """The work on one page, which is bounded."""

    def __init__(self, before: Document, after: Document, cited: Mapping[str, Cited], language: str) -> None:
        self._before, self._after = before, after
        surroundings = Surroundings(cited=cited, files={}, derived={})
        self._records = [
            ready_record(each, version=0, published_at="", modified_at="", surroundings=surroundings)
            for each in (before, after)
        ]
        self._titles = {uid: each.title for uid, each in cited.items()}
        self._language = language
        self._other = ENGLISH if language == CHINESE else CHINESE
        self._effort = Effort()

    def fields(self) -> Iterator[Field]:
        old, new = said.members(self._before), said.members(self._after)
        for name in dict.fromkeys([*new, *old]):
            if old.get(name) != new.get(name):
                yield from self._field(name, self._member(name, old.get(name), new.get(name)))
        yield from self._field("body", self._blocks(self._before["body"], self._after["body"], are_numbered=True))
        media = (_as_blocks(each["media"]) for each in (self._before, self._after))
        yield from self._field("media", self._blocks(*media, are_numbered=False))

    def _field(self, name: str, changes: Iterator[Change]) -> Iterator[Field]:
        if found := list(changes):
            yield Field(term(self._after["type"], name), found)

    def _member(self, name: str, old: Any, new: Any) -> Iterator[Change]:
        by_words = said.is_in_words([old, new]) or name in said.IN_WORDS

        def lines(language: str) -> list[Line]:
            before, after = (
                said.lines(record, name, value, language)
                for record, value in zip(self._records, (old, new), strict=True)
            )
            return changed_lines(before, after, self._effort, by_words=by_words)

        told = list(self._told("changed", "", lines, old, new))
        yield from told or ([] if name in said.DERIVED else [_by_names("", old, new)])

    def _blocks(self, before: Sequence[Document], after: Sequence[Document], *, are_numbered: bool) -> Iterator[Change]:
        for pair in aligned(before, after):
            here = pair.after or pair.before
            if here is None or pair.is_same:
                continue
            kind = block_name(here.block)
            part = gettext("Part %(number)s: %(kind)s") % {"number": here.place, "kind": kind} if are_numbered else ""
            yield from self._block(pair, part)

    def _block(self, pair: Pair, part: str) -> Iterator[Change]:
        old, new = (placed.block if placed else None for placed in (pair.before, pair.after))

        def lines(language: str) -> list[Line]:
            before, after = (block_lines(each, self._titles, language) if each else [] for each in (old, new))
            return changed_lines(before, after, self._effort)

        if old is None or new is None:
            yield from self._told("added" if old is None else "removed", part, lines, old, new)
            return
        if pair.is_moved and pair.before:
            note = pgettext("a part of the text", "It was part %(number)s.") % {"number": pair.before.place}
            yield Change("moved", part, self._language, note=note)
        told = list(self._told("changed", part, lines, old, new))
        if told or old == new:
            yield from told
        elif old["type"] == new["type"] == "text" and old.get("figures") == new.get("figures"):
            note = gettext("The words are the same; how they are set out changed.")
            yield Change("changed", part, self._language, note=note)
        else:
            yield _by_names(part, _without_id(old), _without_id(new))

    def _told(
        self, outcome: Outcome, part: str, lines: Callable[[str], list[Line]], old: Any, new: Any
    ) -> Iterator[Change]:
        """The changed lines in the page's language, and in the other where its own texts are not the same."""
        here = lines(self._language)
        if here:
            yield _shortened(outcome, part, self._language, here)
        if said.texts(old, self._other) == said.texts(new, self._other):
            return
        with override(DJANGO_CODES[self._other]):
            there = lines(self._other)
        if there and there != here:
            yield _shortened(outcome, part, self._other, there)


def _by_names(part: str, old: Any, new: Any) -> Change:
    lines = [(Segment("same", f"{path}: "), *whole(was, now)) for path, was, now in _leaves(old, new, "")]
    return _shortened("changed", part, "", lines)


def _shortened(outcome: Outcome, part: str, language: str, lines: Sequence[Line]) -> Change:
    return Change(outcome, part, language, lines[:_SHOWN], hidden=max(0, len(lines) - _SHOWN))


def _as_blocks(pictures: Sequence[Document]) -> list[Document]:
    return [{"id": each["sha256"], "type": "picture", "picture": each} for each in pictures]


def _without_id(block: Document) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name != "id"}


def _leaves(old: Any, new: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Where two values differ: the path into the document, and what stands there in each."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        steps = [(name, old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]
    elif isinstance(old, list) and isinstance(new, list):
        steps = [(str(number), *pair) for number, pair in enumerate(zip_longest(old, new))]
    else:
        yield path, "" if old is None else str(old), "" if new is None else str(new)
        return
    for name, before, after in steps:
        yield from _leaves(before, after, f"{path}/{name}" if path else name)
