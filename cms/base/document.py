"""From a page to its document: common members here, a type's own from its family's ``document.py``. Nothing is
written.
"""

import importlib
from collections.abc import Sequence
from typing import Any

from cms.base.context import DocumentContext, TextContext
from cms.base.figures import Figures
from cms.base.members import Body, Items, Member, Text
from cms.base.translation_state import states
from portal.publication import schemas
from portal.publication.types import TYPES

COMMON: tuple[Member, ...] = (
    Text("title", field="headline"),
    Text("summary"),
    Body("body"),
    Items("media"),
    Items("source"),
    Text("change_note"),
)
_UNDATED = {"start": None, "end": None, "ongoing": False, "precision": "undated"}


def own_members(record_type: str) -> Sequence[Member]:
    """The members that a type has besides the common ones."""
    if TYPES[record_type].frame:
        return getattr(importlib.import_module("cms.frame.document"), f"{record_type.upper()}_MEMBERS")
    return importlib.import_module(f"cms.{TYPES[record_type].plural}.document").MEMBERS


def field_of(record_type: str, path: str) -> str:
    """The field of a page, without its language, that a path into its document leads to."""
    stems = {member.name: member.stem for member in (*COMMON, *own_members(record_type))} | {"dates": "date_start"}
    name = path.partition("/")[0]
    return stems.get(name, name)


def build(page: Any, context: DocumentContext) -> dict[str, Any]:
    """The document of a page as it stands, saved or not. It is not validated here."""
    members = {member.name: member.value(page, context) for member in (*COMMON, *own_members(page.record_type))}
    document = {
        "schema": schemas.current(page.record_type),
        "uid": page.uid,
        "type": page.record_type,
        "path": page.record_path,
        "dates": dates(page),
        "relations": relations(page, context),
        "topics": sorted(page.topics),
        **members,
    }
    present = {*document, *(f"body/{block['id']}" for block in document["body"])}
    known = states(texts_of(page), page.translation_basis)
    document["translation"] = {"en": {member: state for member, state in sorted(known.items()) if member in present}}
    return document


def texts_of(page: Any) -> dict[str, Any]:
    """The members that have texts, built without opening a file or another record: enough to compare translations."""
    context = TextContext()
    return {member.name: member.value(page, context) for member in (*COMMON, *own_members(page.record_type))}


def check(page: Any) -> None:
    """Raise `schemas.DocumentInvalid` where the document of the page as it stands would not be published."""
    context = DocumentContext(lambda _uid: True, Figures(page.uid))
    document = build(page, context)
    schemas.validate(document, document["schema"])
    if problems := objections(page, document, context):
        raise schemas.DocumentInvalid(page.uid, problems)


def objections(page: Any, document: dict[str, Any], context: DocumentContext) -> list[tuple[str, str]]:
    """What is against publishing a page as the document that was built of it in this context, besides its schema:
    (path, message) pairs in the active language.
    """
    return [*(("body", problem) for problem in context.figures.problems), *page.objections(document)]


def dates(page: Any) -> dict[str, Any]:
    """The record's own dates; a single day ends on itself, a type without dates is undated."""
    if not hasattr(page, "date_precision") or page.date_precision == "undated":
        return dict(_UNDATED)
    start, end = page.date_start, page.date_end or (None if page.date_ongoing else page.date_start)
    return {
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "ongoing": page.date_ongoing,
        "precision": page.date_precision,
    }


def relations(page: Any, context: DocumentContext) -> dict[str, Any]:
    """What the record points to, by uid, in the editors' order; what may not be cited is left out."""
    cities = (context.uid(link.city_id) for link in page.city_links.all())
    related = (context.uid(link.target_id) for link in page.related_links.all())
    found: dict[str, Any] = {"cities": _once(cities), "related": _once(related)}
    if page.record_type == "alert":
        found["supersedes"] = context.uid(page.supersedes_id) if page.supersedes_id else None
    return found


def _once(uids: Any) -> list[str]:
    return list(dict.fromkeys(uid for uid in uids if uid))
