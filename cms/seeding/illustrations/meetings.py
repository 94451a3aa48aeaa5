"""Drawings for calls and talks. The figures are circles and bars and resemble nobody."""

from math import acos, cos, pi, sin

from .motifs import arch, blocks, bust, page, screen, seated, water
from .palette import EDGE, HARBOUR, INK, INK2, LAND, LINE, MIST, PAPER, SEA, WASH, Colour, mix
from .sheet import Sheet


def video_meeting() -> Sheet:
    """Two screens on two shores, talking across the water."""
    sheet = Sheet(SEA)
    water(sheet, 0, 770, 1600, 230)
    sheet.polygon([(0, 770), (0, 744), (560, 744), (640, 770)], INK)
    sheet.polygon([(1600, 770), (1600, 744), (1040, 744), (960, 770)], INK)
    for x, colour, ground in ((110, HARBOUR, WASH), (970, INK, MIST)):
        sheet.bar(x + 232, 660, 56, 84, INK2)
        sheet.bar(x + 150, 726, 220, 18, INK2)
        screen(sheet, x, 300, 520, 370, ground)
        inner = Sheet(ground, 496, 346)
        inner.bar(0, 250, 496, 4, LAND)
        bust(inner, 248, 346, 290, colour)
        sheet.inset(inner, x + 12, 312)
        sheet.bar(x + 396, 584, 92, 62, PAPER)
        sheet.frame(x + 396, 584, 92, 62, EDGE, 2.5)
        bust(sheet, x + 442, 644, 46, INK if colour == HARBOUR else HARBOUR)
    sheet.dots(arch(370, 1230, 262, 150, 200), HARBOUR, 5, 24)
    sheet.disc(370, 262, 14, HARBOUR)
    sheet.disc(1230, 262, 14, INK)
    for n in range(5):
        sheet.ring(712 + n * 44, 485, 13, HARBOUR, 5)
    return sheet


def call_german_institute() -> Sheet:
    """Two people at a table; in the window a city of linked houses."""
    sheet = Sheet(MIST)
    window = Sheet(SEA, 1120, 390)
    heights = [150.0, 206, 112, 250, 176, 262, 186, 232, 110, 196, 158]
    blocks(window, 20, 390, heights, 100, [mix(HARBOUR, PAPER, 0.45), LAND, HARBOUR, mix(LAND, EDGE, 0.4)])
    hub = (560.0, 40.0)
    for n, height in enumerate(heights):
        if n % 2 == 0:
            roof = (66.0 + n * 100, 390 - height - 14)
            window.dots([hub, roof], INK2, 2.6, 13)
            window.disc(*roof, 11, INK)
    window.disc(*hub, 26, INK)
    window.disc(*hub, 11, WASH)
    sheet.inset(window, 240, 70)
    sheet.frame(232, 62, 1136, 406, INK2, 8)
    sheet.bar(212, 460, 1176, 14, INK)
    _floor(sheet, 900)
    seated(sheet, 520, 900, 400, HARBOUR, 1)
    seated(sheet, 1080, 900, 400, INK, -1)
    _round_table(sheet, 800, 900, 150, 190)
    return sheet


def call_canadian_office() -> Sheet:
    """Two people and two circles that overlap: a programme with two degrees, an exchange of two cities."""
    sheet = Sheet(SEA)
    radius = 250.0
    left, right, y = 655.0, 945.0, 370.0
    sheet.disc(left, y, radius, WASH)
    sheet.disc(right, y, radius, LAND)
    sheet.polygon(_lens(left, right, y, radius), HARBOUR)
    sheet.ring(left, y, radius, HARBOUR, 6)
    sheet.ring(right, y, radius, INK, 6)
    page(sheet, 470, 268, 130, 190, 6)
    for n, height in enumerate((60, 120, 190, 140, 80)):
        sheet.bar(1010 + n * 30, 370 - height / 2, 13, height, INK2, 6)
    sheet.polygon([(800, 306), (900, 346), (800, 386), (700, 346)], PAPER)
    sheet.polygon([(748, 372), (800, 393), (852, 372), (852, 420), (800, 440), (748, 420)], WASH)
    sheet.bar(884, 346, 5, 70, PAPER)
    sheet.disc(886, 420, 10, PAPER)
    water(sheet, 0, 800, 1600, 200)
    sheet.bar(0, 786, 1600, 14, INK)
    _standing(sheet, 270, 786, 440, HARBOUR, 1)
    _standing(sheet, 1330, 786, 440, INK, -1)
    return sheet


