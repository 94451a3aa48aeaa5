"""Redacting a record on the editing side too: its pages, revisions, history and uploads follow the log's content.

If the version that is public is among those taken out, the page itself goes; otherwise it keeps its live state alone,
without older revisions or drafts, since any of them may repeat the words.
"""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.admin.models import FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from cms.base.members import Text
from cms.base.models import page_model
from cms.headless import drafts
from cms.scope import publishing_scope
from cms.seeding.models import SeededRecord
from portal.core.canonical import sha256_hex
from portal.core.languages import CHINESE
from portal.publication import redaction
from portal.publication.models import Content, FileUse, LogRow, PublicFile
from portal.publication.types import TYPES
from portal.statistics.kept import erase


def redact_record(
    uid: str, versions: list[int] | None, *, ground: dict[str, str | None], authority: dict[str, str | None], date: str
) -> LogRow:
    """Redact these versions of a record, or all of them, and return the row that says so.

    Raises ValueError where there is nothing of that kind to redact, or where the page would take others with it;
    nothing has changed then.
    """
    with publishing_scope():
        record_type = uid.partition(":")[0]
        page = page_model(record_type).objects.filter(uid=uid).first() if record_type in TYPES else None
        rows = LogRow.objects.filter(uid=uid, redaction__isnull=True).exclude(action=LogRow.Action.REDACT)
        if versions is not None:
            rows = rows.filter(version__in=versions)
        covered = list(rows.order_by("seq").select_related("content"))
        if not covered or (versions is not None and len(covered) != len(set(versions))):
            raise ValueError(f"{uid} has no such versions to redact")
        latest = LogRow.objects.filter(uid=uid, action=LogRow.Action.PUBLISH).order_by("-seq").first()
        seqs = [row.seq for row in covered]
        whole = latest is None or latest.seq in seqs
        if page and whole and not page.is_leaf():
            raise ValueError(f"{uid} has pages below it, which would go with it: move them first")
        going = _files_used_only_by(seqs)
        uploads = _uploads_of(going, page)
        _forget_history(page, covered)
        tables = {digest for each in covered if (digest := _table_of(each))}
        row = redaction.redact(uid, seqs, ground=ground, authority=authority, date=date)
        if page:
            _purge(page, whole=whole)
        for digest in sorted(tables):
            if not _is_table_used(digest):
                erase(digest)
        for upload in uploads:
            upload.delete()
        return row


def _files_used_only_by(seqs: list[int]) -> set[str]:
    used = set(FileUse.objects.filter(row__in=seqs).values_list("file_id", flat=True))
    return used - set(FileUse.objects.filter(file__in=used).exclude(row__in=seqs).values_list("file_id", flat=True))


def _table_of(row: LogRow) -> str | None:
    """The digest of the table that a version of a dataset holds."""
    return (json.loads(row.content.document).get("table") or {}).get("digest")


def _is_table_used(digest: str) -> bool:
    """Whether another version, a page or a draft holds a table."""
    return (
        Content.objects.filter(document__contains=digest).exists()
        or page_model("dataset").objects.filter(table_digest=digest).exists()
        or Revision.objects.filter(content__table_digest=digest).exists()
    )


def _uploads_of(going: set[str], page: Any) -> list[Any]:
    """The images and documents with one of these contents that no other page uses, whether or not the record still
    shows them.
    """
    sizes = set(PublicFile.objects.filter(pk__in=going).values_list("size", flat=True))
    found = []
    for model in (get_image_model(), get_document_model()):
        for upload in model.objects.filter(Q(file_size__in=sizes) | Q(file_size=None)) if sizes else ():
            with upload.file.open("rb") as source:
                held = sha256_hex(source.read()) in going
            others = ReferenceIndex.get_references_to(upload).exclude(object_id=str(page.pk if page else ""))
            if held and not others.exists():
                found.append(upload)
    return found


def _forget_history(page: Any, rows: list[LogRow]) -> None:
    """Take titles out of the history of the record's page, and of pages that were moved or copied below or from it. One
    that was deleted is found by the titles themselves.
    """
    pages = [page.pk] if page else []
    if not page:
        documents = [json.loads(row.content.document) for row in rows if row.action == LogRow.Action.PUBLISH]
        entries = PageLogEntry.objects.filter(label__in={document["title"][CHINESE] for document in documents})
        pages = list(entries.exclude(page__in=Page.objects.all()).values_list("page", flat=True))
    PageLogEntry.objects.filter(page__in=pages).update(label=rows[0].uid, data={})
    for role in ("page", "source", "destination"):
        for entry in PageLogEntry.objects.filter(**{f"data__{role}__id__in": pages}):
            entry.data[role]["title"] = rows[0].uid
            # Not by `save`: the entry's own page may be gone, which its validation refuses.
            PageLogEntry.objects.filter(pk=entry.pk).update(data=entry.data)


def _purge(page: Any, *, whole: bool) -> None:
    revisions = Revision.objects.filter(object_id=str(page.pk)).filter(
        Q(content_type=page.content_type) | Q(base_content_type=page.cached_content_type)
    )
    SeededRecord.objects.filter(uid=page.uid).delete()
    # What Wagtail keeps of a form that was looked at in the preview.
    page_type = ContentType.objects.get_for_model(page, for_concrete_model=False)
    FormState.objects.filter(content_type=page_type, object_id=str(page.pk)).delete()
    drafts.end_of_page(page)
    if whole:
        page.live_revision = page.latest_revision = None
        revisions.delete()
        page.delete()
        PageLogEntry.objects.filter(page=page.pk).update(label=page.uid, data={})
        return
    revisions.exclude(pk=page.live_revision_id).delete()
    page.latest_revision_id = page.live_revision_id
    page.has_unpublished_changes = False
    page.draft_title = page.title
    # Notes speak of other versions; said again, they would repeat what was taken out.
    for note in ("change_note", "withdrawal_note"):
        Text(note).assign(page, None, None)
    page.save()
    if live := page.live_revision:
        live.content, live.object_str = page.serializable_data(), str(page)
        live.save()
