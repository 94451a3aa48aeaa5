"""Drawings for what was given: books for Koror, medical supplies for Palau."""

from .motifs import page, water
from .palette import EDGE, HARBOUR, INK, INK2, LAND, LINE, PAPER, SEA, WASH, Colour, mix
from .sheet import Sheet


def books_for_koror() -> Sheet:
    """A boat with books as its cargo and an open book as its sail, set in columns and in lines."""
    sheet = Sheet(SEA)
    horizon = 640
    sheet.disc(1370, 220, 84, PAPER)
    for x, radius, colour in ((1180, 112, LAND), (1330, 84, mix(LAND, EDGE, 0.35)), (1470, 136, LAND)):
        sheet.dome(x, horizon, radius, colour)
        sheet.bar(x - radius * 0.78, horizon - 12, radius * 1.56, 12, mix(LAND, EDGE, 0.6))
    water(sheet, 0, horizon, 1600, 360)
    _sail(sheet, 660, 90)
    _cargo(sheet, 250, 700, _LEFT)
    _cargo(sheet, 690, 700, _RIGHT)
    sheet.polygon([(170, 700), (1140, 700), (1050, 800), (270, 800)], INK)
    sheet.bar(150, 690, 1010, 18, HARBOUR)
    for n, (left, width) in enumerate(((230, 860), (300, 720), (390, 540))):
        sheet.bar(left, 822 + n * 34, width, 8 - n, mix(HARBOUR, PAPER, 0.25 + 0.2 * n), 4)
    return sheet


_LEFT: tuple[tuple[float, float, Colour], ...] = (
    (58, 210, HARBOUR), (44, 170, INK2), (76, 236, WASH), (52, 190, INK), (66, 222, LAND), (50, 178, HARBOUR),
)  # fmt: skip
_RIGHT: tuple[tuple[float, float, Colour], ...] = (
    (48, 216, mix(HARBOUR, PAPER, 0.5)), (70, 184, INK), (44, 232, HARBOUR), (60, 196, PAPER),
    (52, 170, INK2), (72, 206, LAND),
)  # fmt: skip


def _cargo(sheet: Sheet, x: float, base: float, books: tuple[tuple[float, float, Colour], ...]) -> None:
    for width, height, colour in books:
        sheet.bar(x, base - height, width, height, colour)
        stripe = PAPER if colour in (HARBOUR, INK, INK2) else HARBOUR
        sheet.bar(x, base - height + 28, width, 7, stripe)
        sheet.bar(x, base - 46, width, 7, stripe)
        x += width + 5


def _sail(sheet: Sheet, x: float, top: float) -> None:
    sheet.bar(x - 308, top + 10, 616, 336, HARBOUR, 6)
    page(sheet, x - 292, top, 292, 330, 9, upright=True)
    page(sheet, x, top, 292, 330, 9)
    sheet.bar(x - 8, top - 44, 16, 660, INK)


def medical_supplies() -> Sheet:
    """Boxes on a quay, a mask, a respirator and a row of rapid tests."""
    sheet = Sheet(SEA)
    water(sheet, 0, 800, 1600, 200)
    sheet.bar(0, 776, 1600, 24, INK)
    for n in range(9):
        sheet.bar(60 + n * 180, 800, 16, 46, INK2)
    _boxes(sheet)
    _mask(sheet, 980, 290)
    _respirator(sheet, 1340, 290)
    for n in range(4):
        _test(sheet, 856 + n * 168, 526)
    return sheet


def _boxes(sheet: Sheet) -> None:
    rows = ((3, 120, HARBOUR), (3, 120, mix(HARBOUR, PAPER, 0.45)), (2, 210, LAND), (1, 300, PAPER))
    base = 748.0
    for left in (120, 290, 460, 620):
        sheet.bar(left, 748, 36, 28, INK2)
    sheet.bar(100, 736, 580, 14, INK)
    base = 736
    for count, left, colour in rows:
        for n in range(count):
            x = left + n * 182
            sheet.bar(x, base - 136, 174, 134, colour)
            if colour == PAPER:
                sheet.frame(x, base - 136, 174, 134, EDGE, 3)
            tape = LAND if colour == HARBOUR else INK2
            sheet.bar(x, base - 82, 174, 12, tape)
            sheet.bar(x + 74, base - 136, 26, 54, tape)
        base -= 140


def _mask(sheet: Sheet, x: float, y: float) -> None:
    for side, start, end in ((-1, 90, 270), (1, 270, 450)):
        sheet.arc(x + side * 118, y, 66, start, end, INK2, 7)
    sheet.bar(x - 126, y - 86, 252, 172, PAPER, 26)
    sheet.frame(x - 126, y - 86, 252, 172, HARBOUR, 7, 26)
    for n in (-1, 0, 1):
        sheet.bar(x - 119, y + n * 40 - 3, 238, 6, mix(HARBOUR, PAPER, 0.4))
    sheet.bar(x - 40, y - 72, 80, 9, HARBOUR)


def _respirator(sheet: Sheet, x: float, y: float) -> None:
    for side, start, end in ((-1, 90, 270), (1, 270, 450)):
        sheet.arc(x + side * 62, y, 84, start, end, INK2, 7)
    sheet.disc(x, y, 112, INK)
    sheet.ring(x, y, 92, mix(INK, LAND, 0.5), 5)
    sheet.disc(x, y + 14, 36, LAND)
    for n in (-1, 0, 1):
        sheet.bar(x - 22, y + 10 + n * 15, 44, 6, INK)


def _test(sheet: Sheet, x: float, y: float) -> None:
    sheet.bar(x, y, 116, 250, PAPER, 20)
    sheet.frame(x, y, 116, 250, EDGE, 4, 20)
    sheet.bar(x + 34, y + 36, 48, 96, WASH, 8)
    sheet.bar(x + 34, y + 62, 48, 8, HARBOUR)
    sheet.bar(x + 34, y + 100, 48, 4, LINE)
    sheet.disc(x + 58, y + 190, 24, LAND)
    sheet.disc(x + 58, y + 190, 12, mix(LAND, EDGE, 0.5))
