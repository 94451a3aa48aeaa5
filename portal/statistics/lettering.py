"""The letters of the charts: how wide a text is, where it may be broken, and its outlines.

A picture that holds outlines instead of text looks the same on a machine without Chinese fonts, in a browser as in an
office program. The font lies beside this module; `scripts.chart_font` makes it: TrueType with quadratic outlines, no
glyph made of others, one table of characters (format 12).
"""

import functools
import re
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

FAMILY = "Portal Sans TC"
FOLDER = Path(__file__).parent / "fonts"
FILE = FOLDER / "PortalSansTC-Regular.ttf"

#: A word or a Han character, with the opening marks before it and the closing ones after it.
_PIECE = re.compile(
    r"[（「『《〈]*(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef]|\s+)[－，。、；：？！）」』》〉％]*", re.UNICODE
)
_ON_CURVE, _SHORT_X, _SHORT_Y, _REPEATED, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32

#: A point of a contour, in font units with y upwards, and whether the curve goes through it.
Point = tuple[float, float, bool]


class Font:
    """A font of the kind that the module says. Lengths are in ems unless they are called units."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (count,) = struct.unpack_from(">H", data, 4)
        records = (struct.unpack_from(">4s4xI", data, 12 + 16 * place) for place in range(count))
        self._tables = {tag.decode("ascii"): offset for tag, offset in records}
        (self.units_per_em,) = struct.unpack_from(">H", data, self._tables["head"] + 18)
        (self._long_offsets,) = struct.unpack_from(">h", data, self._tables["head"] + 50)
        (self._metrics,) = struct.unpack_from(">H", data, self._tables["hhea"] + 34)
        self._glyphs = dict(self._characters())

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._glyphs

    def advance(self, character: str) -> int:
        """How far the next character lies from this one, in units; an em for one that the font does not have."""
        glyph = self._glyphs.get(ord(character))
        if glyph is None:
            return self.units_per_em
        place = min(glyph, self._metrics - 1)
        return struct.unpack_from(">H", self._data, self._tables["hmtx"] + 4 * place)[0]

    def outline(self, character: str) -> str:
        """The path of a character (SVG's ``d``), in units with y upwards. Raises KeyError for one it does not have."""
        return "".join(map(_path, self._contours(self._glyphs[ord(character)])))

    def width(self, text: str) -> float:
        """The width of a text."""
        return sum(map(self.advance, text)) / self.units_per_em

    def _characters(self) -> Iterator[tuple[int, int]]:
        """Code point and glyph of every character."""
        table = self._tables["cmap"]
        (offset,) = struct.unpack_from(">I", self._data, table + 8)
        (groups,) = struct.unpack_from(">I", self._data, table + offset + 12)
        for group in range(groups):
            first, last, glyph = struct.unpack_from(">III", self._data, table + offset + 16 + 12 * group)
            yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)

    def _contours(self, glyph: int) -> Iterator[list[Point]]:
        start, end = self._place(glyph), self._place(glyph + 1)
        if start == end:
            return
        at = self._tables["glyf"] + start
        (contours,) = struct.unpack_from(">h", self._data, at)
        ends = struct.unpack_from(f">{contours}H", self._data, at + 10)
        (hints,) = struct.unpack_from(">H", self._data, at + 10 + 2 * contours)
        flags, at = self._flags(at + 12 + 2 * contours + hints, ends[-1] + 1)
        xs, at = self._coordinates(at, flags, _SHORT_X, _SAME_X)
        ys, at = self._coordinates(at, flags, _SHORT_Y, _SAME_Y)
        points: list[Point] = [(x, y, bool(flag & _ON_CURVE)) for x, y, flag in zip(xs, ys, flags, strict=True)]
        for first, last in zip((-1, *ends), ends, strict=False):
            yield points[first + 1 : last + 1]

    def _place(self, glyph: int) -> int:
        """Where a glyph's outline begins in its table."""
        table = self._tables["loca"]
        if self._long_offsets:
            return struct.unpack_from(">I", self._data, table + 4 * glyph)[0]
        return 2 * struct.unpack_from(">H", self._data, table + 2 * glyph)[0]

    def _flags(self, at: int, count: int) -> tuple[list[int], int]:
        flags: list[int] = []
        while len(flags) < count:
            flag, at = self._data[at], at + 1
            repeats = 0
            if flag & _REPEATED:
                repeats, at = self._data[at], at + 1
            flags += [flag] * (repeats + 1)
        return flags, at

    def _coordinates(self, at: int, flags: Sequence[int], short: int, same: int) -> tuple[list[int], int]:
        """One coordinate of every point; each is given by how far it lies from the one before."""
        found, value = [], 0
        for flag in flags:
            if flag & short:
                value, at = value + (self._data[at] if flag & same else -self._data[at]), at + 1
            elif not flag & same:
                value, at = value + struct.unpack_from(">h", self._data, at)[0], at + 2
            found.append(value)
        return found, at


@functools.cache
def font() -> Font:
    """The font of the charts."""
    return Font(FILE.read_bytes())


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of at most so many pixels, in letters of a size; a word that is wider has a line of its own."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line.strip() and font().width((line + piece).rstrip()) * size > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() or not lines else lines


def _path(points: Sequence[Point]) -> str:
    """A closed contour: between two points off the curve lies one on it, half-way."""
    start = next((place for place, point in enumerate(points) if point[2]), None)
    if start is None:
        first, rest = _half_way(points[-1], points[0]), list(points)
    else:
        first, rest = points[start], [*points[start + 1 :], *points[:start]]
    steps, control = [f"M{first[0]:g} {first[1]:g}"], None
    for point in (*rest, first):
        on_curve = point if point[2] else None
        if control is not None:
            through = on_curve or _half_way(control, point)
            steps.append(f"Q{control[0]:g} {control[1]:g} {through[0]:g} {through[1]:g}")
        elif on_curve:
            steps.append(f"L{point[0]:g} {point[1]:g}")
        control = None if on_curve else point
    return "".join(steps) + "Z"


def _half_way(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2, True
