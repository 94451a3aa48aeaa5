"""Caches: rendered pages in the memory of each process. What is kept is keyed by the log's state, so nothing
has to be cleared.
"""

_LOCAL = "django.core.cache.backends.locmem.LocMemCache"

CACHES = {
    "default": {"BACKEND": _LOCAL, "LOCATION": "default"},
    "pages": {"BACKEND": _LOCAL, "LOCATION": "pages", "TIMEOUT": 24 * 60 * 60, "OPTIONS": {"MAX_ENTRIES": 1000}},
}
