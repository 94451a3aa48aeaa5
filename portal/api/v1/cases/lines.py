"""The lines of a body that is read a piece at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.api.v1.problems import TOO_LARGE, Problem


@dataclass(frozen=True)
class Line:
    """A line, counted from 1; its ``text`` is None where it was too long to be kept."""

    number: int
    text: bytes | None


def split(chunks: Iterable[bytes], most_bytes: int, most_lines: int) -> Iterator[Line]:
    """The lines of the pieces, but for empty ones. Never more of one is held than ``most_bytes`` and a piece. Once
    there are more than ``most_lines``, the rest is read in vain and `Problem` raised.
    """
    number = 0
    for text in _texts(chunks, most_bytes):
        number += 1
        if number > most_lines:
            continue
        if text is None or text.strip():
            yield Line(number, text)
    if number > most_lines:
        raise Problem(
            TOO_LARGE,
            _("There are too many lines: at most %(most)s are taken; from line %(next)s on none was."),
            {"most": most_lines, "next": most_lines + 1},
        )


def batches(lines: Iterable[Line], most_lines: int, most_bytes: int) -> Iterator[list[Line]]:
    """The lines in lists, each of so many, or of fewer where they are long. What was read before an error comes before
    it is raised.
    """
    batch: list[Line] = []
    size = 0
    try:
        for line in lines:
            batch.append(line)
            size += len(line.text or b"")
            if len(batch) == most_lines or size >= most_bytes:
                yield batch
                batch, size = [], 0
    except Problem:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _texts(chunks: Iterable[bytes], most: int) -> Iterator[bytes | None]:
    held, too_long = bytearray(), False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            too_long = too_long or len(held) + len(part) > most
            yield None if too_long else bytes(held + part)
            held.clear()
            too_long = False
        too_long = too_long or len(held) + len(rest) > most
        if too_long:
            held.clear()
        else:
            held += rest
    if too_long or held:
        yield None if too_long else bytes(held)
