"""What all tests share: parts that may be missing, files of their own, a browser."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache

from search import spelling
from search.engines import choosing

pytest_plugins = ["tests.services", "tests.appendonly", "tests.ordering"]

# How long an example takes says nothing on a machine that others use too. All else is as usual: where CI is set,
# examples are the same each time.
hypothesis.settings.register_profile(
    "portal",
    parent=hypothesis.settings.default,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("portal")


def pytest_collection_finish() -> None:
    """What has been loaded stays for all tests: the collector does not look at it again and again, as in a worker of
    gunicorn.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> Path:
    """Private uploads, public files, attachments and the index of this test alone, under its temporary directory."""
    settings.MEDIA_ROOT = tmp_path / "private"
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    settings.SEARCH_INDEX_DIR = str(tmp_path / "search")
    public = settings.STORAGES["public"]
    options = public["OPTIONS"] | {"location": str(tmp_path / "public")}
    settings.STORAGES = settings.STORAGES | {"public": public | {"OPTIONS": options}}
    return tmp_path


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test sees what another has cached, or searches with its engines and vocabulary."""
    spelling.forget()
    yield
    choosing.forget()
    cache.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """The system's Chromium through Playwright; for tests marked needs_chromium."""
    from playwright.sync_api import expect, sync_playwright

    from tests.services import chromium

    # Playwright keeps an event loop in this thread, which makes Django refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # What is expected of a page is waited for as long as all else: how soon it comes says nothing of the portal on a
    # machine that others use too.
    expect.set_options(timeout=30_000)
    # Chromium's sandbox cannot be set up by root.
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    # Nothing of its own on the network while the pages' requests are counted.
    arguments += ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    arguments += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield running
        running.close()
