"""Cases: which of their counts are too small to be published."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import number

CASE_COUNT_THRESHOLD = number("CASE_COUNT_THRESHOLD", 3)
if CASE_COUNT_THRESHOLD < 1:
    raise ImproperlyConfigured("CASE_COUNT_THRESHOLD must be at least 1: a single case is never published.")
