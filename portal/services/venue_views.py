"""The venues that can be booked, and when each is free: pages that are the same for all, and name nobody."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.core.languages import CHINESE, DJANGO_CODES, in_language, text
from portal.rendering.dates import display_date, display_span
from portal.rendering.whole import Meta
from portal.resources import selectors
from portal.resources.models import Resource
from portal.services import weeks
from portal.services.offered import BOOKING
from portal.services.pages import page
from portal.services.paths import VENUES
from portal.services.public import public

_A_DAY = datetime.timedelta(days=1)


@csrf_exempt
@require_safe
def venues(request: HttpRequest, language: str) -> HttpResponse:
    """All venues."""
    with override(DJANGO_CODES[language]):
        title = gettext("Venues")
        summary = gettext("Halls and meeting rooms of the city's administration centers that can be booked.")
        shown = [_shown(each, language) for each in selectors.venues()]
        context = {"title": title, "venues": shown, "book": in_language(BOOKING.path, language)}
        return public(request, page("venues", Meta(title, summary, VENUES), language, context))


@csrf_exempt
@require_safe
def venue(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """A week of a venue (``?week=2026-W49``; the present one where the address names none)."""
    found, monday = selectors.venue(code), weeks.monday_of(request.GET.get("week", ""))
    if found is None or monday is None:
        raise Http404
    with override(DJANGO_CODES[language]):
        name = text(selectors.name_of(found), language)
        path = f"{VENUES}{code}/"
        days = [
            {
                "weekday": WEEKDAYS[day.date.weekday()],
                "when": display_date(day.date.isoformat(), language),
                "taken": day.taken,
                "is_full": day.is_full,
            }
            for day in weeks.days(found, monday)
        ]
        week = display_span(monday, monday + 6 * _A_DAY, language)
        context = {
            "title": name,
            "venue": _shown(found, language),
            "week": week,
            "days": days,
            "hours": range(0, 25, 6),
            "before": _week(path, monday - 7 * _A_DAY, language),
            "after": _week(path, monday + 7 * _A_DAY, language),
            "book": f"{in_language(BOOKING.path, language)}?venue={code}",
            "calendar": f"/api/v1/venues/{code}/busy.ics{'' if language == CHINESE else '?lang=en'}",
        }
        summary = gettext("When it is taken and when it is free, week by week.")
        # Weeks pass: what is to be found is the page of the present one.
        meta = Meta(name, summary, path, is_indexed="week" not in request.GET)
        return public(request, page("venue", meta, language, context))


def _week(path: str, monday: datetime.date, language: str) -> str:
    """The address of another week; empty where that is not shown."""
    code = weeks.code_of(monday)
    return f"{in_language(path, language)}?week={code}" if weeks.monday_of(code) else ""


def _shown(found: Resource, language: str) -> dict[str, object]:
    place = {"zh-Hant": found.place_zh_hant, "en": found.place_en or None}
    return {
        "name": text(selectors.name_of(found), language),
        "place": text(place, language),
        "facility": found.get_facility_display(),
        "capacity": found.capacity,
        "address": f"{in_language(VENUES, language)}{found.code}/",
    }
