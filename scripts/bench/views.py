"""What somebody would write by hand to send the stored bytes: one query, no parameters, no conditions, no paging."""

from django.db import models
from django.http import HttpRequest, HttpResponse

from portal.publication.models import CurrentRecord, Head
from portal.publication.selectors.records import FORMS
from portal.publication.types import FRAME_TYPES

#: As many headers, and as long, as the portal's own answers have.
_HEADERS = {
    "ETag": '"0123456789abcdef0123456789abcdef"',
    "Last-Modified": "Mon, 01 Aug 2022 00:00:00 GMT",
    "Cache-Control": "public, max-age=0, s-maxage=30, must-revalidate",
}
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, X-Request-ID",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class StoredPage(models.Model):
    """A page's bytes, ready to be sent."""

    address = models.CharField(max_length=300, primary_key=True)
    html = models.TextField()

    class Meta:
        app_label = "bench"
        managed = False

    def __str__(self) -> str:
        return self.address


def nothing(request: HttpRequest) -> HttpResponse:
    """An empty answer: what the middleware costs."""
    return HttpResponse(b"")


def query(request: HttpRequest) -> HttpResponse:
    """One query and a short answer."""
    return HttpResponse(Head.objects.get(pk=1).stamp)


def records(request: HttpRequest, form: str, limit: int) -> HttpResponse:
    """The newest records' stored JSON, joined."""
    texts = (
        CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, sort_date__isnull=False)
        .exclude(type__in=FRAME_TYPES)
        .order_by("-sort_date", "-uid")
        .values_list(FORMS[form], flat=True)[:limit]
    )
    body = f'{{"results":[{",".join(texts)}]}}'
    return HttpResponse(body.encode(), content_type="application/json", headers=_HEADERS | _OPEN)


def record(request: HttpRequest, form: str, uid: str) -> HttpResponse:
    """A record's stored JSON."""
    text = CurrentRecord.objects.filter(uid=uid, state=CurrentRecord.State.PUBLIC).values_list(FORMS[form], flat=True)
    return HttpResponse(text.get().encode(), content_type="application/json", headers=_HEADERS | _OPEN)


def page(request: HttpRequest, address: str) -> HttpResponse:
    """A page's stored HTML."""
    html = StoredPage.objects.filter(address=address).values_list("html", flat=True).get()
    return HttpResponse(html.encode(), headers=_HEADERS)
