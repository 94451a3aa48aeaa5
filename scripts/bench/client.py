"""A client that costs little: a few persistent connections, each with one request on its way at a time."""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

_BUFFER = 1 << 18
_END_OF_HEAD = b"\r\n\r\n"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Connection:
    """A connection and how much of its answer is still to come."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = b""
        self.left = -1

    def begin(self, request: bytes) -> None:
        self.head, self.left = b"", -1
        self.socket.sendall(request)

    def take(self, received: memoryview) -> bool:
        """Count what came; whether the answer is whole now."""
        if not received:
            raise ConnectionError("the server closed a connection")
        if self.left < 0:
            self.head += received
            end = self.head.find(_END_OF_HEAD)
            if end < 0:
                return False
            here = len(self.head) - end - len(_END_OF_HEAD)
            self.head = self.head[:end]
            self.left = length(self.head) - here
        else:
            self.left -= len(received)
        return self.left == 0


class Client:
    """Connections to a server on this machine, kept open from one measurement to the next."""

    def __init__(self, port: int, connections: int) -> None:
        self.port = port
        self._connections = [_Connection(port) for _ in range(connections)]
        self._buffer = memoryview(bytearray(_BUFFER))

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections:
            connection.socket.close()

    def seconds(self, requests: Sequence[bytes], status: int) -> float:
        """How long it takes until every request is answered, all with ``status``. Raises ValueError for another."""
        expected = b"HTTP/1.1 %d " % status
        waiting = iter(requests)
        busy = 0
        with selectors.DefaultSelector() as selector:
            started = time.perf_counter()
            for connection, request in zip(self._connections, waiting, strict=False):
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                connection.begin(request)
                busy += 1
            while busy:
                ready = selector.select(_PATIENCE)
                if not ready:
                    raise TimeoutError("the server does not answer")
                for key, _events in ready:
                    connection = key.data
                    if not connection.take(self._buffer[: connection.socket.recv_into(self._buffer)]):
                        continue
                    if not connection.head.startswith(expected):
                        raise ValueError(f"expected {status}, got {connection.head[:200]!r}")
                    following = next(waiting, None)
                    if following is None:
                        busy -= 1
                        selector.unregister(connection.socket)
                    else:
                        connection.begin(following)
            return time.perf_counter() - started

    def get(self, path: str, **headers: str) -> Answer:
        """One whole answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE) as connection:
            connection.sendall(request(self.port, path, {**headers, "connection": "close"}))
            content = b"".join(iter(lambda: connection.recv(_BUFFER), b""))
        head, _, body = content.partition(_END_OF_HEAD)
        lines = head.decode("latin-1").split("\r\n")
        named = (line.partition(": ") for line in lines[1:])
        return Answer(int(lines[0].split()[1]), {name.lower(): value for name, _, value in named}, body)


def request(port: int, path: str, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a GET request."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode()


def length(head: bytes) -> int:
    """The length of the body that follows a head."""
    if b" 304 " in head[:20] or b" 204 " in head[:20]:
        return 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without Content-Length")
