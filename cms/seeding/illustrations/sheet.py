"""The sheet that drawings are made on: flat shapes, drawn large and reduced for smooth edges."""

import math
from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from .palette import MIST, Colour

WIDTH, HEIGHT = 1600, 1000
_SCALE = 3

Point = tuple[float, float]


class Sheet:
    """A sheet of paper measured in pixels of the finished picture, origin at the top left."""

    def __init__(self, ground: Colour = MIST, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (round(width * _SCALE), round(height * _SCALE)), ground)
        self._draw = ImageDraw.Draw(self.image)

    def bar(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        """A filled rectangle, with round corners if ``radius`` is given."""
        box = self._box(x, y, x + width, y + height)
        if radius:
            self._draw.rounded_rectangle(box, radius * _SCALE, fill=colour)
        else:
            self._draw.rectangle(box, fill=colour)

    def frame(
        self, x: float, y: float, width: float, height: float, colour: Colour, line: float, radius: float = 0
    ) -> None:
        """The outline of a rectangle, drawn inside its edges."""
        box = self._box(x, y, x + width, y + height)
        self._draw.rounded_rectangle(box, radius * _SCALE, outline=colour, width=self._width(line))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self._draw.ellipse(self._box(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: Colour, line: float) -> None:
        """A circle's outline, drawn inside ``radius``."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(box, outline=colour, width=self._width(line))

    def ellipse(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        """A filled ellipse by its centre and its two half axes."""
        self._draw.ellipse(self._box(x - across, y - down, x + across, y + down), fill=colour)

    def dome(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """The upper half of a disc, standing on ``y``."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.pieslice(box, 180, 360, fill=colour)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, colour: Colour, line: float) -> None:
        """A part of a circle's outline, from ``start`` to ``end`` degrees, clockwise from three o'clock."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self._draw.arc(box, start, end, fill=colour, width=self._width(line))

    def path(self, points: Sequence[Point], colour: Colour, line: float) -> None:
        """A line through all points, with round joints and ends."""
        self._draw.line(
            [(x * _SCALE, y * _SCALE) for x, y in points], fill=colour, width=self._width(line), joint="curve"
        )
        for x, y in (points[0], points[-1]):
            self.disc(x, y, line / 2, colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled area."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)

    def dots(self, points: Sequence[Point], colour: Colour, radius: float, gap: float) -> None:
        """A dotted line through all points: what is left open."""
        for x, y in _spaced(points, gap):
            self.disc(x, y, radius, colour)

    def dotted_circle(self, x: float, y: float, radius: float, colour: Colour, dot: float, count: int) -> None:
        """A dotted circle."""
        for step in range(count):
            angle = 2 * math.pi * step / count
            self.disc(x + radius * math.cos(angle), y + radius * math.sin(angle), dot, colour)

    def inset(self, sheet: "Sheet", x: float, y: float, *, round_: bool = False) -> None:
        """Lay another sheet onto this one; ``round_`` cuts it to the circle that fits into it."""
        mask = None
        if round_:
            mask = Image.new("L", sheet.image.size, 0)
            ImageDraw.Draw(mask).ellipse((0, 0, sheet.image.width - 1, sheet.image.height - 1), fill=255)
        self.image.paste(sheet.image, (round(x * _SCALE), round(y * _SCALE)), mask)

    def png(self) -> bytes:
        """The finished picture."""
        out = BytesIO()
        self.image.reduce(_SCALE).save(out, "PNG", optimize=True)
        return out.getvalue()

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        # Pillow counts the last row and column in.
        return (x0 * _SCALE, y0 * _SCALE, x1 * _SCALE - 1, y1 * _SCALE - 1)

    def _width(self, line: float) -> int:
        return max(1, round(line * _SCALE))


def _spaced(points: Sequence[Point], gap: float) -> Iterator[Point]:
    """Points along a path, ``gap`` apart."""
    left = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        length = math.hypot(x1 - x0, y1 - y0)
        while left <= length and length:
            yield (x0 + (x1 - x0) * left / length, y0 + (y1 - y0) * left / length)
            left += gap
        left -= length
