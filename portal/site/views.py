"""The public pages: lists, records and plain pages, in the language of their address."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, of_path, without_prefix
from portal.opendata.figures import corrections
from portal.publication import selectors
from portal.publication.current import EXCHANGES
from portal.publication.models import Head
from portal.publication.selectors import BadCursor, Standing
from portal.publication.types import BY_PLURAL
from portal.rendering.contents import ListPage
from portal.rendering.frame import Frame
from portal.rendering.lists import render_list
from portal.rendering.pages import render_record
from portal.site import cities, errors, facets, queries
from portal.site.methods import require_safe
from portal.site.observations import data_of
from portal.site.reading import ready_page, ready_records
from portal.site.responses import Gone, moved, page

_EXCHANGES_SHOWN = 200


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
                query.records(), limit=query.limit, cursor=query.cursor or None, stamp=head.stamp
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
        records = [orjson.loads(text) for text in found.texts]
        shown = ListPage(
            type=kind.code,
            path=path + query.string,
            records=records,
            count=found.count,
            groups=groups,
            intro=ready_page(path),
            is_filtered=query.is_filtered,
            successors=selectors.successors(each["uid"] for each in records) if kind.code == "alert" else {},
            cities=cities.all_cities() if kind.code == "city" else (),
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
        exchanges = ready_records(EXCHANGES, _EXCHANGES_SHOWN, city=found.uid) if found.type == "city" else ()
        data = data_of(ready, language) if found.type == "dataset" else {}
        city = cities.beside(ready) if found.type == "city" else None
        return render_record(
            ready,
            language=language,
            frame=frame,
            exchanges=exchanges,
            chain=selectors.supersession_chain(ready) if found.type == "alert" else (),
            city=city,
            corrections=corrections(ready),
            **data,
        )

    return page(request, render)
