"""`manage.py restore FILE`: puts a backup back, whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal.core import archives, dumps, keepers
from portal.publication import replaying


class Command(BaseCommand):
    """Replaces the database, uploads, public files and attachments of cases by an archive's. Stop the portal before."""

    help = __doc__
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The archive, and whether to overwrite."""
        parser.add_argument("file", type=Path, help="an archive that `manage.py backup` has written")
        parser.add_argument("--force", action="store_true", help="replace what is there, and lose it")

    def handle(self, *, file: Path, force: bool, **options: object) -> None:
        """Verify everything beside the place where it belongs, then put it there, then verify the log."""
        targets = {
            "private": Path(settings.MEDIA_ROOT),
            "public": Path(settings.PUBLIC_ROOT),
            "attachments": Path(settings.ATTACHMENTS_ROOT),
        }
        if not force and (dumps.used() or any(map(_holds_files, targets.values()))):
            raise CommandError("The database or the file directories are in use. --force replaces what they hold.")
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as name:
            staged = Path(name)
            manifest = archives.unpack(file, staged)
            if manifest["database"] != connection.vendor:
                raise CommandError(f"The archive is of {manifest['database']}, this database is {connection.vendor}.")
            dumped = staged / dumps.NAMES[connection.vendor]
            if not dumped.exists():
                raise CommandError("The archive holds no database.")
            dumps.check(dumped)
            redactions, put_back = replaying.remember(), keepers.remember()
            with exchanged({staged / name: target for name, target in targets.items()}):
                dumps.load(dumped)
        # An older backup needs the migrations since; after them the log's triggers are put back.
        call_command("migrate", interactive=False, verbosity=0)
        self.redact_again(redactions)
        for each in put_back:
            each()
        call_command("verify_log", stdout=self.stdout)
        self.stdout.write(f"Restored the backup of {manifest['made_at']} (portal {manifest['portal']}).")
        self.stdout.write(f"It needs these settings from elsewhere: {', '.join(manifest['secrets'])}")

    def redact_again(self, redactions: list[replaying.Remembered]) -> None:
        """Repeat the redactions that are younger than the backup, revisions and uploads included."""
        for past in redactions:
            if versions := replaying.returned(past):
                words = [f"--date={past.document['date']}"]
                for name in ("ground", "authority"):
                    words.append(f"--{name}={past.document[name]['zh-Hant']}")
                    if english := past.document[name]["en"]:
                        words.append(f"--{name}-en={english}")
                numbers = ",".join(map(str, versions))
                # By name: the command is the editing side's, which this room does not know.
                call_command("publication", "redact", past.uid, f"--versions={numbers}", *words, stdout=self.stdout)
                self.stdout.write(f"Redacted again, as after the backup: {past.uid}, versions {numbers}")


def _holds_files(directory: Path) -> bool:
    return directory.is_dir() and any(path.is_file() for path in directory.rglob("*"))


@contextmanager
def exchanged(directories: dict[Path, Path]) -> Iterator[None]:
    """Put each staged directory in its target's place; if the body fails, put the old ones back."""
    aside = {target: target.with_name(f"{target.name}.before-restore") for target in directories.values()}
    for old in aside.values():
        if old.exists():
            raise CommandError(f"{old} is left from a restore that was cut off. Look at it, then move it away.")
    undo: list[Callable[[], object]] = []
    try:
        for staged, target in directories.items():
            staged.mkdir(exist_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target.rename(aside[target])
                undo.append(partial(aside[target].rename, target))
            shutil.move(staged, target)
            undo.append(partial(shutil.rmtree, target))
        yield
    except BaseException:
        for step in reversed(undo):
            step()
        raise
    for old in aside.values():
        shutil.rmtree(old, ignore_errors=True)
