"""Logs: one JSON object per line on standard error, with the request's id and without personal data."""

from portal.settings.env import text

LOG_LEVEL = text("LOG_LEVEL", "INFO").upper()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "portal.core.logs.RequestFilter"}},
    "formatters": {"json": {"()": "portal.core.logs.Formatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request"],
        },
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would mail the request; its messages reach the root.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "propagate": False},
        # Two lines for every task that went well, and one save in the admin makes several.
        "django_tasks": {"level": "WARNING"},
        # Wagtail writes titles of drafts, and names may stand in them; its own history keeps who did what.
        "wagtail": {"level": "WARNING"},
        # A line for every request to Elasticsearch.
        "elastic_transport": {"level": "WARNING"},
        # Axes writes who failed to sign in, and from where; its table holds that for the administrators.
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
