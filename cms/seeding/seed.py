"""Seeding: fixtures become pages and are published the ordinary way, all in one scope, so that a fault leaves nothing
behind.

Run again, it adds what is new, brings along what the fixtures changed and no editor has touched, and leaves everything
else alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Page, Site

from cms.base.document import COMMON, own_members
from cms.base.members import as_date
from cms.base.models import CityLink, RecordPage, RelatedLink, page_model
from cms.pages.models import PlainPage
from cms.publishing import PublicationError
from cms.scope import publishing_scope
from cms.seeding.context import SeedingContext
from cms.seeding.fixtures import Fixture, FixtureErrors, read
from cms.seeding.models import SeededRecord
from portal.publication.models import CurrentRecord
from portal.publication.types import TYPES

HOME = "page:home"
#: Fields of pages that are parts of a member.
_PARTS = {
    "date_start": "dates/start",
    "date_end": "dates/end",
    "date_ongoing": "dates/ongoing",
    "date_precision": "dates/precision",
    "latitude": "location/latitude",
    "longitude": "location/longitude",
    "since_date": "since/date",
    "due_date": "due/date",
}


@dataclass
class Outcome:
    """The uids that were added, brought along, left as an editor has them, removed."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def seed(folder: Path) -> Outcome:
    """Publish what the fixtures hold. Raises `fixtures.FixtureErrors`; nothing is written then."""
    fixtures = read(folder, _existing_uids())
    outcome = Outcome()
    try:
        with publishing_scope() as touched:
            wanted = [fixture for fixture in fixtures if _is_wanted(fixture, outcome)]
            pages = _pages(wanted)
            context = SeedingContext(_page_ids())
            for fixture in wanted:
                _fill(pages[fixture.uid], fixture, context)
            for fixture in wanted:
                _publish(pages[fixture.uid], fixture)
            touched.settle()
            _remember(wanted)
    except PublicationError as refused:
        raise FixtureErrors(_at_their_lines(refused, fixtures)) from refused
    return outcome


def _remember(fixtures: list[Fixture]) -> None:
    """Note what each fixture said and which version that became; 0 for one that stands where nobody sees it."""
    seeded = CurrentRecord.objects.filter(uid__in=[fixture.uid for fixture in fixtures])
    versions = dict(seeded.values_list("uid", "version"))
    for fixture in fixtures:
        said = {"digest": fixture.digest, "version": versions.get(fixture.uid, 0)}
        SeededRecord.objects.update_or_create(uid=fixture.uid, defaults=said)


def _at_their_lines(refused: PublicationError, fixtures: list[Fixture]) -> list[str]:
    """What publishing refused, at the line of the fixture that holds it."""
    fixture = next((fixture for fixture in fixtures if fixture.uid == refused.uid), None)
    if fixture is None:
        return [str(refused)]
    members = {member.stem: member.name for member in (*COMMON, *own_members(fixture.type))}
    found = []
    for place, message in refused.problems:
        stem = place.partition("_zh_hant")[0]
        path = place if "/" in place else members.get(stem) or _PARTS.get(stem) or stem
        found.append(fixture.error(path, message))
    return found


def remove() -> Outcome:
    """Withdraw what is still as seeded. Pages that others stand under are unpublished, the rest is deleted."""
    outcome = Outcome()
    with publishing_scope():
        for seeded in SeededRecord.objects.all():
            if not _is_as_seeded(seeded):
                outcome.kept.append(seeded.uid)
                continue
            outcome.removed.append(seeded.uid)
            page = _page(seeded.uid)
            if page and page.record_type != "page":
                page.delete()
        removed = PlainPage.objects.filter(uid__in=outcome.removed).order_by("-path")
        for pk in list(removed.values_list("pk", flat=True)):
            # Read again: what stood below it is gone, and unpublishing writes every column.
            plain = PlainPage.objects.get(pk=pk)
            if plain.get_children().exists() or plain.uid == HOME:
                plain.unpublish()
            else:
                plain.delete()
        SeededRecord.objects.filter(uid__in=outcome.removed).delete()
    return outcome


def _existing_uids() -> frozenset[str]:
    return frozenset(_page_ids())


def _page_ids() -> dict[str, int]:
    return {uid: pk for kind in TYPES for uid, pk in page_model(kind).objects.values_list("uid", "pk")}


def _page(uid: str) -> RecordPage | None:
    return page_model(uid.partition(":")[0]).objects.filter(uid=uid).first()


