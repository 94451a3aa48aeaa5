"""Answers that leave as one piece, as gunicorn sends them: the head, then each part of the content."""

import socket
import sys
from collections.abc import Iterator

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from portal.core.sending import together

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="TCP holds nothing back elsewhere")

_HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.fixture
def connection() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A server's end and a reader's."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reader = socket.create_connection(listening.getsockname())
        sender, _address = listening.accept()
    sender.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with sender, reader:
        yield sender, reader


def _sent(answer, sender: socket.socket) -> list[bool]:
    """Whether what was sent is held back, after each thing that gunicorn sends and at the end."""
    held = []

    def send(part: bytes) -> None:
        sender.sendall(part)
        held.append(_holds_back(sender))

    iterated = together(lambda environ, start_response: answer)({"gunicorn.socket": sender}, lambda *given: None)
    for number, part in enumerate(iterated):
        for each in (part,) if number else (_HEAD, part):
            send(each)
    held.append(_holds_back(sender))
    return held


def _holds_back(sender: socket.socket) -> bool:
    return bool(sender.getsockopt(socket.IPPROTO_TCP, socket.TCP_CORK))


@pytest.mark.parametrize("content", [b"1", b"x" * 30_000, b""], ids=["short", "long", "none"])
def test_a_whole_answer_is_sent_when_all_of_it_is_there(connection, content: bytes):
    sender, reader = connection
    for _ in range(2):
        assert _sent(HttpResponse(content), sender) == [True, True, False]
        expected = _HEAD + content
        assert reader.recv(len(expected), socket.MSG_WAITALL) == expected


def test_what_is_made_while_it_is_sent_comes_as_it_goes(connection):
    sender, _reader = connection
    assert _sent(StreamingHttpResponse(iter([b"1", b"2"])), sender) == [False] * 4


def test_to_close_it_is_to_close_the_answer(connection):
    answer = HttpResponse(b"1")
    iterated = together(lambda environ, start_response: answer)({"gunicorn.socket": connection[0]}, lambda *given: None)
    assert iterated is not answer
    assert iterated.close == answer.close


def test_other_servers_and_other_sockets_are_left_alone():
    answer = HttpResponse(b"1")
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        for environ in ({}, {"gunicorn.socket": one}):
            assert together(lambda given, start_response: answer)(environ, lambda *given: None) is answer
