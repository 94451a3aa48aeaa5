"""Drawings for exhibitions and the lantern festival."""

from math import cos, pi, sin

from .motifs import water, waves
from .palette import EDGE, HARBOUR, INK, INK2, LAND, MIST, PAPER, SEA, WASH, Colour, mix
from .sheet import Point, Sheet


def city_keys() -> Sheet:
    """Keys to the city in a display window; the third, for those not named, is dotted."""
    sheet = Sheet(MIST)
    sheet.bar(130, 90, 1340, 820, PAPER)
    water(sheet, 132, 700, 1336, 208)
    sheet.frame(130, 90, 1340, 820, EDGE, 3)
    sheet.bar(104, 84, 1392, 12, INK)
    for x in (460, 800, 1140):
        sheet.bar(x - 2, 96, 4, 54, INK2)
    _round_key(sheet, 460, 230, HARBOUR)
    _clover_key(sheet, 800, 230, INK)
    _open_key(sheet, 1140, 230, EDGE)
    return sheet


def _shaft(sheet: Sheet, x: float, top: float, colour: Colour, bits: tuple[float, ...]) -> None:
    sheet.bar(x - 40, top, 80, 14, colour)
    sheet.bar(x - 30, top + 24, 60, 12, colour)
    sheet.bar(x - 16, top, 32, 310, colour)
    for n, length in enumerate(bits):
        sheet.bar(x + 15, top + 180 + n * 46, length, 26, colour)


