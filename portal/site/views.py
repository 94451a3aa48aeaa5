"""The public pages: home, lists, records and plain pages, in the language of their address."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, of_path, without_prefix
from portal.opendata.figures import corrections
from portal.publication import selectors
from portal.publication.current import EXCHANGES
from portal.publication.models import Head
from portal.publication.selectors import BadCursor, RecordQuery, Standing
from portal.publication.types import BY_PLURAL
from portal.rendering.contents import HomePage, ListPage
from portal.rendering.frame import Frame
from portal.rendering.pages import render_home, render_list, render_record
from portal.site import errors, facets, queries
from portal.site.methods import require_safe
from portal.site.observations import data_of
from portal.site.responses import Gone, moved, page

#: What the home page counts as news.
_NEWS = ("exhibit", "visit", "agreement", "activity", "announcement", "alert")
_NEWS_SHOWN = 7
_EXHIBITS_SHOWN = 6
_WORKS_SHOWN = 6
_EXCHANGES_SHOWN = 200


@csrf_exempt
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    language = of_path(request.path)

    def render(frame: Frame, head: Head) -> str:
        works = [
            record
            for record in _records(("works",), _WORKS_SHOWN * 2)
            if record["due"] and record["status"] != "completed"
        ]
        shown = HomePage(
            latest=_records(_NEWS, _NEWS_SHOWN),
            exhibits=_records(("exhibit",), _EXHIBITS_SHOWN),
            works=sorted(works, key=lambda record: record["due"]["date"])[:_WORKS_SHOWN],
            counts=facets.counts(),
            intro=_introduction("/"),
        )
        return render_home(shown, language=language, frame=frame)

    return page(request, render)


@csrf_exempt
@require_safe
def record_list(request: HttpRequest, plural: str) -> HttpResponse:
    """The list of a record type."""
    language = of_path(request.path)
    kind = BY_PLURAL[plural]
    try:
        query = queries.read(kind.code, request.GET)
    except queries.BadQuery:
        return errors.response(request, 400)

    def render(frame: Frame, head: Head) -> str:
        try:
            found = selectors.records_page(
                query.records(), limit=queries.LIMIT, cursor=query.cursor or None, stamp=head.stamp
            )
        except BadCursor:
            raise Gone(errors.response(request, 400)) from None
        path = f"/{plural}/"
        beside = {
            name: in_language(path + query.changed(cursor=cursor).string, language) if cursor else None
            for name, cursor in (("next_address", found.next_cursor), ("previous_address", found.previous_cursor))
        }
        with errors.speaking(language):
            groups = facets.groups(query, language)
        shown = ListPage(
            type=kind.code,
            path=path + query.string,
            records=[orjson.loads(text) for text in found.texts],
            count=found.count,
            groups=groups,
            intro=_introduction(path),
            is_filtered=query.is_filtered,
            **beside,
        )
        return render_list(shown, language=language, frame=frame)

    return page(request, render, key=query.string)


@csrf_exempt
@require_safe
def record(request: HttpRequest, path: str) -> HttpResponse:
    """A record or plain page at its address; an old address leads on, a withdrawn record says so."""
    language = of_path(request.path)
    chinese_path = without_prefix(request.path)

    def render(frame: Frame, head: Head) -> str:
        place = selectors.place(chinese_path)
        found = place.record
        if found is not None and place.standing is Standing.MOVED:
            raise Gone(moved(found.path or "/", language))
        if found is None or place.standing is not Standing.HERE:
            raise Gone(errors.not_there(request, place))
        ready = orjson.loads(found.ready)
        exchanges = _records(EXCHANGES, _EXCHANGES_SHOWN, city=found.uid) if found.type == "city" else ()
        data = data_of(ready, language) if found.type == "dataset" else {}
        return render_record(
            ready, language=language, frame=frame, exchanges=exchanges, corrections=corrections(ready), **data
        )

    return page(request, render)


def _introduction(path: str) -> dict[str, Any] | None:
    """The ready record of what introduces a list or the home page."""
    found = selectors.introduction(path)
    return None if found is None else orjson.loads(found.ready)


def _records(types: tuple[str, ...], limit: int, *, city: str | None = None) -> list[dict[str, Any]]:
    found = selectors.records_page(RecordQuery(types=types, city=city), limit=limit)
    return [orjson.loads(text) for text in found.texts]
