"""Cases: which of their counts are too small to be published, and when officers are reminded."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import number

CASE_COUNT_THRESHOLD = number("CASE_COUNT_THRESHOLD", 3)
if CASE_COUNT_THRESHOLD < 1:
    raise ImproperlyConfigured("CASE_COUNT_THRESHOLD must be at least 1: a single case is never published.")

#: Officers are reminded of cases whose last day is today or at most this many days ahead.
CASE_REMINDER_DAYS = number("CASE_REMINDER_DAYS", 3)
if CASE_REMINDER_DAYS < 0:
    raise ImproperlyConfigured("CASE_REMINDER_DAYS must be at least 0.")