def _round_key(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    _shaft(sheet, x, y + 92, colour, (64, 40, 84))
    sheet.disc(x, y, 94, colour)
    sheet.disc(x, y, 66, WASH)
    sheet.ring(x, y, 36, colour, 13)


def _clover_key(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    _shaft(sheet, x, y + 92, colour, (40, 58, 84))
    leaves = [(x + 48 * cos(n * pi / 2), y + 48 * sin(n * pi / 2)) for n in range(4)]
    for left, top in leaves:
        sheet.disc(left, top, 46, colour)
    for left, top in leaves:
        sheet.disc(left, top, 25, PAPER)
    sheet.disc(x, y, 22, colour)


def _open_key(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    corners = [(x - 84, y - 84), (x + 84, y - 84), (x + 84, y + 84), (x - 84, y + 84), (x - 84, y - 84)]
    sheet.dots(corners, colour, 3.6, 14)
    inner = [(x - 34, y - 34), (x + 34, y - 34), (x + 34, y + 34), (x - 34, y + 34), (x - 34, y - 34)]
    sheet.dots(inner, colour, 3.2, 13.6)
    top = y + 98
    outline = [
        (x - 16, top), (x - 16, top + 304), (x + 16, top + 304), (x + 16, top + 292), (x + 84, top + 292),
        (x + 84, top + 262), (x + 16, top + 262), (x + 16, top + 226), (x + 62, top + 226),
        (x + 62, top + 196), (x + 16, top + 196), (x + 16, top),
    ]  # fmt: skip
    sheet.dots(outline, colour, 3.4, 13)


def blue_hole_lantern() -> Sheet:
    """The Blue Hole of Belize as a lantern over the water at night."""
    sheet = Sheet(INK)
    night = mix(INK, HARBOUR, 0.35)
    horizon = 730
    water(sheet, 0, horizon, 1600, 270, near=mix(HARBOUR, WASH, 0.35), far=night)
    string = [(200 * n, 118 + 46 * sin(pi * n / 8)) for n in range(9)]
    sheet.path([(8 * n, 118 + 46 * sin(pi * n / 200)) for n in range(201)], EDGE, 3)
    for n, (x, y) in enumerate(string):
        if n in (3, 4, 5):
            continue
        sheet.bar(x - 1.5, y, 3, 36, EDGE)
        sheet.disc(x, y + 70, 36, (HARBOUR, LAND)[n % 2])
        sheet.bar(x - 16, y + 31, 32, 7, WASH)
        sheet.bar(x - 16, y + 103, 32, 7, WASH)
    sheet.bar(798, 163, 4, 60, LAND)
    _blue_hole(sheet, 800, 455, 236)
    for n, (width, depth) in enumerate(((330, 46), (420, 78), (360, 118), (250, 166), (120, 222))):
        sheet.bar(800 - width / 2, horizon + depth, width, 9 + n, (WASH, LAND)[n % 2], 5)
    return sheet


def _blue_hole(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Shallows, the broken ring of the reef, and the deep in the middle, in a lantern's hoops."""
    sheet.bar(x - 92, y - radius - 14, 184, 22, WASH)
    sheet.bar(x - 92, y + radius - 8, 184, 22, WASH)
    sheet.disc(x, y, radius, WASH)
    sheet.disc(x, y, radius * 0.88, mix(WASH, HARBOUR, 0.22))
    sheet.disc(x, y, radius * 0.69, PAPER)
    sheet.disc(x, y, radius * 0.61, mix(WASH, HARBOUR, 0.6))
    sheet.disc(x, y, radius * 0.54, HARBOUR)
    sheet.disc(x, y, radius * 0.40, mix(HARBOUR, INK, 0.45))
    sheet.disc(x, y, radius * 0.24, INK)
    for n in range(30):
        angle = 2 * pi * n / 30
        size = 5 + 5 * ((n * 7) % 5) / 4
        if n not in (6, 7, 21):
            sheet.disc(x + radius * 0.78 * cos(angle), y + radius * 0.78 * sin(angle), size, PAPER)
    for n in (-2, -1, 0, 1, 2):
        sheet.bar(x + n * 34 - 2, y + radius + 14, 4, 52 - 7 * abs(n), WASH)


def busan_four_views() -> Sheet:
    """Four views of Busan: the sea at Haeundae, the tower, the houses of Gamcheon, the shore temple."""
    sheet = Sheet(PAPER)
    for view, x, y in (
        (_sea, 40, 40), (_tower, 810, 40), (_houses, 40, 510), (_temple, 810, 510),
    ):  # fmt: skip
        panel = Sheet(SEA, 750, 450)
        view(panel)
        sheet.inset(panel, x, y)
    return sheet


def _sea(panel: Sheet) -> None:
    panel.disc(545, 128, 64, INK)
    for n in range(6):
        y = 238 + n * 38
        waves(panel, 0, y, 750, mix(HARBOUR, LAND, n / 7), height=15, length=188, line=7)


def _tower(panel: Sheet) -> None:
    panel.dome(375, 660, 330, LAND)
    panel.polygon([(342, 392), (354, 150), (396, 150), (408, 392)], HARBOUR)
    panel.bar(326, 384, 98, 18, INK)
    panel.polygon([(306, 118), (444, 118), (424, 164), (326, 164)], INK)
    panel.bar(326, 98, 98, 22, HARBOUR)
    panel.bar(342, 84, 66, 16, INK)
    panel.bar(371, 22, 8, 64, INK)
    for x, radius in ((96, 30), (158, 42), (604, 44), (670, 28)):
        panel.bar(x - 3, 360, 6, 90, INK2)
        panel.disc(x, 366, radius, mix(HARBOUR, LAND, 0.45))


def _houses(panel: Sheet) -> None:
    colours = (HARBOUR, LAND, PAPER, INK, WASH, mix(HARBOUR, PAPER, 0.55), EDGE, mix(HARBOUR, PAPER, 0.8))
    for row in range(6):
        for column in range(12):
            x = column * 67 + (row % 2) * 33 - 33
            y = 80 + row * 66 + 22 * abs(column + (row % 2) / 2 - 5.7) / 5
            colour = colours[(column * column + 3 * row * column + 5 * row + column) % len(colours)]
            panel.bar(x, y, 61, 76, colour)
            dark = colour in (HARBOUR, INK, EDGE)
            panel.bar(x, y, 61, 8, mix(colour, PAPER if dark else INK, 0.25))
            panel.bar(x + (12 if (row + column) % 2 else 34), y + 22, 14, 18, PAPER if dark else INK2)


def _temple(panel: Sheet) -> None:
    panel.path([(10 * n, 404 + 15 * sin(pi * n / 11)) for n in range(76)], HARBOUR, 7)
    panel.path([(10 * n, 436 + 12 * sin(pi * n / 9 + 1)) for n in range(76)], mix(HARBOUR, LAND, 0.5), 6)
    panel.polygon([(0, 450), (0, 300), (70, 318), (140, 352), (176, 372), (220, 450)], LAND)
    panel.bar(196, 352, 388, 16, INK)
    for x in (236, 312, 452, 528):
        panel.bar(x - 8, 212, 17, 142, HARBOUR)
    panel.bar(338, 262, 88, 92, WASH)
    roof = _curve((382, 92), (352, 168), (172, 214)) + _curve((590, 214), (412, 168), (382, 92))
    panel.polygon(roof, INK)
    panel.bar(186, 208, 392, 14, INK)
    panel.disc(382, 84, 13, INK)
    panel.disc(640, 104, 40, PAPER)


def _curve(start: Point, bend: Point, end: Point) -> list[Point]:
    """A quadratic curve, for the sweep of a roof."""
    points: list[Point] = []
    for n in range(25):
        t = n / 24
        before, at, after = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append(
            (
                before * start[0] + at * bend[0] + after * end[0],
                before * start[1] + at * bend[1] + after * end[1],
            )
        )
    return points
