"""Which parts this machine has, and what happens to tests that need a missing one.

A test names what it needs by a marker. Where the part is missing the test is left out, and one line at the
end of the run names what was left out; with REQUIRE_SERVICES=1 it fails instead. Tests for the other database
belong to the other run: POSTGRESQL_URL says that there is one.
"""

import functools
import os
import shutil
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from scripts.elastic.places import java_home
from scripts.elastic.problems import Problem

_LEFT_OUT = "left out: needs "
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """The path of Chromium: CHROMIUM if it is set, otherwise what is on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)


@functools.cache
def elasticsearch() -> bool:
    """Whether ELASTICSEARCH_URL is set and answers."""
    address = os.environ.get("ELASTICSEARCH_URL")
    if not address:
        return False
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


@functools.cache
def java() -> Path | None:
    """The program, where a Java that Elasticsearch and the validator run on is installed."""
    try:
        return java_home() / "bin" / "java"
    except Problem:
        return None


#: Marker → (name of the part, whether it is here, whether another run has it).
PARTS = {
    "needs_postgresql": (
        "PostgreSQL",
        lambda: connection.vendor == "postgresql",
        lambda: bool(os.environ.get("POSTGRESQL_URL")),
    ),
    "needs_sqlite": ("SQLite", lambda: connection.vendor == "sqlite", lambda: True),
    "needs_elasticsearch": ("Elasticsearch", elasticsearch, lambda: False),
    "needs_libreoffice": ("LibreOffice", lambda: shutil.which("soffice") is not None, lambda: False),
    "needs_java": ("Java", lambda: java() is not None, lambda: False),
    "needs_curl": ("curl", lambda: shutil.which("curl") is not None, lambda: False),
    "needs_chromium": ("Chromium", lambda: chromium() is not None, lambda: False),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the test out, or fail it, when a part that it needs is missing."""
    for marker, (name, present, elsewhere) in PARTS.items():
        if item.get_closest_marker(marker) and not present():
            if os.environ.get("REQUIRE_SERVICES") == "1" and not elsewhere():
                pytest.fail(f"{name} is missing and REQUIRE_SERVICES=1", pytrace=False)
            pytest.skip(f"{_LEFT_OUT}{name}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line that names the parts whose tests were left out, if any were."""
    counts: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        if _LEFT_OUT in reason:
            counts[reason.split(_LEFT_OUT, 1)[1]] += 1
    if counts:
        parts = ", ".join(f"{name} ({number} tests)" for name, number in sorted(counts.items()))
        required = os.environ.get("REQUIRE_SERVICES") == "1"
        rest = "Another run has them." if required else "REQUIRE_SERVICES=1 makes them fail."
        terminalreporter.write_line(f"Left out for want of: {parts}. {rest}")
