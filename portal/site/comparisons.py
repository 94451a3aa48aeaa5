"""Two versions of a record beside each other: what changed from the one to the other.

A comparison has an address of its own, ``…/versions/1/3/``, so that it can be kept and cited; the form that chooses two
versions leads there.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import in_language, of_path
from portal.publication import selectors
from portal.publication.citations import citations
from portal.publication.models import CurrentRecord, Head, LogRow
from portal.rendering.changed_figures import LIMIT, ChangedFigures, changed_figures
from portal.rendering.contents import ComparisonPage
from portal.rendering.frame import Frame
from portal.rendering.versions import render_comparison
from portal.site import errors
from portal.site.frames import frame_at
from portal.site.methods import require_safe
from portal.site.responses import CACHE_CONTROL, Gone, moved, page
from portal.site.versions import check_readable, last_title, line_of, list_page, record_of
from portal.statistics.differences import differences
from portal.statistics.kept import columns_of
from portal.statistics.models import Table

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@csrf_exempt
@require_safe
def chosen(request: HttpRequest, path: str) -> HttpResponse:
    """302 to the comparison of the two versions that a form names, or of the last two where it names none; 400 with the
    list of versions and what is wrong otherwise.
    """
    chinese_path = f"/{path}"
    try:
        record = record_of(request, chinese_path)
        published = [
            each.members["version"]
            for each in selectors.versions(record.uid)
            if each.members["action"] == LogRow.Action.PUBLISH
        ]
        with errors.speaking(of_path(request.path)):
            numbers, problem = _numbers(request, published)
        if problem:
            frame = frame_at(selectors.head(), timezone.localtime())
            response = HttpResponse(list_page(request, chinese_path, frame, problem=problem), status=400)
            response["Cache-Control"] = "no-cache"
            return response
    except Gone as gone:
        return gone.response
    where = "/".join(map(str, sorted(numbers)))
    response = HttpResponseRedirect(in_language(f"{chinese_path}versions/{where}/", of_path(request.path)))
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _numbers(request: HttpRequest, published: list[int]) -> tuple[list[int], str]:
    """The two versions that a request names, or the last two; and what is wrong with them, in the active language."""
    names = {"from": _("Earlier version"), "to": _("Later version")}
    given = {name: request.GET.get(name, "").strip() for name in names}
    if not any(given.values()):
        return (published[-2:], "") if len(published) > 1 else ([], _("There is only one version to read."))
    for name, value in given.items():
        if not _NUMBER.fullmatch(value) or int(value) not in published:
            return [], _("%(field)s: choose one of the versions in the list.") % {"field": names[name]}
    numbers = [int(value) for value in given.values()]
    if numbers[0] == numbers[1]:
        return [], _("%(earlier)s, %(later)s: choose two different versions.") % {
            "earlier": names["from"],
            "later": names["to"],
        }
    return numbers, ""


@csrf_exempt
@require_safe
def comparison(request: HttpRequest, path: str, earlier: str, later: str) -> HttpResponse:
    """What changed from one version to another."""
    language = of_path(request.path)
    chinese_path = f"/{path}"
    first, last = sorted((int(earlier), int(later)))
    if first == last:
        return moved(f"{chinese_path}versions/{first}/", language)
    if first != int(earlier):
        return moved(f"{chinese_path}versions/{first}/{last}/", language)

    def render(frame: Frame, head: Head) -> str:
        record = record_of(request, chinese_path)
        if record.path and record.path != chinese_path:
            raise Gone(moved(f"{record.path}versions/{first}/{last}/", language))
        versions = {each.members["version"]: each for each in selectors.versions(record.uid)}
        if first not in versions or last not in versions:
            raise Gone(errors.response(request, 404))
        for number in (first, last):
            check_readable(request, versions[number])
        before, after = versions[first].document or {}, versions[last].document or {}
        cited = {uid for each in (before, after) for uid, role in citations(each) if role != "topic"}
        with errors.speaking(language):
            figures = _figures(before, after, language)
        shown = ComparisonPage(
            title=last_title(list(versions.values())),
            path=record.path or chinese_path,
            is_public=record.state == CurrentRecord.State.PUBLIC,
            versions=[line_of(each, chinese_path) for each in versions.values()],
            first=first,
            last=last,
            before=before,
            after=after,
            cited=selectors.public_among(cited),
            figures=figures,
        )
        return render_comparison(shown, language=language, frame=frame)

    return page(request, render)


def _figures(before: dict[str, Any], after: dict[str, Any], language: str) -> ChangedFigures | None:
    """The changed observations of a dataset; None where its table is the same, or not here."""
    if before.get("table") == after.get("table"):
        return None
    try:
        earlier, later = (columns_of(each["table"]["digest"]) for each in (before, after))
    except Table.DoesNotExist:
        return None
    found = differences(earlier, later)
    return changed_figures(before, after, found.page(0, LIMIT), found.counts, language)
