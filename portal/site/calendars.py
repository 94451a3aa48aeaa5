"""Calendars to subscribe to, of all events, of a type and of a city, and the event of one record.

Withdrawn records stay in a calendar as cancelled, so that a subscriber's program takes them off; redacted ones are
nowhere.
"""

from collections.abc import Callable, Iterator, Sequence

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, of_path, text
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.selectors import RecordQuery, Withdrawn
from portal.publication.types import BY_PLURAL
from portal.rendering import events
from portal.rendering.events import IN_CALENDARS, Event
from portal.rendering.theme import theme
from portal.site import errors, ical
from portal.site.below import record_above, record_or_withdrawn
from portal.site.methods import require_safe
from portal.site.responses import Gone, document

#: Events of a calendar at most: those of the latest days. Cancelled ones come on top, the last withdrawn.
EVENTS = 1000
CANCELLED = 200


@csrf_exempt
@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """The calendar of exhibits, visits and works."""

    def make(language: str) -> bytes:
        about = _about(request.path, "/follow/", language, title=text(theme().identity["name"], language))
        return ical.subscription(_events(IN_CALENDARS, language), about=about)

    return _answered(request, make)


@csrf_exempt
@require_safe
def of_type(request: HttpRequest, plural: str) -> HttpResponse:
    """The calendar of a record type."""
    kind = BY_PLURAL[plural]

    def make(language: str) -> bytes:
        about = _about(request.path, f"/{plural}/", language, title=_of(str(kind.plural_label), language))
        return ical.subscription(_events((kind.code,), language), about=about)

    return _answered(request, make)


@csrf_exempt
@require_safe
def of_city(request: HttpRequest, path: str) -> HttpResponse:
    """The calendar of what names a city."""

    def make(language: str) -> bytes:
        city = record_above(request, f"/{path}", "city")
        name = text(city.title, language)
        about = _about(request.path, f"/{path}", language, title=_of(name, language))
        return ical.subscription(_events(IN_CALENDARS, language, city=city.uid), about=about)

    return _answered(request, make)


@csrf_exempt
@require_safe
def of_record(request: HttpRequest, path: str) -> HttpResponse:
    """The event of one record; 404 for a record that no calendar has."""

    def make(language: str) -> bytes:
        found = record_or_withdrawn(request, f"/{path}", *IN_CALENDARS)
        if found.state == CurrentRecord.State.PUBLIC:
            event = events.event(orjson.loads(found.ready), language)
        else:
            event = next(_cancelled(filter(None, [selectors.withdrawn(found.uid)]), language), None)
        if event is None:
            raise Gone(errors.response(request, 404))
        return ical.single(event, author_name=_author(language), language=language)

    response = _answered(request, make)
    if response.status_code == 200:
        name = f"{path.rstrip('/').rpartition('/')[2]}.ics"
        response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


def _answered(request: HttpRequest, make: Callable[[str], bytes]) -> HttpResponse:
    language = of_path(request.path)

    def speaking() -> bytes:
        with errors.speaking(language):
            return make(language)

    return document(request, speaking, ical.MEDIA_TYPE)


def _events(types: Sequence[str], language: str, *, city: str | None = None) -> Iterator[Event]:
    """The events of the public records, then those of the withdrawn ones."""
    query = RecordQuery(types=tuple(types), city=city)
    for each in selectors.records_page(query, limit=EVENTS).texts:
        event = events.event(orjson.loads(each), language)
        if event is not None:
            yield event
    withdrawn = selectors.last_withdrawn(types, CANCELLED)
    yield from _cancelled(
        (each for each in withdrawn if city is None or city in each.document["relations"]["cities"]), language
    )


def _cancelled(withdrawn: Iterator[Withdrawn], language: str) -> Iterator[Event]:
    for each in withdrawn:
        event = events.cancelled(
            each.document,
            version=each.version,
            published_at=each.published_at,
            withdrawn_at=each.withdrawn_at,
            note=each.note,
            language=language,
        )
        if event is not None:
            yield event


def _of(name: str, language: str) -> str:
    return _("%(list)s – %(site)s") % {"list": name, "site": text(theme().identity["name"], language)}


def _author(language: str) -> str:
    return text(theme().identity["department"], language)


def _about(path: str, of: str, language: str, *, title: str) -> dict[str, str]:
    return {
        "title": title,
        "subtitle": _(
            "Exhibits, visits and the days on which works are due. What is known to the month lasts the month."
        ),
        "language": language,
        "author_name": _author(language),
        "link": settings.BASE_URL + in_language(of, language),
        "address": settings.BASE_URL + path,
    }
