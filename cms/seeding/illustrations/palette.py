"""The light palette of the site's tokens. Vermilion is left out: it means danger and nothing else."""

Colour = tuple[int, int, int]

PAPER: Colour = (0xFF, 0xFF, 0xFF)
MIST: Colour = (0xF0, 0xF5, 0xF6)
INK: Colour = (0x12, 0x22, 0x2B)
INK2: Colour = (0x43, 0x54, 0x5E)
LINE: Colour = (0xCB, 0xD7, 0xDC)
EDGE: Colour = (0x71, 0x83, 0x8C)
HARBOUR: Colour = (0x00, 0x51, 0x6A)
WASH: Colour = (0xDC, 0xED, 0xF2)
SEA: Colour = (0xE9, 0xF2, 0xF4)
LAND: Colour = (0xC3, 0xD5, 0xDB)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that is ``share`` (0 to 1) of the way from ``first`` to ``second``."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(first, second, strict=True))
    return (r, g, b)
