"""Slugs, uids and addresses of records: typed and flat, unique within a type, never ambiguous."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.publication.models import LogRow
from portal.publication.types import RESERVED_SEGMENTS, TYPES

_LONGEST = 100


def settle(page: Any) -> None:
    """Give a new page its slug (from the English title, or the day) and its uid. An existing page keeps both as they
    are.
    """
    if page.slug and page.uid:
        return
    if not page.uid:
        wanted = (
            page.slug
            or slugify(page.headline_en or "")[:_LONGEST].strip("-")
            or f"{page.record_type}-{datetime.date.today():%Y-%m-%d}"
        )
        page.slug = _free(wanted, lambda slug: not _others(page).filter(slug=slug).exists())
        page.uid = _free(f"{page.record_type}:{page.slug}", lambda uid: not _taken(page, uid))
    else:
        page.slug = _free(page.uid.partition(":")[2], lambda slug: not _others(page).filter(slug=slug).exists())


def check(page: Any) -> None:
    """Raise ValidationError where an address would mean two things."""
    if not slugify(page.slug) == page.slug:
        raise ValidationError({"slug": _("Lower-case letters, digits and hyphens only.")})
    if _others(page).filter(slug=page.slug).exists():
        taken = _("Another record of this type has this address: %(slug)s.")
        raise ValidationError({"slug": ValidationError(taken, params={"slug": page.slug})})
    if _others(page).filter(uid=page.uid).exists() or not page.uid.startswith(f"{page.record_type}:"):
        raise ValidationError(_("The identifier %(uid)s belongs to another record."), params={"uid": page.uid})
    if page.record_type == "page" and not page.section and page.slug in RESERVED_SEGMENTS:
        reserved = _("The site needs this address for itself: %(slug)s.")
        raise ValidationError({"slug": ValidationError(reserved, params={"slug": page.slug})})


def path_of(page: Any) -> str | None:
    """The Chinese address of a page: ``/visits/<slug>/``; ``/`` for the home page, ``/<slug>/`` for other plain pages;
    None for menus and banners.
    """
    record_type = TYPES[page.record_type]
    if record_type.frame:
        return None
    if page.record_type != "page":
        return f"/{record_type.plural}/{page.slug}/"
    if page.section:
        return f"/{TYPES[page.section].plural}/"
    return "/" if page.uid == "page:home" else f"/{page.slug}/"


def _others(page: Any) -> Any:
    return type(page)._default_manager.exclude(pk=page.pk) if page.pk else type(page)._default_manager.all()


def _taken(page: Any, uid: str) -> bool:
    return _others(page).filter(uid=uid).exists() or LogRow.objects.filter(uid=uid).exists()


def _free(wanted: str, free: Any) -> str:
    candidate, number = wanted, 2
    while not free(candidate):
        candidate, number = f"{wanted}-{number}", number + 1
    return candidate
