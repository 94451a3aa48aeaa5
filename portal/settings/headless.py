"""A separate front end that editors see their drafts in: none unless HEADLESS_PREVIEW_URL names it."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import number, text

HEADLESS_PREVIEW_URL = text("HEADLESS_PREVIEW_URL")
_PARTS = urlsplit(HEADLESS_PREVIEW_URL)
if HEADLESS_PREVIEW_URL and (_PARTS.scheme not in ("http", "https") or not _PARTS.hostname or _PARTS.query):
    raise ImproperlyConfigured(
        f"HEADLESS_PREVIEW_URL must be a whole http or https address without a query, not {HEADLESS_PREVIEW_URL!r}."
    )
#: The one origin whose scripts may read drafts; empty where there is none.
HEADLESS_PREVIEW_ORIGIN = f"{_PARTS.scheme}://{_PARTS.netloc}" if HEADLESS_PREVIEW_URL else ""
HEADLESS_PREVIEW_SECONDS = number("HEADLESS_PREVIEW_SECONDS", 600)
