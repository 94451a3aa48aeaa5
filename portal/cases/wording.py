"""Sentences in both languages: messages with days, names and numbers put in as each language says them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import override

from portal.core.languages import CHINESE, DJANGO_CODES, LANGUAGES, text
from portal.core.periods import DAY, days_label

#: A text in each language, neither of them missing.
Texts = dict[str, str]


def both(message: str | Promise, **values: Any) -> Texts:
    """A message as a language map. Values may be days, language maps, messages, numbers, or lists of these."""
    said = {}
    for language in LANGUAGES:
        with override(DJANGO_CODES[language]):
            shown = {name: _shown(value, language) for name, value in values.items()}
            # Not str() first: a message with a plural chooses its form by the values.
            said[language] = str(message % shown) if shown else str(message)
    return said


def _shown(value: Any, language: str) -> Any:
    if isinstance(value, int):
        return value
    if isinstance(value, datetime.date):
        return _day(value, language)
    if isinstance(value, Mapping):
        return text(value, language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("；" if language == CHINESE else "; ").join(str(_shown(each, language)) for each in value)
    return str(value)


def _day(day: datetime.date, language: str) -> str:
    label, weekday = days_label(day, day, DAY, language), WEEKDAYS[day.weekday()]
    return f"{label}（{weekday}）" if language == CHINESE else f"{weekday} {label}"
