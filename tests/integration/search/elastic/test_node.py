"""What a node sends and gives back, against a server that tells what it got; no Elasticsearch is needed."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from elastic_transport import ConnectionError, ConnectionTimeout, HttpHeaders, NodeConfig

from search.engines.elastic.node import CurlNode


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Telling"

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self._tell(302, b"", Location="/found")
        elif self.path == "/wait":
            self.server.waiting.wait(10)
        else:
            length = int(self.headers.get("Content-Length", 0))
            got = {"method": self.command, "path": self.path, "headers": dict(self.headers.items())}
            self._tell(200, json.dumps(got | {"body": self.rfile.read(length).decode()}).encode(), Warning='299 "a, b"')
        self.close_connection = self.close_connection or self.server.hang_up_after_each

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def _tell(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


class Telling(ThreadingHTTPServer):
    """A server whose answers tell what it got; it counts its connections and is told when to end one, or to wait."""

    connections = 0
    hang_up_after_each = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.waiting = threading.Event()


@pytest.fixture
def server() -> Iterator[Telling]:
    with Telling() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.waiting.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def node(server: Telling) -> Iterator[CurlNode]:
    node = CurlNode(NodeConfig("http", "127.0.0.1", server.server_port, path_prefix="search"))
    yield node
    node.close()


def _told(node: CurlNode, method: str, target: str = "/x", body: bytes | None = None) -> dict:
    answer = node.perform_request(method, target, body, HttpHeaders({"Content-Type": "text/x"}))
    assert answer.meta.status == 200
    return json.loads(answer.body)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("body", [None, "釜山".encode(), b"x" * 2_000_000], ids=["no body", "short", "long"])
def test_what_is_sent_arrives(node: CurlNode, method: str, body: bytes | None):
    told = _told(node, method, "/a/_search?q=%E5%8F%B0", body)
    assert (told["method"], told["path"]) == (method, "/search/a/_search?q=%E5%8F%B0")
    assert told["body"] == (body or b"").decode()
    given = {name.lower(): value for name, value in told["headers"].items()}
    assert given["content-type"] == "text/x"
    assert given["user-agent"].startswith("elastic-transport-python/")
    assert "expect" not in given
    empty = "0" if method in ("POST", "PUT") else None
    assert given.get("content-length") == (str(len(body)) if body else empty)


def test_what_comes_back_is_told_with_its_headers_whatever_their_case(node: CurlNode):
    answer = node.perform_request("GET", "/x")
    assert answer.meta.headers["content-type"] == "application/json"
    assert answer.meta.headers["warning"] == '299 "a, b"'
    assert answer.meta.mimetype == "application/json"


def test_an_answer_to_head_has_no_content(node: CurlNode):
    answer = node.perform_request("HEAD", "/x")
    assert (answer.meta.status, answer.body) == (200, b"")
    assert _told(node, "GET")["method"] == "GET"


def test_a_connection_is_kept_for_what_is_asked_next(node: CurlNode, server: Telling):
    for method in ("POST", "GET", "HEAD", "PUT"):
        node.perform_request(method, "/x", b"a" if method in ("POST", "PUT") else None)
    assert server.connections == 1


def test_where_the_server_has_closed_it_another_is_opened(node: CurlNode, server: Telling):
    server.hang_up_after_each = True
    for _ in range(3):
        assert _told(node, "POST", body=b"{}")["body"] == "{}"
    assert server.connections == 3


def test_threads_have_connections_of_their_own(node: CurlNode, server: Telling):
    told: list[str] = []
    threads = [threading.Thread(target=lambda n=n: told.append(_told(node, "GET", f"/{n}")["path"])) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [f"/search/{n}" for n in range(8)]


def test_nobody_is_sent_elsewhere(server: Telling, monkeypatch):
    for name in ("http_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    node = CurlNode(NodeConfig("http", "127.0.0.1", server.server_port))
    assert node.perform_request("GET", "/elsewhere").meta.status == 302
    node.close()


def test_the_whole_answer_has_to_come_in_time(server: Telling):
    node = CurlNode(NodeConfig("http", "127.0.0.1", server.server_port, request_timeout=0.2))
    with pytest.raises(ConnectionTimeout):
        node.perform_request("GET", "/wait")
    with pytest.raises(ConnectionTimeout):
        node.perform_request("GET", "/wait", request_timeout=0.1)
    server.waiting.set()
    assert node.perform_request("GET", "/x", request_timeout=None).meta.status == 200
    node.close()


@pytest.mark.parametrize("value", ["ApiKey a\r\nX-More: b", "ApiKey a\n", "ApiKey 一"])
def test_what_is_no_header_is_not_sent(node: CurlNode, server: Telling, value: str):
    with pytest.raises(ValueError):
        node.perform_request("GET", "/x", headers=HttpHeaders({"Authorization": value}))
    assert server.connections == 0


def test_nobody_is_there():
    with pytest.raises(ConnectionError):
        CurlNode(NodeConfig("http", "127.0.0.1", 9)).perform_request("GET", "/x")
