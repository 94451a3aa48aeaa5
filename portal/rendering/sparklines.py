"""A sparkline: the course of a series in the size of a word, with its first and its last point marked. Pure.

It begins at the least value, not at zero: it shows how a figure went, and its ends say how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 132, 30
_EDGE = 5
#: Two points are a difference, not a trend.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line of ``x,y`` pairs in a box of `WIDTH` by `HEIGHT`, and the places of its ends."""

    points: str
    first: tuple[str, str]
    last: tuple[str, str]
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(values: Sequence[Decimal]) -> Sparkline | None:
    """The line of values at equal distances, from the oldest to the newest; None where they are too few for a trend."""
    if len(values) < FEWEST:
        return None
    low, high = min(values), max(values)
    across, down = Decimal(WIDTH - 2 * _EDGE), Decimal(HEIGHT - 2 * _EDGE)
    step = across / (len(values) - 1)
    depths = [(high - value) / (high - low) if high > low else Decimal("0.5") for value in values]
    places = [(f"{_EDGE + step * number:.1f}", f"{_EDGE + down * depth:.1f}") for number, depth in enumerate(depths)]
    return Sparkline(" ".join(map(",".join, places)), places[0], places[-1])
