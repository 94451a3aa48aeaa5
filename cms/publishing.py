"""The only exit of the editing side: from the state of pages to rows of the log.

`settle` runs at the end of a publishing scope. It takes the log's lock first and only then reads the touched pages
again, once: what another scope committed meanwhile is seen, what it commits later will see this. A page that is live
and public has its document appended unless the current one says the same; any other page has its record withdrawn if
there is one.
"""

import functools
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from cms.base.context import PublishingContext
from cms.base.document import build, objections
from cms.base.figures import Figures, public_source
from cms.base.members import Text
from cms.base.models import RecordPage, page_model
from cms.scope import Touched
from cms.touches import citing
from portal.publication import current, log
from portal.publication.models import Citation, Content, CurrentRecord, LogRow
from portal.publication.schemas import DocumentInvalid

_State = CurrentRecord.State


class PublicationError(Exception):
    """A record cannot be published as it stands. ``uid`` names it, ``problems`` are (path, message) pairs."""

    def __init__(self, uid: str, problems: list[tuple[str, str]]) -> None:
        self.uid = uid
        self.problems = problems
        super().__init__(
            f"{uid}: " + "; ".join(f"{path}: {message}" if path else message for path, message in problems)
        )

    @classmethod
    def invalid(cls, uid: str, error: ValidationError) -> "PublicationError":
        """The same for a page that its own checks refuse."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        problems = [(field, message) for field, messages in by_field.items() for message in messages]
        return cls(uid, [("" if field == NON_FIELD_ERRORS else field, message) for field, message in problems])


@dataclass
class _Known:
    """A record as the log has it: its state, and its current document if it is public."""

    state: str
    document: dict[str, Any] | None


def settle(touched: Touched) -> list[LogRow]:
    """Bring the log up to the state of the touched pages; return the rows appended."""
    log.lock()
    pages = _records(_page_ids(touched))
    gone = {uid: kind for uid, kind in touched.deleted.items() if not _still_there(uid, kind)}
    appended = _append(pages, gone, renewed=touched.published)
    # Others may cite a record from its first version on, and a figure once its dataset has it.
    published = {row.uid for row in appended if row.version == 1 or row.type == "dataset"}
    cited = [page for page in pages if page.uid in published]
    if cited:
        citing_pages = set().union(*(citing(page.page_ptr) for page in cited)) - {page.pk for page in pages}
        appended += _append(_records(citing_pages), {}, renewed=())
    if appended:
        current.refresh({row.uid for row in appended})
        _refuse_shared_addresses({row.uid for row in appended})
    return appended


def is_public(page: Page, restricted: Iterable[str]) -> bool:
    """Whether a page is live and neither it nor an ancestor is private; ``restricted`` are the tree paths of private
    pages.
    """
    return page.live and not any(page.path.startswith(path) for path in restricted)


def restricted_paths() -> list[str]:
    """The tree paths of all pages that have a view restriction."""
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def _page_ids(touched: Touched) -> set[int]:
    ids = set(touched.pages)
    roots = Page.objects.filter(pk__in=touched.subtrees)
    below = Q()
    for path in roots.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    if below:
        ids |= set(Page.objects.filter(below).values_list("pk", flat=True))
    return ids | _citing_in_the_log(touched.deleted)


def _citing_in_the_log(uids: Iterable[str]) -> set[int]:
    """The pages whose current documents cite one of these. Wagtail's index of references, which is brought up to date
    after the commit, may not know them yet.
    """
    sources = set(Citation.objects.filter(target__in=list(uids)).values_list("source", flat=True))
    types = {uid.partition(":")[0] for uid in sources}
    return {
        pk for kind in types for pk in page_model(kind).objects.filter(uid__in=sources).values_list("pk", flat=True)
    }


def _records(ids: Iterable[int]) -> list[RecordPage]:
    pages = Page.objects.filter(pk__in=list(ids)).order_by("path").specific()
    return [page for page in pages if isinstance(page, RecordPage)]


def _still_there(uid: str, record_type: str) -> bool:
    model = page_model(record_type)
    return model.objects.filter(uid=uid).exists()


def _append(pages: list[RecordPage], gone: dict[str, str], *, renewed: Collection[int]) -> list[LogRow]:
    """Append what these pages and records that are gone come to. Pages whose id is in ``renewed`` are being published
    again: they take their figures anew, from the datasets, which are appended before them.
    """
    known = _known([*(page.uid for page in pages), *gone])
    restricted = restricted_paths()
    public = {page.uid for page in pages if is_public(page, restricted)}

    def append(those: Iterable[RecordPage], gone: dict[str, str]) -> list[LogRow]:
        source = functools.cache(public_source)
        entries = []
        for page in those:
            before = known.get(page.uid)
            if page.uid in public:
                figures = Figures(page.uid, source, is_renewed=page.pk in renewed)
                entry = _publication(page, before, public, figures)
            else:
                note = Text("withdrawal_note").value(page, None)
                entry = _withdrawal(page.uid, page.record_type, before, note=note)
            entries.append(entry)
        entries += [_withdrawal(uid, kind, known.get(uid), note=None) for uid, kind in sorted(gone.items())]
        return log.append([entry for entry in entries if entry])

    try:
        datasets = append([page for page in pages if page.record_type == "dataset"], gone)
        return datasets + append([page for page in pages if page.record_type != "dataset"], {})
    except DocumentInvalid as invalid:
        raise PublicationError(invalid.uid, invalid.problems) from invalid


def _publication(page: RecordPage, known: _Known | None, public: set[str], figures: Figures) -> log.Entry | None:
    """What to append for a public page; None where the current document says the same.

    The note on a change belongs to one version, but stays in the page's field: one that only repeats the record's last
    note is not said again.
    """
    context = PublishingContext(lambda uid: uid in public or LogRow.objects.filter(uid=uid).exists(), figures)
    document = build(page, context)
    before = known.document if known else None
    says_the_same = before is not None and {**document, "change_note": None} == {**before, "change_note": None}
    if says_the_same and not context.figures.problems:
        return None
    if problems := objections(page, document, context):
        raise PublicationError(page.uid, problems)
    if document["change_note"] and document["change_note"] == _last_note(page.uid):
        document["change_note"] = None
    return log.Entry(page.uid, page.record_type, LogRow.Action.PUBLISH, document, frozenset(context.files))


def _last_note(uid: str) -> dict[str, str | None] | None:
    """The last note on a change that any version of a record bears."""
    versions = Content.objects.filter(row__uid=uid, row__action=LogRow.Action.PUBLISH).order_by("-row_id")
    documents = versions.values_list("document", flat=True).iterator()
    return next((note for document in documents if (note := json.loads(document)["change_note"])), None)


def _withdrawal(
    uid: str, record_type: str, known: _Known | None, *, note: dict[str, str | None] | None
) -> log.Entry | None:
    if known is None or known.state != _State.PUBLIC:
        return None
    return log.Entry(uid, record_type, LogRow.Action.WITHDRAW, {"note": note})


def _known(uids: list[str]) -> dict[str, _Known]:
    records = CurrentRecord.objects.filter(uid__in=uids).select_related("row__content")
    return {
        record.uid: _Known(
            record.state, json.loads(record.row.content.document) if record.state == _State.PUBLIC else None
        )
        for record in records
    }


def _refuse_shared_addresses(uids: set[str]) -> None:
    mine = CurrentRecord.objects.filter(uid__in=uids, path__isnull=False)
    for uid, path in mine.values_list("uid", "path"):
        # Only public records have a path. Were the state asked for too, SQLite would walk through all that are public.
        if CurrentRecord.objects.filter(path=path).exclude(uid=uid).exists():
            raise PublicationError(
                uid, [("path", _("Another public record has the address %(path)s.") % {"path": path})]
            )
