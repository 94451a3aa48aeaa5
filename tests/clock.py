"""The day on which a test takes place."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def set_day(monkeypatch, written: str) -> None:
    """Make it noon of a day in Taiwan, for all that asks Django for the time."""
    noon = datetime.datetime.combine(
        datetime.date.fromisoformat(written), datetime.time(12), ZoneInfo(settings.TIME_ZONE)
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon.astimezone(datetime.UTC))
