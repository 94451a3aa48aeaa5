"""Drawings for the course, the inspection and the consumers' briefing."""

from .motifs import audience, bust, page, screen, water
from .palette import EDGE, HARBOUR, INK, INK2, LAND, LINE, MIST, PAPER, SEA, WASH, mix
from .sheet import Sheet


def kpsn2_computer_class() -> Sheet:
    """A class at its computers, seen from behind, and the system's window on the wall."""
    sheet = Sheet(MIST)
    _window(sheet, 460, 60, 680, 350)
    for row, (y, count, size) in enumerate(((620, 5, 190), (930, 4, 250))):
        step = 1600 / count
        for n in range(count):
            width = size * 1.16
            screen(sheet, step * (n + 0.5) - width / 2, y - size * 0.92, width, size * 0.8, WASH)
        sheet.bar(0, y - size * 0.12, 1600, 18, (EDGE, INK2)[row])
        for n in range(count):
            x = step * (n + 0.5)
            bust(sheet, x, y + size * 0.26, size * 0.8, HARBOUR if (n + row) % 3 else INK)
            sheet.bar(x - size * 0.34, y + size * 0.1, size * 0.68, size * 0.18, LAND, size * 0.05)
    return sheet


def _window(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    screen(sheet, x, y, width, height)
    sheet.bar(x + 12, y + 12, width - 24, 42, HARBOUR)
    for n in range(3):
        sheet.disc(x + 42 + n * 30, y + 33, 9, WASH)
    sheet.bar(x + 36, y + 82, 150, height - 118, WASH)
    for n in range(6):
        sheet.bar(x + 56, y + 104 + n * 34, 110, 10, LAND)
    for n in range(5):
        sheet.bar(x + 216, y + 92 + n * 46, width - 260, 4, LINE)
        sheet.bar(x + 216, y + 108 + n * 46, (280, 200, 330, 240, 160)[n], 14, mix(HARBOUR, PAPER, 0.5))


def store_food_inspection() -> Sheet:
    """Shelves of goods, a glass over the label of one of them, and a list of points to look at."""
    sheet = Sheet(SEA)
    for y in (300, 540, 780):
        _goods(sheet, y)
        sheet.bar(90, y, 980, 16, INK)
    sheet.bar(90, 80, 14, 840, INK2)
    sheet.bar(1056, 80, 14, 840, INK2)
    water(sheet, 0, 920, 1600, 80)
    sheet.bar(0, 906, 1600, 14, INK)
    _clipboard(sheet, 1160, 250)
    _glass(sheet, 640, 430, 150)
    return sheet


def _goods(sheet: Sheet, base: float) -> None:
    n = int(base)
    x = 130.0
    while x < 1000:
        kind = (n // 60 + int(x) // 40) % 4
        colour = (HARBOUR, LAND, INK, mix(HARBOUR, PAPER, 0.5))[(int(x) // 30 + n // 240) % 4]
        if kind == 0:
            sheet.bar(x, base - 150, 64, 150, colour, 10)
            sheet.bar(x + 20, base - 186, 24, 40, colour)
            sheet.bar(x, base - 100, 64, 50, PAPER)
            x += 82
        elif kind == 1:
            sheet.bar(x, base - 104, 84, 104, colour, 8)
            sheet.bar(x, base - 74, 84, 40, PAPER)
            sheet.disc(x + 42, base - 54, 14, colour)
            x += 100
        elif kind == 2:
            sheet.bar(x, base - 166, 104, 166, colour)
            sheet.bar(x + 16, base - 140, 72, 12, PAPER)
            sheet.bar(x + 16, base - 118, 48, 8, PAPER)
            x += 120
        else:
            for m in range(3):
                sheet.disc(x + 30 + m * 58, base - 29, 29, colour)
            for m in range(2):
                sheet.disc(x + 59 + m * 58, base - 79, 29, mix(colour, PAPER, 0.3))
            x += 196


def _glass(sheet: Sheet, x: float, y: float, radius: float) -> None:
    sheet.path([(x + radius * 0.72, y + radius * 0.72), (x + radius * 1.62, y + radius * 1.62)], INK, 40)
    lens = Sheet(PAPER, 2 * radius, 2 * radius)
    lens.bar(70, 40, 160, 300, HARBOUR, 20)
    lens.bar(70, 130, 160, 110, PAPER)
    for n, length in enumerate((110, 84, 100, 60)):
        lens.bar(96, 148 + n * 22, length, 9, INK2)
    sheet.inset(lens, x - radius, y - radius, round_=True)
    sheet.ring(x, y, radius + 12, INK, 18)


def _clipboard(sheet: Sheet, x: float, y: float) -> None:
    sheet.bar(x, y, 330, 470, HARBOUR, 10)
    sheet.bar(x + 24, y + 44, 282, 402, PAPER)
    sheet.bar(x + 105, y - 22, 120, 50, INK, 8)
    for n in range(5):
        top = y + 84 + n * 70
        sheet.frame(x + 50, top, 38, 38, EDGE, 4)
        if n < 3:
            sheet.bar(x + 60, top + 10, 18, 18, HARBOUR)
        sheet.bar(x + 112, top + 14, (160, 130, 170, 110, 150)[n], 9, LAND)


def consumer_talk_real_estate() -> Sheet:
    """The plan of a flat, a contract with one clause marked, a speaker and listeners."""
    sheet = Sheet(MIST)
    _plan(sheet, 120, 80)
    _contract(sheet, 900, 80)
    _speaker(sheet)
    audience(sheet, 1010, 250, 6, mix(HARBOUR, PAPER, 0.3), x=-20, width=1240)
    sheet.bar(0, 976, 1600, 24, INK)
    return sheet


def _plan(sheet: Sheet, x: float, y: float) -> None:
    sheet.bar(x, y, 680, 560, PAPER)
    sheet.bar(x + 44, y + 44, 330, 250, WASH)
    sheet.frame(x + 40, y + 40, 600, 480, INK, 14)
    sheet.bar(x + 374, y + 40, 10, 330, INK)
    sheet.bar(x + 40, y + 294, 220, 10, INK)
    sheet.bar(x + 384, y + 250, 160, 10, INK)
    sheet.bar(x + 40, y + 110, 14, 130, LAND)
    sheet.bar(x + 430, y + 40, 130, 14, LAND)
    sheet.bar(x + 150, y + 506, 110, 14, PAPER)
    for hinge, top, swing, start, down in (
        (x + 379, y + 299, 116, 90, 1),
        (x + 626, y + 255, 82, 90, 1),
        (x + 260, y + 508, 108, 180, -1),
    ):
        sheet.arc(hinge, top, swing, start, start + 90, EDGE, 4)
        sheet.path([(hinge, top), (hinge, top + down * swing)], EDGE, 6)
    sheet.bar(x + 110, y + 110, 150, 90, LAND)
    sheet.bar(x + 110, y + 110, 36, 90, HARBOUR)
    sheet.disc(x + 480, y + 420, 50, LAND)
    sheet.ring(x + 480, y + 420, 50, HARBOUR, 6)
    sheet.bar(x + 420, y + 84, 180, 46, LAND)
    for n in range(3):
        sheet.ring(x + 450 + n * 60, y + 107, 15, HARBOUR, 5)


def _contract(sheet: Sheet, x: float, y: float) -> None:
    page(sheet, x, y, 360, 470, 11)
    sheet.bar(x + 40, y + 150, 280, 60, WASH)
    sheet.frame(x + 40, y + 150, 280, 60, HARBOUR, 5)
    sheet.bar(x + 60, y + 176, 220, 9, HARBOUR)


def _speaker(sheet: Sheet) -> None:
    bust(sheet, 1400, 900, 430, INK)
    sheet.bar(1240, 800, 340, 200, HARBOUR)
    sheet.bar(1220, 786, 380, 18, INK2)
    sheet.path([(1310, 700), (1200, 560)], mix(INK, PAPER, 0.25), 28)
