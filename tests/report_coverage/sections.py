"""The report's sections, so that a quote counts only where its source says that it stands.

A label such as 「壹、一、(一) 5」 names part, chapter, section and item; words after it are for the reader.
「開場」 is what comes before the first heading. The caption of a photo stands apart from the text that refers
to it, at the end of a chapter: it belongs to both places.
"""

import re
from dataclasses import dataclass

from .exceptions import SECTION_NUMBER

_LEVELS = ("part", "chapter", "section", "item")
_OPENING = "開場"
_LABEL = re.compile(
    r"(?P<part>[壹貳參肆伍陸柒捌玖拾]+)"
    r"(?:、(?P<chapter>[一二三四五六七八九十]+)(?=[、(（\s]|$))?"
    r"(?:、?[(（](?P<section>[一二三四五六七八九十]+)[)）])?"
    r"(?:\s*(?P<item>\d{1,2})(?!\d))?"
)
_CAPTION = re.compile(r"^[ \t\u3000]*照片(?P<number>\d+)：.*$", re.MULTILINE)
_REFERENCE = re.compile(r"[(（]照片(?P<numbers>\d+(?:、\d+)*)[)）]")

Span = tuple[int, int]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Sections:
    """Where each section of a report stands."""

    ranges: dict[Path, Span]
    opening: Span
    captions: dict[int, Span]
    references: dict[int, int]

    def places(self, label: str) -> list[Span] | None:
        """The stretches of the report that ``label`` names, or None if there is no such section."""
        if label.strip() == _OPENING:
            return [self.opening]
        match = _LABEL.match(label.strip())
        path = tuple(match[level] for level in _LEVELS if match[level]) if match else ()
        if path not in self.ranges:
            return None
        start, end = self.ranges[path]
        referred = [number for number, position in self.references.items() if start <= position < end]
        return [(start, end), *(self.captions[n] for n in referred if n in self.captions)]


def find_sections(text: str) -> Sections:
    """The sections of ``text``, by the numbers that open its lines."""
    ranges: dict[Path, Span] = {}
    open_: dict[str, tuple[Path, int]] = {}
    first = len(text)

    def close(level: str, end: int) -> None:
        for name in _LEVELS[_LEVELS.index(level) :]:
            if name in open_:
                path, start = open_.pop(name)
                ranges.setdefault(path, (start, end))

    for match in SECTION_NUMBER.finditer(text):
        first = min(first, match.start())
        level = next(name for name in _LEVELS if match[name])
        close(level, match.start())
        above = [open_[name][0][-1] for name in _LEVELS[: _LEVELS.index(level)] if name in open_]
        open_[level] = ((*above, match[level]), match.start())
    close(_LEVELS[0], len(text))
    return Sections(
        ranges=ranges,
        opening=(0, first),
        captions={int(match["number"]): match.span() for match in _CAPTION.finditer(text)},
        references={
            int(number): match.start() for match in _REFERENCE.finditer(text) for number in match["numbers"].split("、")
        },
    )
