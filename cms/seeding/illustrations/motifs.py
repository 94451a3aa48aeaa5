"""What several drawings share: ruled water, waves, people as circles and bars, tables, sheets and screens."""

import math

from .palette import EDGE, HARBOUR, INK, LINE, PAPER, WASH, Colour, mix
from .sheet import Point, Sheet


def water(
    sheet: Sheet, x: float, y: float, width: float, height: float, near: Colour = HARBOUR, far: Colour = LINE
) -> None:
    """Ruled water: level lines, close and pale at the horizon, wide and dark towards us."""
    depth, gap = 0.0, 9.0
    while depth <= height:
        share = depth / height
        sheet.bar(x, y + depth, width, 2 + 2.2 * share, mix(far, near, 0.72 * share**1.4))
        depth += gap
        gap *= 1.17


def waves(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    colour: Colour,
    *,
    height: float,
    length: float,
    line: float,
) -> None:
    """One rounded wave after the other."""
    steps = int(width / 4)
    sheet.path(
        [(x + 4 * n, y + height * math.sin(2 * math.pi * 4 * n / length)) for n in range(steps + 1)],
        colour,
        line,
    )


def bust(sheet: Sheet, x: float, base: float, size: float, colour: Colour, head: Colour | None = None) -> None:
    """A person from the chest up, ``size`` high on ``base``: a circle over a rounded bar."""
    radius = size * 0.22
    shoulders = size * 0.36
    top = base - size + 2 * radius + size * 0.06
    sheet.disc(x, base - size + radius, radius, colour)
    sheet.dome(x, top + shoulders, shoulders, colour)
    sheet.bar(x - shoulders, top + shoulders - 1, 2 * shoulders, max(0.0, base - top - shoulders) + 1, colour)


def seated(sheet: Sheet, x: float, base: float, size: float, colour: Colour, facing: int) -> None:
    """A person on a chair, seen from the side; ``facing`` 1 looks right, -1 left."""
    unit = size / 10

    def box(left: float, top: float, width: float, height: float, fill: Colour, radius: float) -> None:
        start = x + left * unit if facing > 0 else x - (left + width) * unit
        sheet.bar(start, base - top * unit, width * unit, height * unit, fill, radius * unit)

    chair = EDGE
    box(-2.5, 6.2, 0.5, 6.2, chair, 0.2)
    box(-2.5, 3.0, 4.1, 0.5, chair, 0.2)
    box(1.1, 3.0, 0.5, 3.0, chair, 0.2)
    box(-1.7, 7.4, 2.0, 4.4, colour, 0.95)
    box(-1.7, 4.7, 4.8, 1.7, colour, 0.8)
    box(1.6, 4.7, 1.5, 4.7, colour, 0.6)
    box(-0.9, 6.3, 3.6, 0.85, mix(colour, PAPER, 0.22), 0.42)
    sheet.disc(x - 0.6 * unit * facing, base - 8.75 * unit, 1.2 * unit, colour)


def page(sheet: Sheet, x: float, y: float, width: float, height: float, lines: int, *, upright: bool = False) -> None:
    """A sheet of paper with ruled lines instead of words, upright lines for a page set in columns."""
    sheet.bar(x, y, width, height, PAPER)
    sheet.frame(x, y, width, height, EDGE, 2.5)
    margin = width * 0.14
    for n in range(lines):
        last = n == lines - 1
        if upright:
            step = (width - 2 * margin) / lines
            length = (height - 2 * margin) * (0.55 if last else 1)
            sheet.bar(x + width - margin - step * (n + 0.6), y + margin, 5, length, LINE)
        else:
            step = (height - 2 * margin) / lines
            length = (width - 2 * margin) * (0.55 if last else 1)
            sheet.bar(x + margin, y + margin + step * (n + 0.4), length, 5, LINE)


def screen(sheet: Sheet, x: float, y: float, width: float, height: float, fill: Colour = PAPER) -> None:
    """A screen: a light field in a dark frame."""
    sheet.bar(x, y, width, height, INK, 6)
    sheet.bar(x + 12, y + 12, width - 24, height - 24, fill)


def audience(
    sheet: Sheet,
    y: float,
    size: float,
    count: int,
    colour: Colour,
    *,
    x: float,
    width: float,
) -> None:
    """A row of people seen from behind, cut by the lower edge at ``y``."""
    step = width / count
    for n in range(count):
        bust(sheet, x + step * (n + 0.5), y, size, colour)


def arch(x0: float, x1: float, base: float, rise: float, steps: int = 60) -> list[Point]:
    """Points of a flat arch from one shore to the other."""
    return [(x0 + (x1 - x0) * n / steps, base - rise * math.sin(math.pi * n / steps)) for n in range(steps + 1)]


def blocks(sheet: Sheet, x: float, base: float, heights: list[float], width: float, colours: list[Colour]) -> None:
    """Buildings side by side, with windows in every other one."""
    for n, height in enumerate(heights):
        left = x + n * width
        colour = colours[n % len(colours)]
        sheet.bar(left, base - height, width - 8, height, colour)
        if n % 2 == 0:
            pane = (width - 8) / 5
            for row in range(int((height - pane) // (2 * pane))):
                for column in (1, 3):
                    top = base - height + pane + row * 2 * pane
                    sheet.bar(left + column * pane, top, pane, pane, WASH)
