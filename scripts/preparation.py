"""What must be true before the portal serves, made true with as little work as possible.

Each step first looks whether it is needed, so that a second start takes seconds. What cannot be read from the
database itself is remembered as a digest under DATA_DIR.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.core import synthetic

_STATIC_SOURCES = ("themes/*/static", "portal/*/static", "cms/static", "requirements.txt")
_SEED_SOURCES = ("fixtures", "cms", "portal/publication", "portal/statistics")


def prepare() -> None:
    """Migrate, seed and collect static files, each only if something changed. Raises `synthetic.NotSynthetic` for a
    database that is not this portal's, before anything is written into it.
    """
    synthetic.check()
    migrate()
    seed()
    collect_static()


def migrate() -> None:
    """Apply the migrations that are missing, if any."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=1)


def seed() -> None:
    """Publish the fixtures if they, or the code that publishes them, changed, or if the log is empty."""
    digest = digest_of(_SEED_SOURCES)
    if remembered("seed") != digest or not apps.get_model("publication", "LogRow").objects.exists():
        call_command("seed")
        remember("seed", digest)


def collect_static() -> None:
    """Collect and compress the static files if theirs or a library's changed, or if another theme was chosen.

    What was collected is remembered beside it: the folder may serve other data by and by.
    """
    digest = f"{settings.PORTAL_THEME} {digest_of(_STATIC_SOURCES)}"
    collected = Path(settings.STATIC_ROOT, "sources.digest")
    if not collected.exists() or collected.read_text("utf-8") != digest:
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write_text(digest, "utf-8")


def digest_of(patterns: Iterable[str]) -> str:
    """A digest over the names and contents of the files that the patterns find below the project."""
    total = hashlib.sha256()
    for pattern in patterns:
        for top in sorted(settings.BASE_DIR.glob(pattern)):
            for path in sorted([top] if top.is_file() else top.rglob("*")):
                if path.is_file() and path.suffix != ".pyc":
                    total.update(str(path.relative_to(settings.BASE_DIR)).encode())
                    total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def remembered(name: str) -> str | None:
    """The digest of the last time the step was done, or None."""
    path = Path(settings.DATA_DIR, f"{name}.digest")
    return path.read_text(encoding="ascii") if path.exists() else None


def remember(name: str, digest: str) -> None:
    """Keep the digest of a step that is done."""
    Path(settings.DATA_DIR, f"{name}.digest").write_text(digest, encoding="ascii")
