"""What is logged meanwhile, line by line, as it would be written."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from portal.core.logs import Formatter, RequestFilter


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(Formatter())
        self.addFilter(RequestFilter())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(self.format(record))


@contextmanager
def lines_logged(level: int = logging.DEBUG) -> Iterator[list[str]]:
    """The lines of this time, from a level on, whatever is written otherwise."""
    handler, root = _Lines(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield handler.lines
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
