"""What tantivy raises, as `Unavailable`."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.base import Unavailable


@contextmanager
def guarded() -> Iterator[None]:
    """Turn errors of tantivy and of the disk into `Unavailable`.

    tantivy raises ValueError for most; a panic inside of it is a BaseException whose class cannot be imported.
    """
    try:
        yield
    except (ValueError, OSError) as fault:
        raise Unavailable(f"{type(fault).__name__}: {fault}") from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise Unavailable(f"tantivy panicked: {fault}") from fault
