"""Processes of the portal's own beside the tests, on the tests' database and files."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The DATABASE_URL of the database that the tests use now."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    account = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    return f"postgresql://{account}/{database['NAME']}"


def environment(data: Path, given: Mapping[str, str]) -> dict[str, str]:
    """What such a process finds in its environment: ``data`` is its directory for files."""
    return os.environ | {"DATABASE_URL": database_url(), "DATA_DIR": str(data), "PORTAL_ENV": "test", **given}


@contextmanager
def following(data: Path, **given: str) -> Iterator["subprocess.Popen[bytes]"]:
    """``manage.py follow`` with these variables; it is killed at the end where it still runs."""
    with (data / "follow.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "follow"],
            cwd=settings.BASE_DIR,
            env=environment(data, {"DJANGO_SETTINGS_MODULE": "portal.settings", **given}),
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
