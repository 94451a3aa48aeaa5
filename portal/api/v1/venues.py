"""Venues that can be booked, and when each is taken: never by whom, for what, or in how many bookings."""

import datetime
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_body
from portal.api.v1.openapi import array_of, object_of, on_one_page, optional, reference
from portal.api.v1.parameters import LANG, LANG_OF_ERRORS, Parameter, first_day, last_day
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, UNKNOWN_PARAMETER, Problem, invalid
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import CHINESE, flatten, in_language, language_map
from portal.rendering.whole import SERVICES
from portal.resources import ics, selectors
from portal.resources.models import Resource

#: Days that are told where nobody says how many, and at most.
_USUAL_DAYS, _MOST_DAYS = 31, 366
#: Days of a calendar file: from this many ago to that many ahead.
_DAYS_AGO, _DAYS_AHEAD = 31, 366
_YEARS = range(2000, 2101)
_A_DAY = datetime.timedelta(days=1)
_PROBLEMS = (UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND)
_DATE: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 60}
_EXAMPLES = ("2026-12-01", "2026-12", "115-12-01")
_FROM = Parameter("from", first_day, _DATE, "The first day; today, where it is not given.", examples=_EXAMPLES)
_TO = Parameter("to", last_day, _DATE, f"The last day, at most {_MOST_DAYS} from the first on.", examples=_EXAMPLES)
CODE = OpenApiParameter(
    "code",
    {"type": "string", "examples": ["siwei-hall"]},
    OpenApiParameter.PATH,
    description="The venue's code, as the list has it.",
)


class _OfVenues(PublicView):
    """An answer that is made anew each time; `body` holds it."""

    body: bytes
    content_type = "application/json"

    def content(self, **kwargs: Any) -> bytes:
        """The answer's bytes. Raises `Problem` where there are none."""
        raise NotImplementedError

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The digest of the answer."""
        self.body = self.content(**kwargs)
        return validators_of_body(request, self.body)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The answer."""
        return json_response(self.body, self.content_type)

    def in_language(self, body: Any) -> bytes:
        """JSON with language maps, or in one language."""
        language = self.given["lang"]
        return orjson.dumps(flatten(body, language) if language else body)


@extend_schema_view(
    get=openapi.operation(
        "venues_list",
        "The venues",
        "The venues that can be booked at present. Bookings are sent to the module API, or made at `/services/`.",
        answer=reference("VenueList"),
        takes=(LANG,),
    )
)
class VenueList(_OfVenues):
    """All venues."""

    parameters = (LANG,)

    def content(self, **kwargs: Any) -> bytes:
        """One entry each, in the order of the codes."""
        results = [_shown(each) for each in selectors.venues()]
        return self.in_language({"count": len(results), "next": None, "previous": None, "results": results})


@extend_schema_view(
    get=openapi.operation(
        "venues_retrieve",
        "One venue",
        "What it is called, where it is, and how many people it takes.",
        answer=reference("Venue"),
        takes=(LANG,),
        at=(CODE,),
        problems=_PROBLEMS,
    )
)
class VenueDetail(_OfVenues):
    """One venue."""

    parameters = (LANG,)

    def content(self, **kwargs: Any) -> bytes:
        """The venue."""
        return self.in_language(_shown(_venue(kwargs["code"])))


