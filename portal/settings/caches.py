"""Caches: rendered pages, drawn charts and sharing pictures in the memory of each process. Pages are keyed by the log's
state, what is drawn by what it is drawn from, so nothing has to be cleared.
"""

_LOCAL = "django.core.cache.backends.locmem.LocMemCache"

CACHES = {
    "default": {"BACKEND": _LOCAL, "LOCATION": "default"},
    "pages": {"BACKEND": _LOCAL, "LOCATION": "pages", "TIMEOUT": 24 * 60 * 60, "OPTIONS": {"MAX_ENTRIES": 1000}},
    "charts": {"BACKEND": _LOCAL, "LOCATION": "charts", "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 300}},
    "sharing": {"BACKEND": _LOCAL, "LOCATION": "sharing", "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 200}},
}
