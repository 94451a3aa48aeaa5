"""What is wrong with fixtures, as far as it can be told before anything is written; each at its file and line."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.base.document import COMMON, own_members
from cms.base.members import Text
from cms.base.models import page_model
from cms.blocks.figures import linked, written
from cms.seeding.fixtures import Fixture
from cms.seeding.illustrations import NAMES
from portal.publication import schemas
from portal.publication.citations import citations, rich_texts
from portal.publication.topics import TOPICS
from portal.publication.types import RESERVED_SEGMENTS, TYPES
from portal.statistics.csvtable import parse_csv
from portal.statistics.problems import TableProblems
from portal.statistics.structure import Structure, StructureError

_PLACEHOLDER = {"sha256": "0" * 64, "width": 1, "height": 1, "type": "image/png"}
#: What cites, by the role that a citation has: where it stands in a fixture.
_CITING = {"city": "relations/cities", "related": "relations/related", "supersedes": "relations/supersedes"}

#: Dataset → the keys of its observations.
Keys = dict[str, set[str]]


def check(fixtures: Sequence[Fixture], known: frozenset[str]) -> Iterator[str]:
    """Everything wrong with fixtures that were read. ``known`` are uids that exist besides theirs."""
    uids = known | {fixture.uid for fixture in fixtures}
    fitting = []
    for fixture in fixtures:
        document = as_document(fixture)
        try:
            schemas.validate(document, document["schema"])
        except schemas.DocumentInvalid as invalid:
            yield from (fixture.error(path, message) for path, message in invalid.problems)
        else:
            fitting.append((fixture, document))
    keys: Keys = {}
    for fixture, _document in fitting:
        if fixture.type == "dataset":
            yield from _table(fixture, keys)
    for fixture, document in fitting:
        yield from _cited(fixture, document, uids, keys)
        yield from _dates(fixture)
        yield from _lengths(fixture)
        for picture in _pictures(fixture.data):
            if picture.get("drawing") not in NAMES:
                yield fixture.error("media", _("unknown drawing %(name)s") % {"name": picture.get("drawing")})
    yield from _addresses(fixtures)


def as_document(fixture: Fixture) -> dict[str, Any]:
    """The fixture in the shape of a document, with placeholders for what only publishing can know."""
    data = dict(fixture.data)
    for member, shaped in (("media", _placeholder), ("body", _block)):
        if isinstance(data[member], list):
            data[member] = [shaped(part) if isinstance(part, dict) else part for part in data[member]]
    if fixture.type == "dataset":
        data["table"] = {"digest": "0" * 64, "rows": 0}
    path = None if TYPES[fixture.type].frame else "/"
    return {**data, "schema": schemas.current(fixture.type), "path": path, "translation": {"en": {}}}


def _placeholder(picture: dict[str, Any]) -> dict[str, Any]:
    return {**{name: value for name, value in picture.items() if name != "drawing"}, **_PLACEHOLDER}


def _block(block: dict[str, Any]) -> dict[str, Any]:
    if block.get("type") == "picture" and isinstance(block.get("picture"), dict):
        return {**block, "picture": _placeholder(block["picture"])}
    if block.get("type") == "figure":
        return {"value": None, "unit": "item", "period": "", **block}
    return block


def _pictures(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from data["media"]
    yield from (block["picture"] for block in data["body"] if block["type"] == "picture")


def _table(fixture: Fixture, keys: Keys) -> Iterator[str]:
    """Problems of a dataset's table; the keys of one that has none are noted."""
    if fixture.table is None:
        yield fixture.error("uid", _("there is no table of this name in tables/"))
        return
    try:
        structure = Structure.from_document(fixture.data["dimensions"], fixture.data["measures"])
        keys[fixture.uid] = {row.key for row in parse_csv(fixture.table, structure)}
    except StructureError as error:
        yield fixture.error("dimensions" if fixture.data["dimensions"] else "measures", str(error))
    except TableProblems as error:
        for problem in error.problems:
            place = f"{problem.column}: " if problem.column else ""
            yield f"{fixture.table_file}:{problem.line}: {place}{problem.message}"


def _cited(fixture: Fixture, document: dict[str, Any], uids: frozenset[str], keys: Keys) -> Iterator[str]:
    for target, role in sorted(citations(document)):
        if role == "topic" and target not in TOPICS:
            yield fixture.error("topics", _("unknown topic %(uid)s") % {"uid": target})
        elif role != "topic" and target not in uids:
            member = _CITING.get(role) or ("body" if role == "body" else "items" if "items" in document else "link")
            yield fixture.error(member, _("unknown record %(uid)s") % {"uid": target})
    for place, block in enumerate(document["body"]):
        for dataset, key in _figures(block):
            if dataset not in uids:
                yield fixture.error(f"body/{place}", _("unknown record %(uid)s") % {"uid": dataset})
            elif key not in keys.get(dataset, {key}):
                yield fixture.error(f"body/{place}", _("unknown observation %(key)s") % {"key": key})


def _figures(block: dict[str, Any]) -> list[tuple[str, str]]:
    """Dataset and key of the figures that a block cites, as documents and as editors write them."""
    if block["type"] == "figure":
        return [(block["dataset"], block["key"])]
    return [each for text in rich_texts(block) for each in (*written(text), *linked(text))]


def _dates(fixture: Fixture) -> Iterator[str]:
    dates = fixture.data["dates"]
    if dates["start"] and dates["end"] and dates["end"] < dates["start"]:
        yield fixture.error("dates/end", _("the end is before the start"))
    dated = bool(dates["start"] or dates["end"])
    if dated == (dates["precision"] == "undated"):
        yield fixture.error("dates", _("a day is given exactly where the record is not undated"))


def _lengths(fixture: Fixture) -> Iterator[str]:
    """Texts that do not fit the page's fields."""
    for member in (*COMMON, *own_members(fixture.type)):
        if isinstance(member, Text):
            longest = page_model(fixture.type)._meta.get_field(f"{member.stem}_zh_hant").max_length
            for language, text in (fixture.data[member.name] or {}).items():
                if longest and len(text or "") > longest:
                    yield fixture.error(
                        f"{member.name}/{language}", _("more than %(count)d characters") % {"count": longest}
                    )


def _addresses(fixtures: Sequence[Fixture]) -> Iterator[str]:
    """Slugs that are no addresses, that the site needs for itself, or that two records of a type share."""
    first: dict[tuple[str, str], Fixture] = {}
    for fixture in fixtures:
        kind, slug = fixture.type, fixture.slug
        if not isinstance(slug, str) or slugify(slug) != slug or not slug:
            yield fixture.error("slug", _("Lower-case letters, digits and hyphens only."))
        elif kind == "page" and not fixture.data["section"] and slug in RESERVED_SEGMENTS:
            yield fixture.error("slug", _("The site needs this address for itself: %(slug)s.") % {"slug": slug})
        elif first.setdefault((kind, str(slug)), fixture) is not fixture and fixture.uid != first[kind, slug].uid:
            other = {"slug": slug, "file": first[kind, slug].file}
            yield fixture.error("slug", _("%(slug)s is also the address of %(file)s") % other)
