"""What a log line looks like: one JSON object, with the request's id, without personal data."""

import logging
from datetime import UTC, datetime

from pythonjsonlogger.json import JsonFormatter

from portal.core.requests import current_request_id

# Django passes the request, the SQL's parameters and the user along; none of them may reach a log.
_PERSONAL = ("request", "params", "sql", "user", "username", "ip_address", "server_time")


class RequestFilter(logging.Filter):
    """Adds the current request's id to every record and takes out what may hold personal data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: nothing is dropped, only completed."""
        request = getattr(record, "request", None)
        # A second handler's filter finds what the first has added.
        added = getattr(record, "request_id", None)
        record.request_id = added or getattr(request, "request_id", None) or current_request_id()
        for name in _PERSONAL:
            record.__dict__.pop(name, None)
        return True


class Formatter(JsonFormatter):
    """Time (RFC 3339, UTC), level, logger, message, request id and whatever the caller added."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}{request_id}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """The record's time in UTC with milliseconds."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
