"""An answer's head and its content, sent as one piece.

gunicorn sends the head by itself, and the content after it; a reader is woken for each, and the first wakes whoever
waits on the same machine, a proxy above all, before there is anything to do. TCP can hold back what comes before
(``TCP_CORK``, of Linux alone); elsewhere, and behind other servers, answers are sent as they were.
"""

import socket
from collections.abc import Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_HELD_BACK: int | None = getattr(socket, "TCP_CORK", None)


class _Whole:
    """The content of an answer, after which what was held back is sent. ``close`` is the answer's own: it is called
    when all is sent, as before.
    """

    def __init__(self, answer: Any, connection: socket.socket, option: int) -> None:
        self._answer, self._connection, self._option = answer, connection, option
        self.close = answer.close

    def __iter__(self) -> Iterator[bytes]:
        self._connection.setsockopt(socket.IPPROTO_TCP, self._option, 1)
        yield from self._answer
        self._connection.setsockopt(socket.IPPROTO_TCP, self._option, 0)


def together(application: WSGIApplication) -> WSGIApplication:
    """The application, with each answer that is made as a whole sent as one piece. One that is made while it is sent
    (a stream, a file) goes out as it comes.
    """

    def sent_together(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = application(environ, start_response)
        connection: socket.socket | None = environ.get("gunicorn.socket")
        if _HELD_BACK is None or connection is None or connection.family == socket.AF_UNIX:
            return answer
        if getattr(answer, "streaming", True):
            return answer
        return _Whole(answer, connection, _HELD_BACK)

    return sent_together
