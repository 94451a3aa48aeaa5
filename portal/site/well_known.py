"""What programs and people look for at fixed addresses: ``robots.txt`` and ``security.txt`` (RFC 9116)."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import LANGUAGES, in_language
from portal.opendata.publisher import publisher
from portal.site.methods import require_safe
from portal.site.responses import made_anew

SECURITY = "/.well-known/security.txt"
_MEDIA_TYPE = "text/plain; charset=utf-8"
#: Months after the present one that ``security.txt`` is good for: the RFC wants less than a year.
_GOOD_FOR = 7


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: all but results of searches, of which there is no end."""
    rules = (f"Disallow: {in_language('/search/', language)}" for language in LANGUAGES)
    return _lines(request, ["User-agent: *", *rules, "", f"Sitemap: {settings.BASE_URL}/sitemap.xml"])


@csrf_exempt
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness: the theme's address for that, its e-mail address, or the page of contact."""
    return _lines(
        request,
        [
            *(f"Contact: {each}" for each in _contacts()),
            f"Expires: {_expires()}",
            f"Preferred-Languages: {', '.join(LANGUAGES)}",
            f"Canonical: {settings.BASE_URL}{SECURITY}",
        ],
    )


def _contacts() -> Iterator[str]:
    who = publisher()
    if who.security or who.email:
        yield who.security or f"mailto:{who.email}"
    else:
        yield from (settings.BASE_URL + in_language(who.contact_path, language) for language in LANGUAGES)


def _expires() -> str:
    """The first of a month, so that the file stays the same for a month."""
    today = timezone.now()
    year, month = divmod(today.year * 12 + today.month - 1 + _GOOD_FOR, 12)
    return f"{year:04d}-{month + 1:02d}-01T00:00:00Z"


def _lines(request: HttpRequest, lines: list[str]) -> HttpResponse:
    response = made_anew(request, "".join(f"{line}\n" for line in lines).encode())
    if response.status_code == 200:
        response["Content-Type"] = _MEDIA_TYPE
    return response
