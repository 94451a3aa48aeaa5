"""The file that a backup is: a .tar.gz of the database's dump, the uploads, the public files, and a manifest.

The manifest is the last member and lists every other one with its size and SHA-256. Reading an archive
unpacks it into a directory and compares all of it with the manifest before anybody may use it.
"""

import hashlib
import io
import json
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.management.base import CommandError

MANIFEST = "manifest.json"
FORMAT = 1
_BLOCK = 1 << 20


class _Hashing(io.RawIOBase):
    """Passes reads through, hashing what was read: what is hashed is what went into the archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


def write(path: Path, about: dict[str, Any], members: Iterator[tuple[str, Path]]) -> dict[str, Any]:
    """Write the archive with `members` (name, file) and return its manifest, which `about` is a part of.

    The archive appears under its name only once it is whole, and only its owner can read it.
    """
    listed: dict[str, dict[str, Any]] = {}
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.touch(mode=0o600, exist_ok=True)
    try:
        with tarfile.open(unfinished, "w:gz", compresslevel=6) as archive:
            for name, source in members:
                with source.open("rb") as file:
                    info = archive.gettarinfo(arcname=name, fileobj=file)
                    info.uid = info.gid = 0
                    info.uname = info.gname = ""
                    info.mode = 0o600
                    hashing = _Hashing(file)
                    archive.addfile(info, hashing)
                listed[name] = {"sha256": hashing.digest.hexdigest(), "size": info.size}
            manifest = {"format": FORMAT, **about, "members": listed}
            content = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size, info.mode, info.mtime = len(content), 0o600, int(time.time())
            archive.addfile(info, io.BytesIO(content))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def unpack(path: Path, directory: Path) -> dict[str, Any]:
    """Unpack the archive into `directory` and return its manifest; CommandError if anything is amiss."""
    found: dict[str, dict[str, Any]] = {}
    try:
        with tarfile.open(path, "r:gz") as archive:
            for info in archive:
                if info.name in found or not info.isreg() or not _safe(info.name):
                    raise CommandError(f"The archive has a member that does not belong there: {info.name}")
                found[info.name] = _extract(archive, info, directory / info.name)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise CommandError(f"The archive cannot be read: {error}") from error
    if MANIFEST not in found:
        raise CommandError("The archive has no manifest: it is incomplete, or not a backup of the portal.")
    del found[MANIFEST]
    try:
        manifest = json.loads((directory / MANIFEST).read_bytes())
        listed, version = manifest["members"], manifest["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError("The archive's manifest cannot be read.") from error
    if version != FORMAT:
        raise CommandError(f"The archive has format {version}; this version reads format {FORMAT}.")
    if differing := sorted(name for name in found.keys() | listed.keys() if found.get(name) != listed.get(name)):
        raise CommandError(f"The archive differs from its manifest: {', '.join(differing[:5])}")
    return manifest


def _safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts


def _extract(archive: tarfile.TarFile, info: tarfile.TarInfo, target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    content = archive.extractfile(info)
    assert content is not None, "a regular file has content"
    with content, target.open("wb") as file:
        while block := content.read(_BLOCK):
            digest.update(block)
            file.write(block)
    return {"sha256": digest.hexdigest(), "size": info.size}
