"""What is measured against what: addresses of the portal, and of what stands beside each."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from cms.models import VisitPage
from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language
from portal.publication.models import CurrentRecord
from scripts.bench.client import Answer, Client
from scripts.bench.copies import COPY
from scripts.bench.views import StoredPage

#: The type of record whose JSON and pages are measured.
_TYPE = "visit"
_API = "/api/v1"
_HAND = "hand-written view"
WAGTAIL = "/wagtail/"
#: Where the benchmark's server answers without Django.
BARE = "/bare"


@dataclass(frozen=True)
class Side:
    """An address that is asked again and again; or a new one for each request, from ``paths``."""

    name: str
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The portal's side and the other; ``wanted`` is the least quotient of their requests per second, if one is set.

    ``other`` is None for what is reported by itself.
    """

    portal: Side
    other: Side | None = None
    wanted: float | None = None
    #: Whether ``wanted`` is an expectation to report and no target to hold.
    is_report: bool = False


@dataclass(frozen=True)
class Material:
    """The record that is measured, and the addresses of others whose pages nobody has asked for yet."""

    uid: str
    path: str
    fresh: tuple[str, ...]


def material(fresh: int) -> Material:
    """The newest copy of a visit, which has a picture, and the addresses of ``fresh`` others."""
    copies = CurrentRecord.objects.filter(type=_TYPE, uid__contains=COPY, sort_date__isnull=False)
    (uid, path), *others = copies.order_by("-sort_date", "-uid").values_list("uid", "path")[: fresh + 1]
    return Material(uid, path, tuple(path for _uid, path in others))


def store_pages(client: Client, known: Material) -> None:
    """Store the page of the record as the portal sends it now, for the view that is written by hand to send it."""
    addresses = [in_language(known.path, language) for language in LANGUAGES]
    pages = [StoredPage(address=each, html=client.get(each).body.decode()) for each in addresses]
    StoredPage.objects.all().delete()
    StoredPage.objects.bulk_create(pages)


def comparisons(client: Client, known: Material) -> list[Comparison]:
    """Everything that is measured, in the order of the table."""
    return [*_by_hand(known), *_not_modified(client, known), *_by_wagtail(known), *_alone(known)]


def _by_hand(known: Material) -> Iterator[Comparison]:
    for form, note, query in (("all", "", ""), ("en", ", lang=en", "lang=en")):
        for limit in (20, 200):
            path = f"{_API}/records/?limit={limit}" + (f"&{query}" if query else "")
            hand = Side(_HAND, f"/hand/records/{form}/{limit}")
            yield Comparison(Side(f"records/?limit={limit}{note}", path), hand, wanted=0.7)
        path = f"{_API}/records/{known.uid}/" + (f"?{query}" if query else "")
        yield Comparison(
            Side(f"a record's JSON{note}", path), Side(_HAND, f"/hand/record/{form}/{known.uid}"), wanted=0.7
        )
    for name, language in (("Chinese", CHINESE), ("English", ENGLISH)):
        path = in_language(known.path, language)
        yield Comparison(Side(f"a record's page, {name}", path), Side(_HAND, f"/hand/page{path}"), wanted=0.7)


def _not_modified(client: Client, known: Material) -> Iterator[Comparison]:
    plain = Side("plain view, one query", "/hand/query")
    for name, path in (
        ("records/?limit=20", f"{_API}/records/?limit=20"),
        ("records/?limit=200", f"{_API}/records/?limit=200"),
        ("a record's JSON", f"{_API}/records/{known.uid}/"),
        ("a record's page", known.path),
    ):
        condition = {"If-None-Match": client.get(path).headers["etag"]}
        yield Comparison(Side(f"304 of {name}", path, condition, 304), plain, wanted=0.9)


def _by_wagtail(known: Material) -> Iterator[Comparison]:
    # Where undated pages come first, those after them are the same as the portal's.
    undated = (
        VisitPage.objects.filter(date_start__isnull=True).count() if connection.features.nulls_order_largest else 0
    )
    query = f"type=cms.VisitPage&fields=*&limit=20&offset={undated}&order=-date_start,-uid"
    pages = Side("Wagtail's API v2", f"{WAGTAIL}api/pages/?{query}")
    yield Comparison(Side("visits/?limit=20", f"{_API}/visits/?limit=20"), pages, wanted=10, is_report=True)
    view = Side("Wagtail's page view", f"{WAGTAIL}{known.path[1:]}")
    yield Comparison(Side("a record's page, Chinese", known.path), view, wanted=5, is_report=True)


def _alone(known: Material) -> Iterator[Comparison]:
    yield Comparison(Side("a record's page, rendered anew each time", paths=known.fresh))
    yield Comparison(Side("an empty view behind the same middleware", "/hand/nothing"))
    yield Comparison(Side("an answer that does not reach Django", BARE))


def check(client: Client, compared: list[Comparison]) -> None:
    """Raise AssertionError where the sides do not send the same; their comparison would mean nothing then."""
    for each in compared:
        if each.other is None:
            continue
        ours, theirs = (client.get(side.path) for side in (each.portal, each.other))
        if (ours.status, theirs.status) != (200, 200):
            raise AssertionError(f"{each.portal.path}: {ours.status}, {each.other.path}: {theirs.status}")
        if each.portal.status == 200 and _content(ours, each) != _content(theirs, each):
            raise AssertionError(f"{each.portal.path} and {each.other.path} differ")


def _content(answer: Answer, compared: Comparison) -> Any:
    """What both sides must have in common: of Wagtail's lists which records, of its page the title; of other lists the
    records, of anything else every byte.
    """
    if "limit=" in compared.portal.path:
        members = json.loads(answer.body)
        records = members["results"] if "results" in members else members["items"]
        return [record["uid"] for record in records] if compared.is_report else records
    if compared.is_report:
        heading = answer.body.partition(b"<h1>")[2].partition(b"</h1>")[0]
        return re.sub(rb"<[^>]*>", b"", heading).split()[0]
    return answer.body
