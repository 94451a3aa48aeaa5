"""How large an answer is and how many queries it takes, counted in this process."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from scripts.bench.subjects import BARE, Side

#: The most that a list may take.
MOST = 4


@dataclass(frozen=True)
class Cost:
    """The size of an answer, the queries of a process's first one since something was published, and of the next."""

    size: int
    first: int
    following: int


def cost(side: Side) -> Cost | None:
    """Ask twice; None for what asks nothing of Django. A conditional request names the ETag of an answer before."""
    if side.path == BARE:
        return None
    browser = Browser(headers={"host": "127.0.0.1"})
    # A page that nobody has asked for, in a process that has served others.
    paths = side.paths[-2:] or (side.path, side.path)
    headers = {"If-None-Match": browser.get(side.path)["ETag"]} if side.headers else {}
    (size, first), (_size, following) = (_ask(browser, path, headers) for path in paths)
    return Cost(size, first, following)


def _ask(browser: Browser, path: str, headers: dict[str, str]) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as context:
        response = browser.get(path, headers=headers)
    return len(response.content), len(context)
