"""The web server of `make run`, on a free port of this machine, with the benchmark's addresses."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from scripts.serve import ALLOCATOR, web

_START_SECONDS = 60
_END_SECONDS = 10


def command(port: int) -> list[str]:
    """The command line of `make run`, but for its application and for workers that end themselves while measured."""
    line = [part.replace("portal.wsgi", "scripts.bench.wsgi") for part in web(str(port), "127.0.0.1")]
    return [*line, "--max-requests", "0"]


@contextmanager
def running(settings: Mapping[str, str] | None = None) -> Iterator[int]:
    """A running server, with these settings beside those of the environment; its port."""
    port = free_port()
    # The log goes where a reader's terminal would not slow it down.
    environment = {**ALLOCATOR, **os.environ, **(settings or {})}
    process = subprocess.Popen(command(port), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
