"""The pictures of a dataset's charts, below its page: ``charts/1.svg``, ``1-phone.svg``, ``1.png``, ``1.json``.

Their ETag names what they are drawn from, so that a reader who has one hears 304 before anything is read or drawn.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.text import compress_string
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import of_path
from portal.opendata import charts
from portal.publication import selectors
from portal.publication.selectors import Standing
from portal.site import errors
from portal.site.encodings import takes_gzip
from portal.site.methods import require_safe
from portal.site.responses import CACHE_CONTROL, Gone, moved
from portal.site.versions import published_version
from portal.statistics.chart_style import WHOLE
from portal.statistics.drawing import dark_style
from portal.statistics.models import Table
from portal.statistics.structure import StructureError

_STYLE = b64encode(sha256(dark_style().encode()).digest()).decode()
#: An SVG that is opened by itself has this one style and nothing else.
_POLICY = f"sandbox; default-src 'none'; frame-ancestors 'none'; style-src 'sha256-{_STYLE}'"


@csrf_exempt
@require_safe
def chart(request: HttpRequest, path: str, number: str, form: str, layout: str = WHOLE.name) -> HttpResponseBase:
    """A chart of the dataset at an address; an old address leads on, a withdrawn dataset's says so."""
    chinese_path = f"/{path}"
    place = selectors.place(chinese_path)
    found = place.record
    if found is not None and place.standing is Standing.MOVED:
        name = request.path.rsplit("/", 1)[1]
        return moved(f"{found.path}charts/{name}", of_path(request.path))
    if found is None or place.standing is not Standing.HERE:
        return errors.not_there(request, place, path=chinese_path)
    return _answer(request, orjson.loads(found.ready), int(number) - 1, layout, form)


@csrf_exempt
@require_safe
def chart_of_version(
    request: HttpRequest, path: str, version: str, number: str, form: str, layout: str = WHOLE.name
) -> HttpResponseBase:
    """A chart of one version of a dataset."""
    try:
        _record, found = published_version(request, f"/{path}", int(version))
    except Gone as gone:
        return gone.response
    return _answer(request, found.document or {}, int(number) - 1, layout, form)


def _answer(request: HttpRequest, dataset: Mapping[str, Any], place: int, layout: str, form: str) -> HttpResponseBase:
    """A picture of a dataset's record or document; 404 where it has no such chart, or one that cannot be drawn."""
    if place >= len(dataset.get("charts") or ()):
        return errors.response(request, 404)
    wanted = (dataset, place, of_path(request.path), layout, form)
    is_packed = form != "png" and takes_gzip(request.headers.get("Accept-Encoding", ""))
    etag = f'"{charts.key(*wanted)[:32]}{"-gzip" if is_packed else ""}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            drawn = charts.picture(*wanted)
        except (StructureError, Table.DoesNotExist):
            return errors.response(request, 404)
        response = HttpResponse(compress_string(drawn) if is_packed else drawn, content_type=charts.FORMS[form])
        if is_packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Security-Policy"] = _POLICY
    return response
