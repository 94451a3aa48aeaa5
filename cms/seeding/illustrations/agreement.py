"""Drawings for the agreement with the Bratislava Region and the briefing that followed."""

from .motifs import audience, bust, screen, water
from .palette import EDGE, HARBOUR, INK, INK2, LAND, LINE, MIST, PAPER, SEA, WASH, mix
from .sheet import Sheet


def agreement_signing() -> Sheet:
    """Two people, two sheets, two pens; above them thirty-six rings, the last one filled."""
    sheet = Sheet(MIST)
    for n in range(36):
        x, y = 188 + (n % 18) * 72, 110 + (n // 18) * 66
        if n == 35:
            sheet.disc(x, y, 24, HARBOUR)
        else:
            sheet.ring(x, y, 20, mix(HARBOUR, PAPER, 0.35), 4)
    bust(sheet, 500, 700, 400, HARBOUR)
    bust(sheet, 1100, 700, 400, INK)
    sheet.bar(120, 690, 1360, 22, INK)
    sheet.bar(150, 712, 1300, 200, PAPER)
    for n in range(17):
        sheet.bar(188 + n * 76, 712, 3, 200, LINE)
    sheet.bar(150, 906, 1300, 6, LAND)
    water(sheet, 0, 926, 1600, 74)
    for x, colour in ((500, INK), (1100, HARBOUR)):
        _folder(sheet, x, 690)
        sheet.path([(x + 66, 640), (x + 136, 526)], colour, 15)
        sheet.polygon([(x + 54, 660), (x + 58, 632), (x + 76, 644)], colour)
    return sheet


def _folder(sheet: Sheet, x: float, base: float) -> None:
    sheet.polygon([(x - 170, base), (x - 132, base - 84), (x + 132, base - 84), (x + 170, base)], PAPER)
    sheet.path([(x - 170, base), (x - 132, base - 84), (x + 132, base - 84), (x + 170, base)], EDGE, 4)
    sheet.path([(x, base - 84), (x, base)], EDGE, 3)
    for n in range(4):
        y = base - 68 + n * 16
        spread = 20 + n * 9
        sheet.path([(x - 100 - spread / 2, y), (x - 22, y)], LINE, 5)
        sheet.path([(x + 22, y), (x + (100 if n < 3 else 36) + spread / 2, y)], LINE, 5)


def investment_briefing() -> Sheet:
    """A speaker beside a screen with a plan of plots and two linked circles, and the listeners' backs."""
    sheet = Sheet(SEA)
    screen(sheet, 520, 70, 960, 540, PAPER)
    _quarter(sheet, 572, 122)
    sheet.disc(1180, 230, 84, WASH)
    sheet.ring(1180, 230, 84, HARBOUR, 8)
    sheet.disc(1330, 430, 84, LAND)
    sheet.ring(1330, 430, 84, INK, 8)
    sheet.path([(1231, 298), (1279, 362)], INK2, 8)
    sheet.disc(1180, 230, 18, HARBOUR)
    sheet.disc(1330, 430, 18, INK)
    bust(sheet, 280, 640, 400, HARBOUR)
    sheet.bar(136, 600, 288, 400, HARBOUR)
    sheet.polygon([(150, 520), (410, 520), (372, 1000), (188, 1000)], INK)
    sheet.bar(130, 506, 300, 22, INK2)
    sheet.bar(410, 380, 8, 128, INK2)
    sheet.disc(414, 372, 15, INK2)
    sheet.path([(392, 470), (500, 400)], mix(HARBOUR, PAPER, 0.25), 26)
    audience(sheet, 1000, 300, 7, LAND, x=-40, width=1680)
    audience(sheet, 1060, 290, 6, INK, x=-60, width=1720)
    return sheet


def _quarter(sheet: Sheet, x: float, y: float) -> None:
    """A plan of plots by the water, some of them taken."""
    taken = {(0, 1), (2, 0), (3, 2), (1, 3)}
    for row in range(4):
        for column in range(4):
            filled = (row, column) in taken
            sheet.bar(x + column * 112, y + row * 90, 100, 78, HARBOUR if filled else WASH)
            if filled:
                sheet.bar(x + column * 112 + 34, y + row * 90 + 24, 32, 30, PAPER)
    sheet.bar(x, y + 372, 436, 4, INK)
    for n in range(4):
        sheet.bar(x, y + 388 + n * 14, 436, 3, LAND)
