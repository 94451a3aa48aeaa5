"""The documents that records cite as their sources: titles, and the titles of their sections, in both languages."""

import functools
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from portal.core.languages import CHINESE, ENGLISH
from portal.rendering.texts import LanguageMap


@functools.cache
def _documents() -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "fixtures" / "sources.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}


def document_title(code: str) -> LanguageMap:
    """The title of a source document; its code where nothing is known of it."""
    return _documents().get(code, {}).get("title") or {CHINESE: code, ENGLISH: code}


@functools.cache
def section_title(code: str, section: str) -> LanguageMap | None:
    """The title of a section of a source document; None where the section has none of its own."""
    sections = _documents().get(code, {}).get("sections", [])
    return next((each["title"] for each in sections if each["section"] == section), None)
