"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import of_path
from portal.opendata.figures import corrections, trends
from portal.publication import selectors
from portal.publication.models import Head
from portal.rendering.contents import HomePage
from portal.rendering.frame import Frame
from portal.rendering.home import render_home
from portal.site import facets
from portal.site.cities import all_cities
from portal.site.methods import require_safe
from portal.site.reading import ready_page, ready_records
from portal.site.responses import page

#: What the home page counts as news.
_NEWS = ("exhibit", "visit", "agreement", "activity", "announcement", "alert")
_NEWS_SHOWN = 5
_EXHIBITS_SHOWN = 6
_WORKS_SHOWN = 6
#: So many are read to find those that are in force, or due: the newest.
_READ = 100


@csrf_exempt
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    language = of_path(request.path)

    def render(frame: Frame, head: Head) -> str:
        works = [
            record for record in ready_records(("works",), _READ) if record["due"] and record["status"] != "completed"
        ]
        alerts = ready_records(("alert",), _READ)
        intro = ready_page("/")
        shown = HomePage(
            latest=ready_records(_NEWS, _NEWS_SHOWN),
            exhibits=ready_records(("exhibit",), _EXHIBITS_SHOWN),
            works=sorted(works, key=lambda record: record["due"]["date"])[:_WORKS_SHOWN],
            counts=facets.counts(),
            cities=all_cities(),
            intro=intro,
            alerts=alerts,
            successors=selectors.successors(record["uid"] for record in alerts),
            trends=trends(intro) if intro else {},
            corrections=corrections(intro) if intro else (),
        )
        return render_home(shown, language=language, frame=frame)

    return page(request, render)