@extend_schema_view(
    get=openapi.operation(
        "venues_busy",
        "When a venue is taken",
        "The periods in which the venue is taken, each until just before its end; what touches is one. They are cut "
        "off where the days that are asked for end. Whoever books is not told.",
        answer=reference("VenueBusy"),
        takes=(_FROM, _TO, LANG_OF_ERRORS),
        at=(CODE,),
        problems=_PROBLEMS,
    )
)
class VenueBusy(_OfVenues):
    """When one venue is taken."""

    parameters = (_FROM, _TO, LANG_OF_ERRORS)

    def content(self, **kwargs: Any) -> bytes:
        """The periods between two days."""
        venue = _venue(kwargs["code"])
        first, last = self._days()
        taken = selectors.busy(venue, _midnight(first), _midnight(last + _A_DAY))
        busy = [{"starts_at": _written(each.starts_at), "ends_at": _written(each.ends_at)} for each in taken]
        return orjson.dumps({"venue": venue.code, "from": first.isoformat(), "to": last.isoformat(), "busy": busy})

    def _days(self) -> tuple[datetime.date, datetime.date]:
        first: datetime.date = self.given["from"] or timezone.localdate()
        if first.year not in _YEARS:
            raise _beyond("from", f"{_YEARS[0]}..{_YEARS[-1]}")
        most = first + (_MOST_DAYS - 1) * _A_DAY
        last: datetime.date = self.given["to"] or first + (_USUAL_DAYS - 1) * _A_DAY
        if not first <= last <= most:
            raise _beyond("to", f"{first}..{most}")
        return first, last


@extend_schema_view(
    get=openapi.operation(
        "venues_calendar",
        "When a venue is taken, as a calendar",
        "The same as iCalendar (RFC 5545), from a month ago to a year ahead, to subscribe to. Events say that the "
        "venue is taken, in Chinese unless `lang` says otherwise, and nothing else.",
        answer={"type": "string"},
        media_type=ics.MEDIA_TYPE.partition(";")[0],
        takes=(LANG,),
        at=(CODE,),
        problems=_PROBLEMS,
    )
)
class VenueCalendar(_OfVenues):
    """When one venue is taken, for calendar programs."""

    parameters = (LANG,)
    content_type = ics.MEDIA_TYPE

    def content(self, **kwargs: Any) -> bytes:
        """The calendar."""
        venue, today = _venue(kwargs["code"]), timezone.localdate()
        taken = selectors.busy(venue, _midnight(today - _DAYS_AGO * _A_DAY), _midnight(today + _DAYS_AHEAD * _A_DAY))
        language = self.given["lang"] or CHINESE
        url = settings.BASE_URL + in_language(f"{SERVICES}venues/{venue.code}/", language)
        return ics.calendar_file(venue, taken, language=language, url=url)


def _venue(code: str) -> Resource:
    venue = selectors.venue(code)
    if venue is None:
        raise Problem(NOT_FOUND, _("There is no venue of this code that can be booked."))
    return venue


def _shown(venue: Resource) -> dict[str, Any]:
    addresses = {
        name: reverse(f"api-{view}", args=[venue.code])
        for name, view in (("url", "venue"), ("busy", "venue-busy"), ("calendar", "venue-calendar"))
    }
    return {
        "code": venue.code,
        "name": selectors.name_of(venue),
        "place": language_map(venue.place_zh_hant, venue.place_en),
        "facility": venue.facility,
        "capacity": venue.capacity,
        "agency": venue.agency,
        **addresses,
    }


def _midnight(day: datetime.date) -> datetime.datetime:
    """Where a day begins in Taipei."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def _written(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def _beyond(name: str, allowed: str) -> Problem:
    return invalid(
        name, _("“%(name)s” is a day within %(allowed)s."), {"name": name, "allowed": allowed}, allowed=allowed
    )


def venue_components() -> dict[str, dict[str, Any]]:
    """The components of these answers."""
    word: dict[str, Any] = {"type": "string"}
    moment, day = word | {"format": "date-time"}, word | {"format": "date"}
    venue = object_of(
        {
            "code": word,
            "name": reference("Text"),
            "place": optional(reference("Text")),
            "facility": {"enum": list(Resource.Facility.values), "description": "What its uses are counted as."},
            "capacity": optional({"type": "integer", "minimum": 1}),
            "agency": word | {"description": "The agency that lends it."},
            "url": word,
            "busy": word,
            "calendar": word,
        },
        "A venue that can be booked.",
    )
    period = object_of({"starts_at": moment, "ends_at": moment})
    return {
        "Venue": venue,
        "VenueList": on_one_page({"results": array_of(reference("Venue"))}),
        "VenueBusy": object_of({"venue": word, "from": day, "to": day, "busy": array_of(period)}),
    }
