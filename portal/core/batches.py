"""Taking many things a few at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, so many at a time; the last ones may be fewer."""
    return (items[start : start + size] for start in range(0, len(items), size))
