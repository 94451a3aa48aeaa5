"""The web server takes addresses as long as a query of search can be, and refuses endless ones."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_LONGEST_WAIT = 30


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a gunicorn with this project's settings serves an application that says how long each address is."""
    (tmp_path / "echo.py").write_text(
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    return [str(len(environ['QUERY_STRING'])).encode()]\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "echo:application", "--pythonpath", str(tmp_path)]
    server = subprocess.Popen([*command, "--bind", f"127.0.0.1:{number}", "--no-control-socket"], cwd=ROOT)
    try:
        wait_for(number)
        yield number
    finally:
        server.terminate()
        server.wait()


def wait_for(number: int) -> None:
    deadline = time.monotonic() + _LONGEST_WAIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", number), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "gunicorn does not start"
            time.sleep(0.1)


def answer(number: int, query: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=_LONGEST_WAIT)
    connection.request("GET", f"/search/?{query}")
    response = connection.getresponse()
    return response.status, response.read()


def test_a_thousand_characters_of_any_script_arrive(port: int):
    query = "q=" + "%F0%9F%98%80" * 1000
    assert answer(port, query) == (200, str(len(query)).encode())
    assert answer(port, "q=" + "x" * 70_000)[0] == 414
