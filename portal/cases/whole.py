"""One transaction for all that a request does, without a savepoint for each service that it calls."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")
_in_whole: ContextVar[bool] = ContextVar("in_whole", default=False)


@contextmanager
def whole() -> Iterator[None]:
    """A transaction that any error rolls back as a whole: whoever opens it lets every error pass. So a service in it
    needs no savepoint to go back to, which would cost two more statements.
    """
    with transaction.atomic():
        token = _in_whole.set(True)
        try:
            yield
        finally:
            _in_whole.reset(token)


def atomic(service: Callable[P, R]) -> Callable[P, R]:
    """A service that writes all or nothing: in a `whole`, as a part of that, else as ``transaction.atomic`` does."""

    @functools.wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _in_whole.get():
            return service(*args, **kwargs)
        with transaction.atomic():
            return service(*args, **kwargs)

    return run
