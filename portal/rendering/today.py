"""The day that a page is rendered on: what is in force, on show or due depends on it."""

import datetime

from django.utils import timezone


def today() -> datetime.date:
    """The calendar day in Taiwan."""
    return timezone.localdate()
