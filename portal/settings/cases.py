"""Cases: time limits, and which counts are too small to be published."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import number

CASE_COUNT_THRESHOLD = number("CASE_COUNT_THRESHOLD", 3)
if CASE_COUNT_THRESHOLD < 1:
    raise ImproperlyConfigured("CASE_COUNT_THRESHOLD must be at least 1: a single case is never published.")

#: Days in which a petition is replied to; the directions let no time limit be longer than thirty.
PETITION_DAYS = number("PETITION_DAYS", 30)
if not 1 <= PETITION_DAYS <= 30:
    raise ImproperlyConfigured("PETITION_DAYS must be from 1 to 30.")

#: Working days in which a repair is done and accepted.
REPAIR_WORKING_DAYS = number("REPAIR_WORKING_DAYS", 7)
if not 1 <= REPAIR_WORKING_DAYS <= 365:
    raise ImproperlyConfigured("REPAIR_WORKING_DAYS must be from 1 to 365.")