def _lens(left: float, right: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The outline of what two circles share."""
    half = acos((right - left) / 2 / radius)
    steps = 60
    angles = [-half + 2 * half * n / steps for n in range(steps + 1)]
    first = [(left + radius * cos(a), y + radius * sin(a)) for a in angles]
    return first + [(right - radius * cos(a), y - radius * sin(a)) for a in angles]


def call_japan_exchange() -> Sheet:
    """Two people at a low table; on the wall a book, a sheaf and a workshop: what they spoke of."""
    sheet = Sheet(MIST)
    sheet.bar(0, 262, 1600, 6, LAND)
    for x, motif in ((400, _book), (800, _sheaf), (1200, _workshop)):
        medal = Sheet(PAPER, 280, 280)
        motif(medal)
        sheet.disc(x, 265, 172, MIST)
        sheet.inset(medal, x - 140, 125, round_=True)
        sheet.ring(x, 265, 150, INK, 10)
    _floor(sheet, 900)
    seated(sheet, 400, 900, 400, INK, 1)
    seated(sheet, 1200, 900, 400, HARBOUR, -1)
    sheet.bar(580, 738, 440, 20, INK2)
    sheet.bar(622, 758, 22, 142, INK2)
    sheet.bar(956, 758, 22, 142, INK2)
    for x in (690, 862):
        sheet.bar(x, 698, 48, 40, HARBOUR, 8)
        sheet.bar(x - 8, 730, 64, 8, INK)
    return sheet


def _book(medal: Sheet) -> None:
    medal.bar(46, 92, 188, 112, HARBOUR, 6)
    page(medal, 54, 84, 86, 110, 5, upright=True)
    page(medal, 140, 84, 86, 110, 5)


def _sheaf(medal: Sheet) -> None:
    for n in range(-3, 4):
        head = (140 + n * 25, 66 + abs(n) * 11)
        medal.path([(140 + n * 15, 236), (140 + n * 4, 168), head], HARBOUR, 6)
        for grain in range(5):
            side = 8 if grain % 2 else -8
            medal.ellipse(head[0] + side - n * 3.6 * grain, head[1] + grain * 12, 7, 10, INK if n % 2 else HARBOUR)
    medal.bar(112, 162, 56, 14, INK, 5)


def _workshop(medal: Sheet) -> None:
    for n in range(3):
        x = 58 + n * 56
        medal.polygon([(x, 206), (x, 130), (x + 56, 100), (x + 56, 206)], (HARBOUR, INK2, HARBOUR)[n])
        medal.bar(x + 16, 156, 24, 24, WASH)
    medal.bar(196, 66, 18, 60, INK)
    medal.bar(40, 204, 204, 9, INK)


def call_korean_mission() -> Sheet:
    """Four people at a round table, seen from above."""
    sheet = Sheet(SEA)
    for n in range(11):
        sheet.bar(0, 45 + n * 91, 1600, 2.5, LINE)
    x, y = 800.0, 500.0
    sheet.disc(x, y, 262, PAPER)
    sheet.ring(x, y, 262, INK, 8)
    sheet.dotted_circle(x, y, 120, HARBOUR, 5, 30)
    colours: tuple[Colour, ...] = (HARBOUR, INK, mix(HARBOUR, PAPER, 0.4), INK2)
    for n, colour in enumerate(colours):
        angle = pi / 4 + n * pi / 2
        across, down = cos(angle), sin(angle)
        _from_above(sheet, x + across * 378, y + down * 378, angle, colour)
        sheet.ring(x + cos(angle + 0.34) * 206, y + sin(angle + 0.34) * 206, 24, INK2, 6)
        sheet.disc(x + cos(angle + 0.34) * 206, y + sin(angle + 0.34) * 206, 12, LAND)
        _turned_page(sheet, x + cos(angle - 0.16) * 196, y + sin(angle - 0.16) * 196, angle)
    sheet.disc(x, y, 34, HARBOUR)
    sheet.disc(x, y, 15, WASH)
    return sheet


def _from_above(sheet: Sheet, x: float, y: float, angle: float, colour: Colour) -> None:
    """Shoulders and head, looking towards the middle."""
    side = (-sin(angle), cos(angle))
    points = [(x + side[0] * n, y + side[1] * n) for n in (-78, 78)]
    back = [(px + cos(angle) * 62, py + sin(angle) * 62) for px, py in points]
    sheet.path(back, LAND, 62)
    sheet.path(points, colour, 92)
    sheet.disc(x - cos(angle) * 10, y - sin(angle) * 10, 50, PAPER)
    sheet.disc(x - cos(angle) * 10, y - sin(angle) * 10, 44, mix(colour, INK, 0.25))


def _turned_page(sheet: Sheet, x: float, y: float, angle: float) -> None:
    out, side = (cos(angle), sin(angle)), (-sin(angle), cos(angle))

    def corner(a: float, b: float) -> tuple[float, float]:
        return (x + out[0] * a + side[0] * b, y + out[1] * a + side[1] * b)

    sheet.polygon([corner(-36, -28), corner(36, -28), corner(36, 28), corner(-36, 28)], WASH)
    for n in (-18, -4, 10):
        sheet.path([corner(n, -18), corner(n, 18)], EDGE, 4)


def _standing(sheet: Sheet, x: float, base: float, size: float, colour: Colour, facing: int) -> None:
    unit = size / 10
    sheet.disc(x, base - 8.9 * unit, 1.1 * unit, colour)
    sheet.bar(x - 1.5 * unit, base - 7.6 * unit, 3 * unit, 4.2 * unit, colour, 1.2 * unit)
    sheet.bar(x - 1.3 * unit, base - 4.6 * unit, 1.15 * unit, 4.6 * unit, colour)
    sheet.bar(x + 0.15 * unit, base - 4.6 * unit, 1.15 * unit, 4.6 * unit, colour)
    hand = (x + facing * 3.1 * unit, base - 5.9 * unit)
    sheet.path([(x + facing * 0.9 * unit, base - 6.7 * unit), hand], mix(colour, PAPER, 0.25), 0.8 * unit)


def _floor(sheet: Sheet, y: float) -> None:
    sheet.bar(0, y, sheet.width, 10, INK)
    water(sheet, 0, y + 24, sheet.width, sheet.height - y - 24)


def _round_table(sheet: Sheet, x: float, base: float, half: float, height: float) -> None:
    sheet.bar(x - half, base - height, 2 * half, 18, INK2, 9)
    sheet.bar(x - 9, base - height + 18, 18, height - 30, INK2)
    sheet.bar(x - 70, base - 12, 140, 12, INK2)
    for side in (-1, 1):
        sheet.bar(x + side * 70 - 20, base - height - 34, 40, 34, PAPER, 7)
        sheet.frame(x + side * 70 - 20, base - height - 34, 40, 34, HARBOUR, 5, 7)
