"""The pages of a record's versions: all of them in a list, and two of them beside each other."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, override

from portal.core.languages import DJANGO_CODES, in_language
from portal.rendering import crumbs
from portal.rendering.comparison import compare
from portal.rendering.contents import ComparisonPage, VersionLine
from portal.rendering.frame import Frame
from portal.rendering.texts import LanguageMap, plain
from portal.rendering.whole import Meta, whole_page


def render_versions(
    *,
    title: LanguageMap | None,
    uid: str,
    path: str,
    versions: Sequence[VersionLine],
    is_public: bool,
    problem: str = "",
    language: str,
    frame: Frame,
) -> str:
    """The list of a record's versions, the newest first. ``path`` is the record's Chinese path, ``problem`` what is
    wrong with the two that a reader chose to compare.
    """
    with override(DJANGO_CODES[language]):
        readable = _readable(versions)
        context = {
            "title": title,
            "uid": uid,
            "versions": versions,
            "is_public": is_public,
            "crumbs": crumbs.to_versions(title, path, is_public=is_public),
            "problem": problem,
            **_choice(readable, path, language, *[each.number for each in readable[:2]][::-1]),
        }
        heading = gettext("Versions of “%(title)s”") % {"title": plain(title, language) or uid}
        meta = Meta(heading, path=f"{path}versions/", is_indexed=False, section=uid.partition(":")[0])
        return whole_page("versions.html", meta, language, frame, context)


def render_comparison(page: ComparisonPage, *, language: str, frame: Frame) -> str:
    """What changed from one version of a record to another."""
    with override(DJANGO_CODES[language]):
        versions = [each for each in page.versions if page.first <= each.number <= page.last]
        are_figures_other = page.before.get("table") != page.after.get("table")
        fields = compare(page.before, page.after, cited=page.cited, language=language)
        context = {
            "title": page.title,
            "is_public": page.is_public,
            "crumbs": crumbs.to_comparison(page.title, page.path, is_public=page.is_public),
            "earlier": versions[0],
            "followed_by": versions[1:],
            "fields": fields,
            "figures": page.figures,
            "has_no_tables": are_figures_other and page.figures is None,
            "is_same": not fields and not are_figures_other,
            "differences": _differences(page) if page.figures and page.is_public else "",
            **_choice(_readable(page.versions)[::-1], page.path, language, page.first, page.last),
        }
        heading = gettext("What changed between versions %(first)s and %(last)s of “%(title)s”") % {
            "first": page.first,
            "last": page.last,
            "title": plain(page.title, language),
        }
        address = f"{page.path}versions/{page.first}/{page.last}/"
        meta = Meta(heading, path=address, is_indexed=False, section=page.after["type"])
        return whole_page("comparison.html", meta, language, frame, context)


def _readable(versions: Sequence[VersionLine]) -> list[VersionLine]:
    return [each for each in versions if each.path]


def _choice(
    readable: Sequence[VersionLine], path: str, language: str, first: int | None = None, last: int | None = None
) -> dict[str, Any]:
    """The form that chooses two versions: those there are, the newest first, and the two that are chosen."""
    return {
        "readable": readable,
        "chosen_first": first,
        "chosen_last": last,
        "compare_address": in_language(f"{path}versions/compare/", language),
    }


def _differences(page: ComparisonPage) -> str:
    """The API's address of all changed observations."""
    uid = page.after["uid"]
    return f"/api/v1/datasets/{uid}/diff/?from_version={page.first}&to_version={page.last}"
