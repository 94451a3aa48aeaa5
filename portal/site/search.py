"""The search page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from operator import itemgetter

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, of_path
from portal.publication import selectors
from portal.rendering import dates
from portal.rendering.contents import Choice, ChoiceGroup, Hit, SearchPage
from portal.rendering.pages import render_search
from portal.site import errors
from portal.site.frames import frame_at
from portal.site.methods import require_safe
from portal.site.queries import BadQuery
from portal.site.responses import CACHE_CONTROL, made_anew
from portal.site.search_queries import SearchQuery, read
from search import facets
from search.answers import SORTS, Answer, BadCursor, FacetValue
from search.engines.base import Unavailable
from search.searching import search

#: What stands in for the usual engine may know less; nobody keeps its pages for long.
_CACHE_CONTROL_OF_FALLBACK = "public, max-age=0, s-maxage=5, must-revalidate"
#: Seconds after which a reader may ask again when no engine answers.
_RETRY_AFTER = "10"
_FEWEST = 2


@csrf_exempt
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What was found, or what is wrong with what was typed."""
    language = of_path(request.path)
    try:
        query = read(request.GET)
    except BadQuery:
        return errors.response(request, 400)
    with errors.speaking(language):
        problems = query.problems()
    answer = None
    if not problems:
        try:
            answer = search(query.question(language))
        except BadCursor:
            return errors.response(request, 400)
        except Unavailable:
            response = errors.response(request, 503)
            response["Retry-After"] = _RETRY_AFTER
            return response
    with errors.speaking(language):
        shown = _shown(query, answer, problems, language)
    frame = frame_at(selectors.head(), timezone.localtime())
    body = render_search(shown, language=language, frame=frame).encode()
    if answer is None:
        response = HttpResponse(body, status=400)
        response["Cache-Control"] = "no-cache"
        return response
    response = made_anew(request, body, _CACHE_CONTROL_OF_FALLBACK if answer.fallback else CACHE_CONTROL)
    response["X-Search-Engine"] = answer.engine
    return response


def _shown(query: SearchQuery, answer: Answer | None, problems: dict[str, str], language: str) -> SearchPage:
    """The page's contents, in the active language."""
    page = SearchPage(
        path=query.path,
        text=query.text,
        first=query.first,
        last=query.last,
        kept=query.given(without=("text", "cursor")),
        kept_by_dates=query.given(without=("first", "last", "cursor")),
        problems=problems,
    )
    if answer is None:
        return page
    return replace(
        page,
        hits=list(_hits(answer)),
        count=answer.count,
        groups=list(_groups(query, answer, language)),
        chips=list(_chips(query, language)),
        orders=list(_orders(query, language)),
        next_address=_page(query, answer.next_cursor, language),
        previous_address=_page(query, answer.previous_cursor, language),
        suggestion=_suggestion(query, answer.suggestion, language),
        unfiltered=_address(query.unfiltered(), language) if query.is_filtered else None,
        is_relaxed=answer.relaxed,
        is_fallback=answer.fallback,
    )


def _hits(answer: Answer) -> Iterator[Hit]:
    """The results; alerts with what tells how they stand."""
    uids = [each.uid for each in answer.results if each.type == "alert"]
    alerts, successors = (selectors.ready_among(uids), selectors.successors(uids)) if uids else ({}, {})
    for each in answer.results:
        beside = (alerts.get(each.uid), successors.get(each.uid, ()))
        yield Hit(each.type, each.title, each.snippet, each.url, each.date, *beside)


def _address(query: SearchQuery, language: str) -> str:
    return in_language(query.path, language)


def _page(query: SearchQuery, cursor: str | None, language: str) -> str | None:
    return _address(query.changed(cursor=cursor), language) if cursor else None


def _suggestion(query: SearchQuery, text: str | None, language: str) -> Choice | None:
    return Choice(text, _address(query.changed(text=text), language)) if text else None


def _groups(query: SearchQuery, answer: Answer, language: str) -> Iterator[ChoiceGroup]:
    """The facets as links. A group with a single choice is left out unless it is on."""
    titles = {"type": _("Kind"), "year": _("Year"), "city": _("City"), "topic": _("Topic")}
    for name, title in titles.items():
        values = answer.facets.get(name, [])
        if name == "year":
            values = sorted(values, key=itemgetter("value"), reverse=True)
        choices = [_choice(query, name, value, language) for value in values]
        if len(choices) >= _FEWEST or any(choice.is_on for choice in choices):
            yield ChoiceGroup(title, choices)


def _choice(query: SearchQuery, name: str, value: FacetValue, language: str) -> Choice:
    if name == "year":
        is_on = _is_year(query, value["value"])
        there = "" if is_on else value["value"]
        leads_to = query.changed(first=there, last=there)
    else:
        is_on = getattr(query, name) == value["value"]
        leads_to = query.changed(**{name: "" if is_on else value["value"]})
    return Choice(value["label"], _address(leads_to, language), value["count"], is_on)


def _is_year(query: SearchQuery, year: str) -> bool:
    return query.days() == (date(int(year), 1, 1), date(int(year), 12, 31))


def _chips(query: SearchQuery, language: str) -> Iterator[Choice]:
    """What narrows the results, each as a link that takes it away."""
    for name in ("type", "city", "topic"):
        value = getattr(query, name)
        if value:
            labels = facets.labelled({name: [(value, 0)]}, language)[name]
            label = labels[0]["label"] if labels else value
            yield Choice(label, _address(query.changed(**{name: ""}), language))
    if query.first or query.last:
        label = dates.display_span(*query.days(), language)
        yield Choice(label, _address(query.changed(first="", last=""), language))


def _orders(query: SearchQuery, language: str) -> Iterator[Choice]:
    """The orders that the results can have; without words there is no relevance."""
    titles = dict(zip(SORTS, (_("Best match"), _("Newest first"), _("Oldest first")), strict=True))
    offered = SORTS if query.text else SORTS[1:]
    present = query.sort if query.sort in offered else offered[0]
    for sort in offered:
        leads_to = query.changed(sort="" if sort == offered[0] else sort)
        yield Choice(titles[sort], _address(leads_to, language), is_on=sort == present)
