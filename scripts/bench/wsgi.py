"""The web entry point of the benchmark: the portal, and beside it an answer that never reaches Django."""

from collections.abc import Callable, Iterable
from typing import Any

from portal.wsgi import application as portal
from scripts.bench.subjects import BARE


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """An empty answer at `BARE`, the portal everywhere else."""
    if environ["PATH_INFO"] == BARE:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]
    return portal(environ, start_response)
