"""Texts of a document in the language of a page, each marked with its own language where that is another one."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from portal.core.languages import CHINESE, ENGLISH, text

LanguageMap = Mapping[str, str | None]

#: What stands between the members of a short list.
COMMAS = {CHINESE: "、", ENGLISH: ", "}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def is_fallback(value: LanguageMap | None, language: str) -> bool:
    """Whether a page in this language has to show the Chinese because there is no English."""
    return language == ENGLISH and value is not None and value.get(ENGLISH) is None


def lang_attribute(value: LanguageMap | None, language: str) -> SafeString:
    """`` lang="zh-Hant"`` for an element that shows a fallback, otherwise nothing."""
    return mark_safe(f' lang="{CHINESE}"' if is_fallback(value, language) else "")  # noqa: S308  # a constant


def lang_of_words(html: str, language: str) -> SafeString:
    """The ``lang`` attribute of an element of an English page whose text, not being a language map, does not say what
    language it is in: Chinese where it has more Han characters than Latin words.
    """
    words = strip_tags(html)
    chinese = language == ENGLISH and len(_HAN.findall(words)) > len(_LATIN_WORD.findall(words))
    return mark_safe(f' lang="{CHINESE}"' if chinese else "")  # noqa: S308  # a constant


def inline(value: LanguageMap | None, language: str) -> SafeString:
    """The escaped text; a fallback lies in a ``<span lang>``. Empty for None."""
    if value is None:
        return SafeString("")
    shown = conditional_escape(text(value, language))
    return format_html('<span lang="{}">{}</span>', CHINESE, shown) if is_fallback(value, language) else shown


def plain(value: LanguageMap | None, language: str) -> str:
    """The text without markup, for attributes and titles. Empty for None."""
    return str(text(value, language) or "")


def inline_list(values: Iterable[LanguageMap], language: str) -> SafeString:
    """Several short texts in a row, with the commas of the language."""
    return format_html_join(COMMAS[language], "{}", ((inline(value, language),) for value in values))


def link(value: LanguageMap, url: Mapping[str, str] | str | None, language: str) -> SafeString:
    """The text as a link, or as mere text where there is no address. ``url`` is one address or one per language."""
    if not url:
        return inline(value, language)
    address = url if isinstance(url, str) else url[language]
    return format_html('<a href="{}">{}</a>', address, inline(value, language))


def rich(value: Mapping[str, Any], language: str) -> SafeString:
    """The safe HTML that the publication log holds, as it is."""
    return mark_safe(text(value, language))  # noqa: S308  # cleaned before it was published
