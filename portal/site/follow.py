"""The page of what can be followed."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import of_path
from portal.publication import selectors
from portal.publication.models import Head
from portal.publication.selectors import RecordQuery
from portal.rendering.follow_page import render_follow
from portal.rendering.frame import Frame
from portal.site.methods import require_safe
from portal.site.responses import page

_CITIES = 500


@csrf_exempt
@require_safe
def follow_page(request: HttpRequest) -> HttpResponse:
    """What can be followed, by type and by city."""

    def render(frame: Frame, head: Head) -> str:
        # Cities have no dates of their own; this order puts them by name, as their list does.
        cities = selectors.records_page(RecordQuery(types=("city",), sort="date"), limit=_CITIES).texts
        return render_follow([orjson.loads(each) for each in cities], language=of_path(request.path), frame=frame)

    return page(request, render)
