"""The way from the home page to a page, as its breadcrumbs show it: for the site's pages and for the API."""

from django.utils.translation import gettext_lazy as _

from portal.core.languages import CHINESE, translated
from portal.publication.ready import addresses
from portal.publication.types import BY_PLURAL, TYPES
from portal.rendering.frame import Frame, Item
from portal.rendering.texts import LanguageMap


def _item(label: LanguageMap, path: str) -> Item:
    return Item(label, addresses(path) or {})


def home() -> Item:
    """The home page."""
    return _item(translated(_("Home")), "/")


def list_of(record_type: str, frame: Frame) -> Item | None:
    """The list that a type belongs to, called as the main menu calls it; None for what has no list."""
    kind = TYPES[record_type]
    if kind.plural not in BY_PLURAL:
        return None
    path = f"/{kind.plural}/"
    named = next((item.label for item in frame.main if item.url[CHINESE] == path), None)
    return _item(named or translated(kind.plural_label), path)


def to_record(record_type: str, frame: Frame) -> tuple[Item, ...]:
    """The way to a record, or to one of its versions: past its list."""
    above = list_of(record_type, frame)
    return (home(), above) if above else (home(),)


def to_versions(title: LanguageMap | None, path: str, *, is_public: bool) -> tuple[Item, ...]:
    """The way to the list of a record's versions: past the record while that is public."""
    return (home(), _item(title, path)) if is_public and title else (home(),)


def to_comparison(title: LanguageMap | None, path: str, *, is_public: bool) -> tuple[Item, ...]:
    """The way to a comparison of two versions: past the list of all."""
    return (*to_versions(title, path, is_public=is_public), _item(translated(_("Versions")), f"{path}versions/"))