def _is_wanted(fixture: Fixture, outcome: Outcome) -> bool:
    """Whether the fixture is to be published: new, or changed while no editor has touched its record; never what the
    law has taken out.
    """
    seeded = SeededRecord.objects.filter(uid=fixture.uid).first()
    page = _page(fixture.uid)
    redacted = CurrentRecord.objects.filter(uid=fixture.uid, state=CurrentRecord.State.REDACTED).exists()
    if seeded is None and (page is None or not page.live) and not redacted:
        outcome.added.append(fixture.uid)
        return True
    if seeded is not None and seeded.digest != fixture.digest and _is_as_seeded(seeded):
        outcome.updated.append(fixture.uid)
        return True
    outcome.kept.append(fixture.uid)
    return False


def _is_as_seeded(seeded: SeededRecord) -> bool:
    page = _page(seeded.uid)
    public = CurrentRecord.objects.filter(
        uid=seeded.uid, state=CurrentRecord.State.PUBLIC, version=seeded.version
    ).exists()
    return public and page is not None and page.live and not page.has_unpublished_changes


def _pages(fixtures: Iterable[Fixture]) -> dict[str, RecordPage]:
    """A page for each fixture, new ones as bare drafts in their place in the tree, so that all can refer to each
    other.
    """
    pages: dict[str, RecordPage] = {}
    for fixture in sorted(fixtures, key=lambda fixture: (fixture.uid != HOME, fixture.type != "page")):
        page = _page(fixture.uid)
        if page is None:
            page = page_model(fixture.type)(uid=fixture.uid, slug=fixture.slug, live=False, owner=None)
            _assign(page, fixture, SeedingContext({}), only=("title",))
            if fixture.type == "page":
                page.section = fixture.data["section"] or ""
            if fixture.uid == HOME:
                _clear_welcome()
            with _refusing(fixture):
                _parent(fixture).add_child(instance=page)
            if fixture.uid == HOME:
                _make_site_root(page)
        pages[fixture.uid] = page
    return pages


@contextmanager
def _refusing(fixture: Fixture) -> Iterator[None]:
    """What a page's own checks refuse is refused of its record."""
    try:
        yield
    except ValidationError as invalid:
        raise PublicationError.invalid(fixture.uid, invalid) from invalid


def _parent(fixture: Fixture) -> Page:
    home = PlainPage.objects.filter(uid=HOME).first()
    if home is None:
        return Page.get_first_root_node()
    return PlainPage.objects.filter(section=fixture.type).first() or home


def _clear_welcome() -> None:
    """Take away the page that Wagtail's own migration put where the home page belongs, if it is still as it was."""
    for page in Page.objects.filter(depth=2, slug="home"):
        if type(page.specific) is Page and not page.get_children().exists():
            page.delete()


def _make_site_root(home: PlainPage) -> None:
    """Let the site begin at the home page."""
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": settings.WAGTAIL_SITE_NAME},
    )


def _fill(page: RecordPage, fixture: Fixture, context: SeedingContext) -> None:
    # The fixture says how all of its English came about, whatever was known before.
    page.english_by_machine, page.translation_basis = fixture.machine, {}
    page.slug = fixture.slug
    _assign(page, fixture, context)
    page.topics = fixture.data["topics"]
    dates = fixture.data["dates"]
    if hasattr(page, "date_precision"):
        page.date_start, page.date_end = as_date(dates["start"]), as_date(dates["end"])
        page.date_ongoing, page.date_precision = dates["ongoing"], dates["precision"]
    relations = fixture.data["relations"]
    page.city_links = [
        CityLink(city_id=context.page(uid), sort_order=place) for place, uid in enumerate(relations["cities"])
    ]
    page.related_links = [
        RelatedLink(target_id=context.page(uid), sort_order=place) for place, uid in enumerate(relations["related"])
    ]
    if relations.get("supersedes"):
        page.supersedes_id = context.page(relations["supersedes"])


def _assign(page: RecordPage, fixture: Fixture, context: SeedingContext, only: tuple[str, ...] = ()) -> None:
    for member in (*COMMON, *own_members(fixture.type)):
        if not only or member.name in only:
            value = fixture.table if member.name == "table" else fixture.data[member.name]
            member.assign(page, value, context)


def _publish(page: RecordPage, fixture: Fixture) -> None:
    # Pages were put below it since it was read, and publishing writes every column.
    page.refresh_from_db(fields=["path", "depth", "numchild"])
    with _refusing(fixture):
        page.full_clean()
    revision = page.save_revision(clean=False)
    revision.publish(log_action=True)
