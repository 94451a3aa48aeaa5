"""One node of a cluster, spoken to by libcurl: writing and reading HTTP in Python takes longer than much of a search.

Which node is asked, what is asked again, and what an answer means stays with the client.
"""

import time
from collections import deque
from collections.abc import Mapping
from typing import ClassVar

import certifi
import pycurl
from elastic_transport import (
    ApiResponseMeta,
    BaseNode,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    TlsError,
    TransportError,
)
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DEFAULT, DefaultType

_TLS_FAULTS = frozenset(
    (
        pycurl.E_SSL_CONNECT_ERROR,
        pycurl.E_SSL_CERTPROBLEM,
        pycurl.E_SSL_CIPHER,
        pycurl.E_PEER_FAILED_VERIFICATION,
        pycurl.E_SSL_CACERT_BADFILE,
        pycurl.E_SSL_ISSUER_ERROR,
    )
)
#: Methods of which even an empty content is told (RFC 9110, 8.6).
_WITH_CONTENT = frozenset(("POST", "PUT"))
#: libcurl would ask before it sends a long body whether that is welcome, and wait for the answer.
_AT_ONCE = "expect:"


class CurlNode(BaseNode):
    """A node with as many connections as threads ask it at once; they are kept open. It is asked directly, never by way
    of a proxy that the environment names, and is not followed elsewhere. Certificates are those of TLS 1.2 or newer, by
    the authorities that the client is given, or those that everybody trusts.
    """

    # How the client names it to Elasticsearch.
    _CLIENT_META_HTTP_CLIENT: ClassVar[tuple[str, str]] = ("cu", pycurl.version_info()[1])

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._idle: deque[pycurl.Curl] = deque()
        self._always: list[tuple[int, int | str]] = [
            (pycurl.NOSIGNAL, 1),
            (pycurl.PROXY, ""),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
        ]
        if config.scheme == "https":
            self._always += [
                (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2),
                (pycurl.CAINFO, config.ca_certs or certifi.where()),
            ]

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """The node's answer, whatever its status. ``request_timeout`` is in seconds, for all of it. Raises
        `ConnectionTimeout`, `TlsError` or `ConnectionError`, and `ValueError` for headers that are none.
        """
        begun = time.monotonic()
        try:
            curl = self._idle.pop()
        except IndexError:
            curl = pycurl.Curl()
        told: list[bytes] = []
        content: list[bytes] = []
        try:
            self._prepare(curl, method, {**self.headers, **(headers or {})}, body, request_timeout)
            curl.setopt(pycurl.URL, f"{self.base_url}{target}")
            curl.setopt(pycurl.HEADERFUNCTION, told.append)
            curl.setopt(pycurl.WRITEFUNCTION, content.append)
            curl.perform()
            status = curl.getinfo(pycurl.RESPONSE_CODE)
        except pycurl.error as fault:
            # Where something went wrong, its connection is not used again.
            curl.close()
            raise _as_the_client_says(fault) from fault
        curl.reset()
        self._idle.append(curl)
        meta = ApiResponseMeta(
            node=self.config,
            duration=time.monotonic() - begun,
            http_version="1.1",
            status=status,
            headers=_headers(told),
        )
        return NodeApiResponse(meta, b"".join(content))

    def close(self) -> None:
        """Close the connections that nobody uses at the moment."""
        while True:
            try:
                self._idle.pop().close()
            except IndexError:
                return

    def _prepare(
        self,
        curl: pycurl.Curl,
        method: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout: DefaultType | float | None,
    ) -> None:
        for option, value in self._always:
            curl.setopt(option, value)
        seconds = self.config.request_timeout if isinstance(timeout, DefaultType) else timeout
        if seconds is not None:
            curl.setopt(pycurl.TIMEOUT_MS, max(1, int(seconds * 1000)))
        lines = [_AT_ONCE, *(f"{name}: {value}" for name, value in headers.items())]
        if method in _WITH_CONTENT and not body:
            lines.append("content-length: 0")
        if any("\n" in line or "\r" in line for line in lines):
            raise ValueError("a header has a line break")
        curl.setopt(pycurl.HTTPHEADER, lines)
        if method == "HEAD":
            curl.setopt(pycurl.NOBODY, 1)
        elif body:
            curl.setopt(pycurl.POSTFIELDS, body)
        curl.setopt(pycurl.CUSTOMREQUEST, method)


def _as_the_client_says(fault: pycurl.error) -> TransportError:
    code, text = fault.args
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return ConnectionTimeout(text, errors=(fault,))
    return (TlsError if code in _TLS_FAULTS else ConnectionError)(text, errors=(fault,))


def _headers(lines: list[bytes]) -> HttpHeaders:
    named = (line.decode("latin-1").partition(":") for line in lines)
    return HttpHeaders([(name, value.strip()) for name, colon, value in named if colon])
