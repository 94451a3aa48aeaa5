"""The clock of a page, for tests of what waits for a pause."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page


@contextmanager
def stopped(page: Page) -> Iterator[None]:
    """Open a page in the block; from its end on its clock runs only when it is told to (``page.clock.run_for``): no
    pause of a busy machine is one of the reader's.
    """
    page.clock.install(time="2022-06-01")
    yield
    page.clock.pause_at("2022-06-02")
