"""A sharing picture drawn: 1200 by 630 pixels, PNG. The same words give the same bytes.

The letters are those of the charts, which lie in the project: nothing depends on the fonts of the machine.
"""

import functools
import io

from PIL import Image, ImageDraw, ImageFont

from portal.core.languages import CHINESE
from portal.rendering.sharing.breaking import OPENING, balanced
from portal.rendering.sharing.words import Colours, Words
from portal.statistics.lettering import FILE

WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE = "image/png"

_LEFT, _RIGHT = 72, WIDTH - 72
_RULE, _TITLE_TOP, _TITLE_BOTTOM, _HAIRLINE = 156, 196, 520, 538
_NAME, _DEPARTMENT, _KIND, _DATE, _SMALL = 40, 26, 30, 34, 26
_TITLE_SIZES = (80, 72, 64, 56, 48, 42)
_LINE_HEIGHTS = {CHINESE: 1.35, "en": 1.2}
#: Shapes are drawn so many times larger, and made smaller, for smooth edges.
_FINER = 4
#: What the font has instead of marks that it has not, or has in the width of a Han character.
_INSTEAD = str.maketrans("―・", "—·")
_INSTEAD_IN_LATIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "―": "—"})


def drawn(words: Words) -> bytes:
    """The picture."""
    image, colours = _ground(words.colours).copy(), words.colours
    draw = ImageDraw.Draw(image)
    _written(draw, (_LEFT + 124, 92), words.name, _NAME, colours.ink)
    _written(draw, (_LEFT + 124, 130), words.department, _DEPARTMENT, colours.ink2)
    top = _TITLE_TOP
    if words.kind:
        _written(draw, (_LEFT, top + _KIND), words.kind, _KIND, colours.harbour)
        top += 58
    size, lines = _set(words, _TITLE_BOTTOM - top)
    step = size * _LINE_HEIGHTS[words.language]
    for place, line in enumerate(lines):
        baseline = top + round(step * place + step / 2 + size * 0.37)
        # The left half of a wide opening mark is empty: the mark itself stands on the edge.
        trimmed = size / 2 if line[0] in OPENING and _font(size).getlength(line[0]) == size else 0
        _written(draw, (_LEFT - trimmed, baseline), line, size, colours.ink)
    if words.date:
        end = _written(draw, (_LEFT, _HAIRLINE + 54), words.date, _DATE, colours.ink)
        _written(draw, (end + 20, _HAIRLINE + 54), words.other_calendar, _SMALL, colours.ink2)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _set(words: Words, height: float) -> tuple[int, list[str]]:
    """The largest letters in which the title has room, and its lines; a title that has none is cut short."""
    title = _shown(words.title, words.language)
    for size in _TITLE_SIZES:
        lines = balanced(title, _font(size).getlength, _RIGHT - _LEFT)
        most = int(height / (size * _LINE_HEIGHTS[words.language]))
        if len(lines) <= most and all(_font(size).getlength(line) <= _RIGHT - _LEFT for line in lines):
            return size, lines
    return size, [_cut(line, size, is_last=place == most - 1) for place, line in enumerate(lines[:most])]


def _cut(line: str, size: int, *, is_last: bool) -> str:
    """A line no longer than there is room; of the last one, dots say that something follows."""
    width, end = _font(size).getlength, "…" if is_last else ""
    while line and width(line + end) > _RIGHT - _LEFT:
        line = line[:-1]
    return line.rstrip() + end


def _written(draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, size: int, colour: str) -> float:
    """Write from a point on the base line, as far as the margin; return where the words end."""
    shown = _cut(_shown(words, CHINESE), size, is_last=False)
    draw.text(at, shown, fill=colour, font=_font(size), anchor="ls")
    return at[0] + _font(size).getlength(shown)


def _shown(words: str, language: str) -> str:
    """The words in characters that the font has."""
    return words.translate(_INSTEAD if language == CHINESE else _INSTEAD_IN_LATIN)


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FILE), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _ground(colours: Colours) -> Image.Image:
    """What all pictures share: the harbour's rings, the mark, the rules."""
    image = Image.new("RGB", (WIDTH, HEIGHT), colours.paper)
    rings = _rings((560, 430), (430, 430), (150, 250, 350), 22)
    image.paste(colours.wash, (WIDTH - 560, HEIGHT - 430), rings)
    image.paste(colours.ink, (_LEFT, 52), _mark(2))
    draw = ImageDraw.Draw(image)
    draw.rectangle((_LEFT, _RULE, _RIGHT - 1, _RULE + 3), fill=colours.ink)
    draw.rectangle((_LEFT, _HAIRLINE, _RIGHT - 1, _HAIRLINE + 1), fill=colours.line)
    return image


def _rings(size: tuple[int, int], centre: tuple[int, int], radii: tuple[int, ...], thick: int) -> Image.Image:
    """Half circles over the lower edge, as a mask."""
    mask, draw = _mask(size)
    for radius in radii:
        box = [
            _FINER * each for each in (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        ]
        draw.arc(box, 180, 360, fill=255, width=_FINER * thick)
    return mask.resize(size, Image.Resampling.BOX)


def _mark(scale: int) -> Image.Image:
    """The mark of the theme (mark.svg, 48 by 34), so many times as large, as a mask."""
    size = (48 * scale, 34 * scale)
    mask, draw = _mask(size)
    unit = scale * _FINER
    for radius in (19.5, 9.5):
        outer = radius + 1.5
        draw.arc([unit * each for each in (24 - outer, 28 - outer, 24 + outer, 28 + outer)], 180, 360, 255, 3 * unit)
    draw.ellipse([unit * each for each in (20, 23, 28, 31)], fill=255)
    draw.rectangle([unit * 2, round(unit * 30.5), unit * 46, round(unit * 33.5) - 1], fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _mask(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    mask = Image.new("L", (size[0] * _FINER, size[1] * _FINER))
    return mask, ImageDraw.Draw(mask)
