"""The versions of a record: all of them in a list, and the text of each, marked as what it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.core.languages import of_path
from portal.publication import selectors
from portal.publication.models import CurrentRecord, Head, LogRow
from portal.publication.ready import Surroundings, ready_record
from portal.publication.selectors import Standing, Version
from portal.rendering.contents import VersionLine, VersionNotice
from portal.rendering.frame import Frame
from portal.rendering.pages import render_record, render_versions
from portal.site import errors
from portal.site.observations import data_of
from portal.site.responses import Gone, moved, page

_PUBLISH, _WITHDRAW = LogRow.Action.PUBLISH, LogRow.Action.WITHDRAW


@csrf_exempt
@require_safe
def version_list(request: HttpRequest, path: str) -> HttpResponse:
    """All versions of the record at an address."""
    language = of_path(request.path)
    chinese_path = f"/{path}"

    def render(frame: Frame, head: Head) -> str:
        standing, record = _record(request, chinese_path)
        if standing is Standing.MOVED:
            raise Gone(moved(f"{record.path}versions/", language))
        versions = selectors.versions(record.uid)
        published = [each.document for each in versions if each.document and each.members["action"] == _PUBLISH]
        return render_versions(
            title=published[-1]["title"] if published else None,
            uid=record.uid,
            path=record.path or chinese_path,
            versions=[_line(each, chinese_path) for each in reversed(versions)],
            is_public=record.state == CurrentRecord.State.PUBLIC,
            language=language,
            frame=frame,
        )

    return page(request, render)


@csrf_exempt
@require_safe
def version(request: HttpRequest, path: str, number: str) -> HttpResponse:
    """One version of the record at an address."""
    language = of_path(request.path)
    chinese_path = f"/{path}"

    def render(frame: Frame, head: Head) -> str:
        record, found = published_version(request, chinese_path, int(number))
        is_public = record.state == CurrentRecord.State.PUBLIC
        notice_of_version = VersionNotice(
            number=int(number),
            latest=record.version,
            published_at=found.members["published_at"],
            present=record.path if is_public else None,
            versions=f"{chinese_path}versions/",
        )
        ready = _ready(found)
        data = data_of(ready, language, until=found.members["seq"]) if record.type == "dataset" else {}
        return render_record(ready, language=language, frame=frame, notice=notice_of_version, **data)

    return page(request, render)


def published_version(request: HttpRequest, path: str, number: int) -> tuple[CurrentRecord, Version]:
    """The record at a path and one of its versions that published something. Raises `Gone` for any other."""
    _standing, record = _record(request, path)
    found = selectors.version(record.uid, number)
    if found is None:
        raise Gone(errors.response(request, 404))
    if found.redacted_by is not None:
        notice = selectors.redaction_notice(found.redacted_by)
        extra = {"ground": notice.ground, "authority": notice.authority, "day": notice.date}
        raise Gone(errors.response(request, 451, extra=extra))
    if not found.is_readable:
        raise Gone(errors.response(request, 404))
    return record, found


def _record(request: HttpRequest, path: str) -> tuple[Standing, CurrentRecord]:
    """The record at a path, public or withdrawn, and where it stands. Raises `Gone` for any other."""
    place = selectors.place_of_versions(path)
    if place.record is None or place.standing is Standing.REDACTED:
        raise Gone(errors.not_there(request, place))
    return place.standing, place.record


def _line(found: Version, path: str) -> VersionLine:
    action, document = found.members["action"], found.document
    note = None
    if document is not None:
        note = document.get("change_note") if action == _PUBLISH else document.get("note") or document.get("ground")
    number = found.members["version"]
    return VersionLine(
        number=number,
        action=action,
        published_at=found.members["published_at"],
        note=note,
        path=f"{path}versions/{number}/" if action == _PUBLISH and document is not None else None,
        is_redacted=found.redacted_by is not None,
    )


def _ready(found: Version) -> dict[str, Any]:
    """An old document as its page shows it: labels, but no links to records, which may have changed since, and
    no files.
    """
    moment = found.members["published_at"]
    return ready_record(
        found.document or {},
        version=found.members["version"],
        published_at=moment,
        modified_at=moment,
        surroundings=Surroundings(cited={}, files={}, derived={}),
    )
