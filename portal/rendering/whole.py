"""What every page has around its own contents: the head, the frame, the switch of language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language
from portal.publication.types import TYPES
from portal.rendering import crumbs, structured
from portal.rendering.frame import Frame
from portal.rendering.theme import theme

#: The Chinese address of the feed of all changes.
CHANGES = "/changes.atom"
#: The Chinese address at which readers sign up to follow by e-mail.
BY_EMAIL = "/follow/email/"
#: The Chinese address of what citizens can file and track.
SERVICES = "/services/"
#: Section of a page → the Chinese address of that section, where it is not the list of a type.
_SECTIONS = {"opendata": "/opendata/"}
#: The Chinese address of the picture that stands for the site where one of its pages is shared.
PICTURE = "/share.png"
#: What Open Graph calls the languages.
LOCALES = {CHINESE: "zh_TW", ENGLISH: "en_GB"}


@dataclass(frozen=True)
class Meta:
    """The head of a page: ``path`` is its Chinese address, None where it has none."""

    title: str
    description: str = ""
    path: str | None = None
    is_indexed: bool = True
    section: str | None = None
    #: Title and address of each feed, and of each calendar.
    feeds: tuple[tuple[str, str], ...] = ()
    calendars: tuple[tuple[str, str], ...] = ()
    #: The Chinese address of the picture that stands for the page where it is shared.
    picture: str = PICTURE
    is_article: bool = False
    #: What the page says in schema.org's words.
    nodes: Sequence[structured.Node] = ()


def alternates(path: str) -> list[tuple[str, str]]:
    """The whole address of a page in each language, with the language's tag. ``path`` is the Chinese one."""
    return [(language, settings.BASE_URL + in_language(path, language)) for language in LANGUAGES]


def whole_page(template: str, meta: Meta, language: str, frame: Frame, context: dict[str, Any]) -> str:
    """A template of the theme with its own context, in the frame."""
    other = ENGLISH if language == CHINESE else CHINESE
    chosen = theme()
    whole = {
        "language": language,
        "other_language": other,
        "identity": chosen.identity,
        "frame": frame,
        "meta": meta,
        "home": in_language("/", language),
        "changes_address": in_language(CHANGES, language),
        "follow_address": in_language(BY_EMAIL, language),
        "services_address": in_language(SERVICES, language),
        "search_address": in_language("/search/", language),
        "suggest_address": f"/api/v1/suggest/?lang={language}&q=",
        "other_address": in_language(meta.path or "/", other),
        "alternates": alternates(meta.path) if meta.path else [],
        "crumbs": (crumbs.home(),),
        "picture_shared": settings.BASE_URL + in_language(meta.picture, language),
        "locale": LOCALES[language],
        "other_locale": LOCALES[other],
        "structured": structured.graph(meta.nodes),
        "canonical": settings.BASE_URL + in_language(meta.path, language) if meta.path else None,
        "is_home": meta.section == "home",
        "current_list": _section_address(meta.section, language),
        **context,
    }
    return chosen.render(template, whole)


def _section_address(section: str | None, language: str) -> str:
    """Where the main menu leads to the section of a page; empty where it has none."""
    path = f"/{TYPES[section].plural}/" if section in TYPES else _SECTIONS.get(section or "", "")
    return path and in_language(path, language)
