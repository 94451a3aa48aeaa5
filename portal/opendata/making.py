"""The consumer that makes the files of every published version of a dataset.

A file is written to a temporary place, filed under its SHA-256, and noted as a use by its version, all before anybody
can ask for it; a version that is redacted meanwhile gets none. What is there already is not made again. Once something
was made, the head's stamp changes, so that no page goes on without it.
"""

import json
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.opendata.formats import Format, offered
from portal.opendata.models import Distribution, Making
from portal.opendata.punctuality import newest_period
from portal.publication import current, files, log
from portal.publication.consumers import Consumer
from portal.publication.models import Content, FileUse, LogRow, PublicFile
from portal.statistics.kept import columns_of

logger = logging.getLogger(__name__)

Report = Callable[[int, int], None]


def follow(rows: Sequence[LogRow]) -> None:
    """Make the files of the datasets that these rows publish."""
    for row in rows:
        if row.type == "dataset" and row.action == LogRow.Action.PUBLISH:
            make(row)


def make(row: LogRow, report: Report = lambda _done, _of: None) -> None:
    """Make what is missing of the files of a dataset's version. ``report`` is told how many of how many formats are
    done.
    """
    version = version_of(row)
    if version is None:
        return
    wanted = offered(version["table"]["rows"])
    there = {each.format: each.file for each in Distribution.objects.filter(row=row).select_related("file")}
    missing = [each for each in wanted if each.code not in there]
    making, _created = Making.objects.update_or_create(row=row, defaults={"of": len(wanted), "problem": ""})
    try:
        columns = columns_of(version["table"]["digest"])
        Making.objects.filter(pk=making.pk).update(newest_period=newest_period(columns))
        for done, each in enumerate(wanted):
            report(done, len(wanted))
            Making.objects.filter(pk=making.pk).update(done=done)
            if each.code not in there:
                there[each.code] = _make(row, {**version, "addresses": _relative(there)}, each, columns)
    except Exception as fault:
        Making.objects.filter(pk=making.pk).update(problem=f"{type(fault).__name__}: {fault}"[:500])
        raise
    Making.objects.filter(pk=making.pk).update(done=len(wanted))
    if missing:
        with transaction.atomic():
            log.lock()
            current.refresh([row.uid])
    report(len(wanted), len(wanted))


def version_of(row: LogRow) -> Mapping[str, Any] | None:
    """The document that a row published, with ``version`` and ``published_at``; None once it is redacted."""
    content = Content.objects.filter(row=row).values_list("document", flat=True).first()
    if content is None:
        return None
    return json.loads(content) | {"version": row.version, "published_at": row.published_at}


def _relative(made: Mapping[str, PublicFile]) -> dict[str, str]:
    """The addresses of the files made so far, relative to any other's."""
    return {code: f"../{file.sha256}/{file.name.rpartition('/')[2]}" for code, file in made.items()}


def _make(row: LogRow, version: Mapping[str, Any], wanted: Format, columns: Any) -> PublicFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, wanted.filename(version))
        wanted.write(path, columns, version)
        file = files.keep(path, media_type=wanted.media_type)
    with transaction.atomic():
        # Under the lock nobody is about to redact the version.
        log.lock()
        if Content.objects.filter(row=row).exists():
            FileUse.objects.get_or_create(file=file, row=row)
            Distribution.objects.get_or_create(row=row, format=wanted.code, defaults={"file": file})
        elif not FileUse.objects.filter(file=file).exists():
            transaction.on_commit(lambda: files.remove(file.sha256))
    return file


CONSUMER = Consumer("open-data", follow, batch=10)
