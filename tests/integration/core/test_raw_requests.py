"""Bytes that no browser sends, to the server as it runs: an answer with the right status, and the next is served."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.core.test_long_addresses import ROOT, wait_for

_END = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_ENGLISH, _CHINESE = b'<html lang="en">', b'<html lang="zh-Hant">'


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    """Where gunicorn serves the portal, without a database: what is asked for here is found out before it is needed."""
    directory: Path = tmp_path_factory.mktemp("portal")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    environment = os.environ | {"PORTAL_ENV": "test", "DATA_DIR": str(directory), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{number}", "--no-control-socket"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(number)
        yield number
    finally:
        server.terminate()
        server.wait()


def answer(port: int, sent: bytes) -> tuple[int, bytes]:
    """The status and the bytes that come back; 0 where the server only hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
    received = b"".join(parts)
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/") else 0, received


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        (b"GET /visits/\xff\xfe/" + _END, 400, b""),
        (b"GET /visits/%ff%fe/" + _END, 404, _CHINESE),
        (b"GET /en/%00/%zz/%" + _END, 404, _ENGLISH),
        (b"GET /en/%ed%a0%80/?q=%ff&%00=%" + _END, 404, _ENGLISH),
        (b"GET /en/X/?" + b"&" * 60_000 + _END, 404, _ENGLISH),
        (b"GET /en/" + b"a/" * 30_000 + b"Z" + _END, 404, _ENGLISH),
        (b"GET //evil.example/" + _END, 404, _CHINESE),
        (b"GET //evil.example" + _END, 404, _CHINESE),
        (b"GET /" + b"a" * 70_000 + b"/" + _END, 414, b""),
        (b"POST /en/visits/x/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nx=1", 405, _ENGLISH),
        (b"PROPFIND /visits/x/" + _END, 405, _CHINESE),
        (b"get /visits/x/" + _END, 400, b""),
        (b"GET /en/X/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400, _ENGLISH),
        (b"GET /en/X/ HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400, _ENGLISH),
        (b"GET /en/X/ HTTP/1.0\r\n\r\n", 404, _ENGLISH),
        (b"GET /en/X/ HTTP/9.9\r\n\r\n", 400, b""),
        (b"GET /en/X/" + b" HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 20_000 + b"\r\n\r\n", 431, b""),
        (b"\x16\x03\x01\x02\x00\x01\x00", 0, b""),
    ],
)
def test_nobody_is_answered_with_a_fault(port: int, sent, status, says):
    found, received = answer(port, sent)
    assert (found, received[:200]) == (status, received[:200])
    assert says in received
    assert answer(port, b"GET /healthz/live" + _END)[0] == 200
