"""The scratch database of the benchmark: seeded, then filled with copies; kept under ``var/bench`` for the next run."""

import hashlib
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
_HOME = BASE_DIR / "var" / "bench"
_SOURCES = ("fixtures", "cms", "portal/core", "portal/publication", "portal/statistics", "scripts/bench/copies.py")
_FILES = ("*.py", "*.yaml", "*.csv", "*.json")
_SAMPLE = 40


class NotScratch(Exception):
    """The database that DATABASE_URL names holds something that is not the benchmark's."""


def choose(records: int) -> Path:
    """Point the environment to the scratch directory for so many records of this code and these fixtures; return it.

    To be called before the settings are read.
    """
    kind = "other" if os.environ.get("DATABASE_URL") else "own"
    directory = _HOME / f"{_digest()}-{records}-{kind}"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "scripts.bench.settings",
        "PORTAL_ENV": "development",
        "DATA_DIR": str(directory),
    }
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = f"sqlite:///{directory / 'db.sqlite3'}"
    return directory


def prepare(directory: Path, records: int, say: Callable[[str], None]) -> None:
    """Make the data unless they are there. Raises `NotScratch`."""
    from django.core.management import call_command

    from portal.publication.models import CurrentRecord, LogRow
    from scripts import preparation

    done = directory / "done"
    call_command("migrate", interactive=False, verbosity=0)
    preparation.collect_static()
    mark = f"{records} {environ.Env.db_url_config(os.environ['DATABASE_URL'])['NAME']}"
    if done.exists() and done.read_text("utf-8") == mark and CurrentRecord.objects.count() >= records:
        return
    if LogRow.objects.exists():
        raise NotScratch("DATABASE_URL must name an empty database, or the one of the last run.")
    for name in ("private", "public"):
        shutil.rmtree(directory / name, ignore_errors=True)
    _make(records, say)
    done.write_text(mark, "utf-8")


def _make(records: int, say: Callable[[str], None]) -> None:
    from django.core.management import call_command
    from django.db import connection

    from scripts.bench import copies, views
    from scripts.bench.wagtail_api import make_renditions

    say("seeding")
    call_command("seed", stdout=io.StringIO())
    say("making renditions of the pictures")
    call_command("follow", once=True)
    make_renditions()
    say(f"publishing copies, up to {records} records")
    copies.fill(records)
    if wrong := copies.differing(min(_SAMPLE, records // 4)):
        raise RuntimeError(f"pages and documents differ: {', '.join(wrong)}")
    with connection.schema_editor() as editor:
        editor.create_model(views.StoredPage)
    if connection.vendor == "postgresql":
        # What autovacuum would do within a minute.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def forget_others(directory: Path) -> None:
    """Delete the scratch directories of other code and other fixtures."""
    digest = directory.name.partition("-")[0]
    for other in _HOME.iterdir() if _HOME.exists() else ():
        if other.is_dir() and not other.name.startswith(digest):
            shutil.rmtree(other)


def _digest() -> str:
    total = hashlib.sha256()
    for source in _SOURCES:
        top = BASE_DIR / source
        found = [top] if top.is_file() else [path for pattern in _FILES for path in top.rglob(pattern)]
        for path in sorted(found):
            total.update(f"{path.relative_to(BASE_DIR)}\n".encode() + path.read_bytes())
    return total.hexdigest()[:16]
