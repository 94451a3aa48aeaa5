"""How many files, and how large. 1 MB has a million bytes."""

from dataclasses import dataclass

MEGABYTE = 1_000_000
#: Bytes that one file may have.
MOST_BYTES = 10 * MEGABYTE


@dataclass(frozen=True)
class Limit:
    """How many files there may be together, and their bytes."""

    count: int
    bytes: int


#: What is sent with one form.
FILING = Limit(count=10, bytes=30 * MEGABYTE)
#: What a case may come to have, whoever sends it.
CASE = Limit(count=40, bytes=100 * MEGABYTE)
