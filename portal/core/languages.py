"""The portal's two languages and the texts that carry both.

A *language map* is ``{"zh-Hant": str, "en": str | None}``: the Chinese is always there, the English may be missing.
Tags are BCP 47.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

CHINESE = "zh-Hant"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
#: Django's code of each language, as in ``settings.LANGUAGES``.
DJANGO_CODES = {CHINESE: "zh-hant", ENGLISH: "en"}
#: What speakers of each language call it.
NAMES = {CHINESE: "中文", ENGLISH: "English"}
#: What stands before a path in each language: unprefixed addresses are Chinese.
PREFIXES = {CHINESE: "", ENGLISH: "/en"}

_KEYS = frozenset(LANGUAGES)


def tag(django_code: str) -> str:
    """The BCP 47 tag of a Django language code; Chinese for whatever is not English."""
    return ENGLISH if django_code.lower().startswith("en") else CHINESE


def is_language_map(value: Any) -> bool:
    """Whether a value is a text in both languages (or a pair of addresses, one per language)."""
    return isinstance(value, Mapping) and value.keys() == _KEYS


def language_map(chinese: str, english: str | None) -> dict[str, str | None] | None:
    """A language map of two texts; None where the Chinese is empty; an empty English becomes None."""
    if not chinese or not chinese.strip():
        return None
    return {CHINESE: chinese, ENGLISH: english if english and english.strip() else None}


def text(value: Mapping[str, Any] | None, language: str) -> Any:
    """The text of a language map in a language, falling back to Chinese where the English is missing."""
    if value is None:
        return None
    return value[language] if value.get(language) is not None else value[CHINESE]


def flatten(value: Any, language: str) -> Any:
    """The same structure with every language map replaced by its text in ``language`` (Chinese where it is missing)."""
    if is_language_map(value):
        return text(value, language)
    if isinstance(value, Mapping):
        return {key: flatten(member, language) for key, member in value.items()}
    if isinstance(value, list):
        return [flatten(member, language) for member in value]
    return value


def in_language(path: str, language: str) -> str:
    """The address of a Chinese path in a language: ``/visits/x/`` → ``/en/visits/x/``."""
    return PREFIXES[language] + path


def of_path(path: str) -> str:
    """The language of an address: ``/en/`` and all below it is English, everything else Chinese."""
    prefix = PREFIXES[ENGLISH]
    return ENGLISH if path == prefix or path.startswith(f"{prefix}/") else CHINESE


def without_prefix(path: str) -> str:
    """The Chinese path of an address in any language."""
    return path[len(PREFIXES[of_path(path)]) :] or "/"


def translated(message: str | Promise) -> dict[str, str]:
    """A lazy message of the interface as a language map."""
    texts = {}
    for language in LANGUAGES:
        with override(DJANGO_CODES[language]):
            texts[language] = str(message)
    return texts


def name_in_language(name: str, django_code: str) -> str:
    """What a form calls one of the two texts of a bilingual field."""
    named = _("%(name)s (English)") if tag(django_code) == ENGLISH else _("%(name)s (Chinese)")
    return named % {"name": name}
