"""What a public address means, for a front end of one's own: record, breadcrumbs, other languages, menus."""

import re
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_body
from portal.api.v1.frame import shown_items
from portal.api.v1.parameters import LANG, Parameter
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, REDACTED, UNKNOWN_PARAMETER, WITHDRAWN, invalid
from portal.api.v1.resolving import Resolved, resolved
from portal.api.v1.versions import said_of
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import flatten, in_language, of_path, translated
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.selectors import FORMS
from portal.publication.types import TYPES
from portal.rendering import crumbs
from portal.rendering.frame import Frame, build_frame
from portal.rendering.whole import alternates

_LONGEST = 2000
_ADDRESS = re.compile(rf"/[^\s?#\\]{{0,{_LONGEST - 1}}}")
#: What pages without a record are called.
_TITLES: dict[str, str | Promise] = {"search": _("Search"), "catalogue": _("Open data")}


def _address(name: str, text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise invalid(
            name,
            _("“%(value)s” is not an address of this site."),
            {"value": text[:60]},
            allowed=_("a path that begins with a slash, such as /en/visits/, without host, query and fragment"),
        )
    return text


_PATH = Parameter(
    "path",
    _address,
    {"type": "string", "minLength": 1, "maxLength": _LONGEST, "pattern": r"^/[^\s?#\\]*$"},
    "The address of a page or file of this site in either language: its path, without host, query and fragment.",
    examples=("/visits/", "/en/about/", "/changes.atom"),
    is_required=True,
)


@extend_schema_view(
    get=openapi.operation(
        "resolve",
        "What a public address means",
        "The page or file at an address of the site, decided as the site decides it: `kind` says which it is, `record` "
        "is what it shows, and breadcrumbs, other languages and menus are those of the site's own page. Where a reader "
        "of the site would be sent on, this answers 200 all the same, with what they would be sent on to: `status` is "
        "301 (moved) or 303, and `location` is the new address. A withdrawn record is answered with 410, a redacted "
        "one with 451.",
        answer=openapi.reference("Resolution"),
        takes=(_PATH, LANG),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
        headers=(openapi.ETAG,),
    )
)
class Resolve(PublicView):
    """What an address means. Its digest tells an answer from another: files come and go without the log."""

    parameters: ClassVar[tuple[Parameter, ...]] = (_PATH, LANG)
    body: bytes

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The answer's own."""
        self.body = self._content()
        return validators_of_body(request, self.body)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        return json_response(self.body)

    def _content(self) -> bytes:
        address, lang = self.given["path"], self.given["lang"]
        found = resolved(address, self.form)
        frame = build_frame(selectors.frame().menus.values(), (), timezone.now())
        language = of_path(address)
        present = in_language(found.path, language)
        body = {
            "path": address,
            "status": found.status,
            "location": present if found.status != 200 else None,
            "language": language,
            "kind": found.kind,
            "type": found.type,
            "uid": found.record.uid if found.record else None,
            "title": _title(found),
            "data": _data(found),
            "breadcrumbs": shown_items(_breadcrumbs(found, frame)),
            "alternates": [] if found.kind == "file" else _alternates(found.path),
            "menus": {slot: shown_items(items) for slot, items in frame.menus.items()},
        }
        if lang:
            body = flatten(body, lang)
        opening = orjson.dumps(body)[:-1]
        return b"".join((opening, b',"record":', self._record(found), b"}"))

    def _record(self, found: Resolved) -> bytes:
        """The record as the API serves it, or the version that the page shows; JSON."""
        if found.version is not None and found.record is not None:
            document = found.version.document or {}
            lang = self.given["lang"]
            return orjson.dumps((flatten(document, lang) if lang else document) | said_of(found.record, found.version))
        if found.record is None or found.record.state != CurrentRecord.State.PUBLIC:
            return b"null"
        return getattr(found.record, FORMS[self.form]).encode()


def _title(found: Resolved) -> dict[str, str | None] | None:
    """What the page is called, None for a home page without an introduction and for files."""
    if found.version is not None:
        return (found.version.document or {}).get("title")
    if found.record is not None and found.record.title_zh_hant:
        return found.record.title
    if found.kind == "list" and found.type:
        return {**translated(TYPES[found.type].plural_label)}
    return {**translated(_TITLES[found.kind])} if found.kind in _TITLES else None


def _data(found: Resolved) -> str | None:
    """The address in the API of what the page shows."""
    if found.kind == "list" and found.type:
        return reverse(f"api-{TYPES[found.type].plural}")
    if found.kind == "search":
        return reverse("api-search")
    if found.kind == "catalogue":
        return reverse("api-datasets")
    if found.record is None or found.kind == "file":
        return None
    uid = found.record.uid
    if found.kind == "versions":
        return reverse("api-versions", args=[uid])
    if found.version is not None:
        return reverse("api-version", args=[uid, found.version.members["version"]])
    return reverse("api-record", args=[uid])


def _breadcrumbs(found: Resolved, frame: Frame) -> tuple[crumbs.Item, ...]:
    """As the site's page has them; none for the home page and for files."""
    if found.kind in ("home", "file"):
        return ()
    if found.record is not None and found.kind in ("record", "version"):
        return crumbs.to_record(found.record.type, frame)
    if found.record is not None and found.kind == "versions":
        is_public = found.record.state == CurrentRecord.State.PUBLIC
        return crumbs.to_versions(_title(found), found.record.path or "/", is_public=is_public)
    return (crumbs.home(),)


def _alternates(path: str) -> list[dict[str, str]]:
    return [{"language": language, "url": url} for language, url in alternates(path)]
