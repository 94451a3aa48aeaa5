"""Copies of the seeded records, as many as wanted: as Wagtail pages, and as documents in the log.

The pages are inserted in bulk, without revisions and signals; the documents are appended and made ready by the
publication's own functions. `differing` builds the documents of some pages anew, so that both sides hold the same.
"""

import copy
import json
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from wagtail.models import Page

from cms.base.context import DocumentContext
from cms.base.document import build, dates
from cms.base.models import CityLink, RecordPage, RelatedLink, page_model
from portal.core.batches import batches
from portal.publication import current, log
from portal.publication.citations import files
from portal.publication.models import Content, CurrentRecord, LogRow
from portal.publication.types import FRAME_TYPES, LISTED

#: What a copy's slug and uid have that the original's have not.
COPY = "-copy-"
#: Copies lie within so many days before their originals.
_DAYS = 3650
_BATCH = 500


@dataclass(frozen=True)
class Original:
    """A seeded record: its page and its document."""

    page: RecordPage
    document: dict[str, Any]


@dataclass(frozen=True)
class _Donor:
    """A picture as a page and as a document hold it, and how its English stands."""

    raw: dict[str, Any]
    picture: dict[str, Any]
    basis: dict[str, Any]
    state: str


def fill(wanted: int) -> None:
    """Publish copies until there are ``wanted`` public records, menus and banners not counted."""
    originals = list(_originals())
    donors = [_donor(each) for each in originals if each.document["media"]]
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC).exclude(type__in=FRAME_TYPES).count()
    chance = random.Random(1)
    pages, documents = [], []
    for number in range(wanted - public):
        original = originals[number % len(originals)]
        page, document = _copy(original, 1 + number // len(originals), chance, donors)
        pages.append(page)
        documents.append(document)
    with transaction.atomic():
        _insert(pages)
    with transaction.atomic():
        log.lock()
        log.append(
            log.Entry(document["uid"], document["type"], LogRow.Action.PUBLISH, document, frozenset(files(document)))
            for document in documents
        )
        current.refresh(document["uid"] for document in documents)


def differing(sample: int) -> list[str]:
    """The uids among some random records whose page does not give the document that is public."""
    uids = CurrentRecord.objects.filter(type__in=[kind.code for kind in LISTED]).values_list("uid", flat=True)
    wrong = []
    for uid in random.Random(2).sample(sorted(uids), sample):
        page = page_model(uid.partition(":")[0]).objects.get(uid=uid)
        stored = Content.objects.get(row=CurrentRecord.objects.get(uid=uid).row).document
        if build(page, DocumentContext(lambda _uid: True)) != json.loads(stored):
            wrong.append(uid)
    return wrong


def _originals() -> Iterator[Original]:
    """Every seeded record of the types that are listed."""
    for kind in LISTED:
        records = CurrentRecord.objects.filter(type=kind.code).select_related("row__content")
        documents = {record.uid: json.loads(record.row.content.document) for record in records}
        for page in page_model(kind.code).objects.order_by("uid"):
            yield Original(page, documents[page.uid])


def _donor(original: Original) -> _Donor:
    return _Donor(
        raw=dict(original.page.media.raw_data[0]),
        picture=original.document["media"][0],
        basis=original.page.translation_basis["media"],
        state=original.document["translation"]["en"]["media"],
    )


def _copy(
    original: Original, number: int, chance: random.Random, donors: list[_Donor]
) -> tuple[RecordPage, dict[str, Any]]:
    """A page and its document: another address, earlier dates, and always a picture."""
    page = copy.copy(original.page)
    page.slug = f"{original.page.slug}{COPY}{number}"
    page.uid = f"{page.record_type}:{page.slug}"
    page.url_path = f"{original.page.url_path.removesuffix('/').rpartition('/')[0]}/{page.slug}/"
    page.translation_key = uuid.uuid4()
    page.latest_revision_id = page.live_revision_id = None
    earlier = timedelta(days=chance.randrange(_DAYS))
    for name in ("date_start", "date_end"):
        if getattr(page, name, None):
            setattr(page, name, getattr(page, name) - earlier)
    document = original.document | {"uid": page.uid, "path": page.record_path, "dates": dates(page)}
    if not document["media"]:
        donor = chance.choice(donors)
        page.media = json.dumps([donor.raw])
        page.translation_basis = page.translation_basis | {"media": donor.basis}
        english = document["translation"]["en"] | {"media": donor.state}
        document |= {"media": [donor.picture], "translation": {"en": dict(sorted(english.items()))}}
    return page, document


def _insert(pages: list[RecordPage]) -> None:
    """Insert the pages below their originals' parents, with their links to other records."""
    links: dict[Any, dict[int, list[Any]]] = {model: defaultdict(list) for model in (CityLink, RelatedLink)}
    for model, found in links.items():
        for link in model.objects.all():
            found[link.page_id].append(link)
    by_parent: dict[str, list[RecordPage]] = defaultdict(list)
    for page in pages:
        by_parent[page.path[: -Page.steplen]].append(page)
    for path, children in by_parent.items():
        parent = Page.objects.get(path=path)
        last = parent.get_last_child()._get_lastpos_in_path()
        copied: dict[Any, list[Any]] = defaultdict(list)
        for position, page in enumerate(children, last + 1):
            original = page.pk
            page.path = Page._get_path(path, page.depth, position)
            page.pk = page.id = page.page_ptr_id = None
            for model, found in links.items():
                copied[model] += [(page, link) for link in found[original]]
        for batch in batches(children, _BATCH):
            _insert_batch(batch)
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(children))
        for model, pairs in copied.items():
            model.objects.bulk_create(_of_page(link, page) for page, link in pairs)


def _insert_batch(pages: Sequence[RecordPage]) -> None:
    """The rows of Wagtail's own table, then those of the type's, which Django does not insert in bulk by itself."""
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in columns}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.page_ptr_id = page.pk = row.pk
    model = type(pages[0])
    QuerySet(model)._insert(pages, fields=model._meta.local_concrete_fields, using="default")


def _of_page(link: Any, page: RecordPage) -> Any:
    link = copy.copy(link)
    link.pk, link.page_id = None, page.pk
    return link
