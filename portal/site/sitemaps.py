"""The sitemap: every page that is to be found, in both languages, with its alternates and when it last changed.

One file as long as one is enough, then an index of several. Nothing is in it that is not public.
"""

from datetime import datetime
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, tag
from portal.publication.models import CurrentRecord
from portal.publication.rows import instant
from portal.publication.types import FRAME_TYPES, LISTED
from portal.site import errors
from portal.site.methods import require_safe
from portal.site.responses import Gone, document

MEDIA_TYPE = "application/xml"
#: Addresses of a file at most; search engines take five times as many.
ADDRESSES = 10_000
#: Pages that are no record's and no list's.
_OTHER_PAGES = ("/opendata/", "/follow/", "/services/", "/services/complaints/new/", "/services/petitions/new/")


class _Pages(Sitemap):
    """The Chinese path of every page, and when it last changed; each is an address in both languages."""

    i18n = alternates = x_default = True

    def __init__(self) -> None:
        self.limit = ADDRESSES
        self._changed = _pages()

    def items(self) -> list[str]:
        return list(self._changed)

    def location(self, item: str) -> str:
        return in_language(item, tag(get_language() or ""))

    def lastmod(self, item: str) -> datetime | None:
        return self._changed[item]


@csrf_exempt
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap, or the index of its parts."""

    def make() -> bytes:
        pages = _Pages()
        if pages.paginator.num_pages == 1:
            return _urls(pages, 1)
        parts = [{"location": f"{settings.BASE_URL}/sitemap-{number}.xml"} for number in pages.paginator.page_range]
        return render_to_string("sitemap_index.xml", {"sitemaps": parts}).encode()

    return document(request, make, MEDIA_TYPE)


@csrf_exempt
@require_safe
def part(request: HttpRequest, number: str) -> HttpResponse:
    """One part of a sitemap that has several; 404 for any other."""

    def make() -> bytes:
        pages = _Pages()
        if not 1 < pages.paginator.num_pages >= int(number):
            raise Gone(errors.response(request, 404))
        return _urls(pages, int(number))

    return document(request, make, MEDIA_TYPE)


def _urls(pages: _Pages, number: int) -> bytes:
    base = urlsplit(settings.BASE_URL)
    urls = pages.get_urls(number, SimpleNamespace(domain=base.netloc), base.scheme)
    return render_to_string("sitemap.xml", {"urlset": urls}).encode()


def _pages() -> dict[str, datetime | None]:
    """The home page and the lists change with what they show, a record with its versions. One query."""
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, path__isnull=False)
    records = public.exclude(type__in=FRAME_TYPES).order_by("path").values_list("path", "type", "modified_at")
    of_records = {path: written for path, _type, written in records}
    of_types: dict[str, str] = {}
    for _path, record_type, written in records:
        of_types[record_type] = max(written, of_types.get(record_type, ""))
    lists = {f"/{kind.plural}/": of_types.get(kind.code, "") for kind in LISTED}
    frame = {"/": max(of_types.values(), default=""), **lists, **dict.fromkeys(_OTHER_PAGES, "")}
    latest = {path: max(written, of_records.get(path, "")) for path, written in frame.items()}
    return {path: instant(written) if written else None for path, written in (of_records | latest).items()}
