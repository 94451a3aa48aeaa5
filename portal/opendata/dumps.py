"""Bulk dumps: every public record, the whole log, and where the log stood, each as a file.

``records.jsonl.gz`` has the public records as the API serves them, menus and banners included, so that it can be
compared with the log; ``changes.jsonl.gz`` has the rows of the log as the API gives them, from the first to the one
that ``head.json`` names; ``SHA256SUMS`` has the digests of the three, for ``sha256sum --check``. All are of one moment.
The same records and rows make the same bytes.
"""

import gzip
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from portal.core.canonical import sha256_hex, sha256_of
from portal.core.moments import one_moment
from portal.opendata import snapshots
from portal.opendata.models import Snapshot
from portal.opendata.snapshots import Written
from portal.publication import log, rows, selectors
from portal.publication.models import LogRow

KIND = "dump"
RECORDS, CHANGES, HEAD, SUMS = "records.jsonl.gz", "changes.jsonl.gz", "head.json", "SHA256SUMS"
#: File name → format and media type, in the order in which they are listed.
NAMES = {
    RECORDS: ("records", "application/gzip"),
    CHANGES: ("changes", "application/gzip"),
    HEAD: ("head", "application/json"),
    SUMS: ("sums", "text/plain"),
}
_CHUNK = 500


def due() -> bool:
    """Whether there is no dump that may be served, or the day has ended on which the latest was made."""
    dump = snapshots.standing(KIND)
    return dump is None or timezone.localdate(dump.made_at) < timezone.localdate()


def make() -> Snapshot:
    """Dump the records and the log as they are now. Where that is what the latest dump holds, that one is returned."""
    with tempfile.TemporaryDirectory() as folder:
        written = [Written(*NAMES[name], Path(folder, name)) for name in NAMES]
        paths = {each.path.name: each.path for each in written}
        with one_moment():
            seq = selectors.head().seq
            records = _write_records(paths[RECORDS])
            _write_changes(paths[CHANGES], seq)
            paths[HEAD].write_text(f"{json.dumps(_head(seq), indent=1)}\n", "utf-8")
        sums = "".join(f"{sha256_of(paths[name])}  {name}\n" for name in NAMES if name != SUMS)
        paths[SUMS].write_text(sums, "utf-8")
        state = sha256_hex(sums.encode())
        latest = snapshots.latest(KIND)
        if latest is not None and snapshots.confirm(KIND, seq=seq, state=state):
            return latest
        return snapshots.keep(KIND, written, seq=seq, state=state, records=records)


def _head(seq: int) -> dict[str, str | int | None]:
    """Where the log stands: its last row's number, hash and moment; the beginning of the chain before the first row."""
    row = LogRow.objects.filter(seq=seq).first()
    if row is None:
        return {"seq": 0, "hash": rows.GENESIS, "published_at": None}
    return {"seq": seq, "hash": rows.row_hash(log.members(row)), "published_at": row.published_at}


def _write_records(path: Path) -> int:
    count = 0
    with _lines(path) as write:
        for record in selectors.public_records():
            write(record.text)
            count += 1
    return count


def _write_changes(path: Path, until: int) -> None:
    after = 0
    with _lines(path) as write:
        while changes := selectors.changes(after, _CHUNK, until=until):
            for change in changes:
                write(change.json())
            after = changes[-1].members["seq"]


@contextmanager
def _lines(path: Path) -> Iterator:
    """A compressed file of lines, which does not tell when it was made; what it gives writes one."""
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as lines,
    ):
        yield lambda line: lines.write(f"{line}\n".encode())
