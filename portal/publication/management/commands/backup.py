"""`manage.py backup FILE`: everything that cannot be made again, in one file."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from portal import __version__
from portal.core import archives, dumps

# Needed to run what is restored; their values must be kept elsewhere.
_SECRETS = ["SECRET_KEY", "PERSONAL_DATA_KEYS", "PERSONAL_INDEX_KEYS", "DATABASE_URL", "EMAIL_URL"]


class Command(BaseCommand):
    """Writes the database, uploads, public files and attachments to a .tar.gz; the portal may go on running."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The file to write."""
        parser.add_argument("file", type=Path, help="the archive to write, ending in .tar.gz; must not exist yet")

    def handle(self, *, file: Path, **options: object) -> None:
        """Dump the database first: a file that the dump names is then there, unless it was deleted since."""
        if file.exists():
            raise CommandError(f"{file} exists already.")
        if not file.parent.is_dir():
            raise CommandError(f"{file.parent} is not a directory.")
        about = {
            "portal": __version__,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "secrets": _SECRETS,
        }
        with tempfile.TemporaryDirectory(dir=file.parent) as directory:
            dumped = Path(directory, dumps.NAMES[connection.vendor])
            dumps.dump(dumped)
            manifest = archives.write(file, about, self.members(dumped))
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"{file}: {len(manifest['members'])} members, {size:.1f} MB")
        self.stdout.write(f"Not included, keep them elsewhere: {', '.join(_SECRETS)}")

    def members(self, dumped: Path) -> Iterator[tuple[str, Path]]:
        """Name in the archive and file, for everything that a backup holds."""
        yield dumped.name, dumped
        roots = {
            "private": settings.MEDIA_ROOT,
            "public": settings.PUBLIC_ROOT,
            # Encrypted, as the personal data in the database is.
            "attachments": settings.ATTACHMENTS_ROOT,
        }
        for name, root in ((name, Path(root)) for name, root in roots.items()):
            for path in sorted(root.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    yield f"{name}/{path.relative_to(root).as_posix()}", path
