"""The identity of the request being served, for logs and answers."""

import re
import uuid
from contextvars import ContextVar

_current: ContextVar[str | None] = ContextVar("request_id", default=None)
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def current_request_id() -> str | None:
    """The id of the request being served, or None outside one."""
    return _current.get()


def begin(offered: str | None) -> str:
    """Make `offered` the current id if it is 8 to 64 plain characters, otherwise a new one; return it."""
    request_id = offered if offered and _ACCEPTED.fullmatch(offered) else uuid.uuid4().hex
    _current.set(request_id)
    return request_id


def end() -> None:
    """Forget the current id: a thread serves many requests."""
    _current.set(None)
