"""Record collections: all public records of a type as files, each record in one line.

The JSON Lines hold the records as the API serves them; the CSVs what of them is flat (`record_columns`). A collection
is one moment's: its files agree with each other and with a state of the log.
"""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from portal.core.languages import CHINESE, ENGLISH
from portal.core.moments import one_moment
from portal.opendata import snapshots
from portal.opendata.models import Snapshot
from portal.opendata.record_columns import program_columns, spreadsheet_columns
from portal.opendata.snapshots import Written
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.types import LISTED, RecordType

#: Another number makes all collections anew: what their files look like has changed.
_FORM = 1


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a collection: its code, media type, what follows the name of the type in the file's name, and the
    language where it has one.
    """

    code: str
    type: str
    ending: str
    language: str | None = None

    @property
    def extension(self) -> str:
        """What the file's name ends with, without the dot."""
        return self.ending.rpartition(".")[2]

    def filename(self, record_type: RecordType) -> str:
        """What the file of a type is called."""
        return f"{record_type.plural}{self.ending}"

    def latest(self, record_type: RecordType) -> str:
        """The address that leads to the latest file of a type, as long as one may be served."""
        return f"/data/collections/{self.filename(record_type)}"


#: Code → format, in the order in which they are offered.
FORMATS = {
    each.code: each
    for each in (
        Format("jsonl", "application/jsonl", ".jsonl"),
        Format("csv", "text/csv", ".csv"),
        *(Format(f"csv-{tag.lower()}", "text/csv", f"-{tag.lower()}.csv", tag) for tag in (CHINESE, ENGLISH)),
    )
}
#: File name → record type and format.
NAMES = {each.filename(kind): (kind, each) for kind in LISTED for each in FORMATS.values()}


def states() -> dict[str, str]:
    """Record type → the digest of which of its records are public and how they are served. One query for all types."""
    digests = {kind.code: _Digest() for kind in LISTED}
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, type__in=digests)
    # Databases differ in how they sort texts.
    for uid, code, etag in sorted(public.values_list("uid", "type", "etag")):
        digests[code].add(uid, etag)
    return {code: digest.hex() for code, digest in digests.items()}


def make(record_type: RecordType) -> Snapshot:
    """Write the files of a type's collection as it is now, and make them the latest."""
    digest = _Digest()
    with tempfile.TemporaryDirectory() as folder:
        written = [Written(each.code, each.type, Path(folder, each.filename(record_type))) for each in FORMATS.values()]
        with one_moment(), _writing(record_type, written) as add:
            seq = selectors.head().seq
            for served in selectors.public_records((record_type.code,)):
                digest.add(served.uid, served.etag)
                row = {"seq": served.seq, "commitment": served.commitment}
                add(served.text, orjson.loads(served.text) | row)
        return snapshots.keep(record_type.code, written, seq=seq, state=digest.hex(), records=digest.count)


class _Digest:
    """A digest over records as they are added, in the order of their uids, and their number."""

    def __init__(self) -> None:
        # Whole addresses are in the files.
        self._digest = hashlib.sha256(f"{_FORM} {settings.BASE_URL}\n".encode())
        self.count = 0

    def add(self, uid: str, etag: str) -> None:
        self._digest.update(f"{uid} {etag}\n".encode())
        self.count += 1

    def hex(self) -> str:
        return self._digest.hexdigest()


@contextmanager
def _writing(record_type: RecordType, written: Sequence[Written]) -> Iterator[Callable[[str, Mapping[str, Any]], None]]:
    """The files of a collection, open; what it gives adds a record to all of them: its JSON text, and its cells."""
    with ExitStack() as stack:
        lines = stack.enter_context(written[0].path.open("wb"))
        tables = []
        for each in written[1:]:
            language = FORMATS[each.format].language
            columns = spreadsheet_columns(record_type.code, language) if language else program_columns(record_type.code)
            encoding = "utf-8-sig" if language else "utf-8"
            file = stack.enter_context(each.path.open("w", encoding=encoding, newline=""))
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.header for column in columns])
            tables.append((writer, columns))

        def add(text: str, record: Mapping[str, Any]) -> None:
            lines.write(text.encode() + b"\n")
            for writer, columns in tables:
                writer.writerow([column.cell(record) for column in columns])

        yield add
