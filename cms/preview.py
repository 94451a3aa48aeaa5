"""Previews: a draft through the templates of the public site, as its readers will see it once it is published."""

from typing import Any

from csp.constants import SELF
from django.http import HttpResponse
from django.utils import timezone

from cms.base.context import DocumentContext
from cms.base.document import build
from portal.publication import selectors
from portal.publication.citations import citations
from portal.publication.ready import ServedFile, Surroundings, ready_record
from portal.publication.rows import moment
from portal.rendering.pages import render_preview


class PreviewContext(DocumentContext):
    """A context that exposes nothing: pictures and files keep their private addresses, which only editors can open."""

    def __init__(self) -> None:
        super().__init__(lambda _uid: True)
        self.served: dict[str, ServedFile] = {}

    def picture(self, image: Any) -> dict[str, Any]:
        picture = super().picture(image)
        self.served[picture["sha256"]] = ServedFile(image.file.url)
        return picture

    def file(self, attached: Any) -> dict[str, Any]:
        described = super().file(attached)
        self.served[described["sha256"]] = ServedFile(attached.url)
        return described


def draft_record(page: Any, context: PreviewContext) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document of a page as it stands, saved or not, and the ready record that it would become."""
    document = build(page, context)
    uids = [uid for uid, role in citations(document) if role != "topic"]
    now = moment(timezone.now(), not_before=None)
    surroundings = Surroundings(selectors.public_among(uids), context.served, {})
    record = ready_record(document, version=0, published_at=now, modified_at=now, surroundings=surroundings)
    return document, record


def preview(page: Any, language: str) -> HttpResponse:
    """The page as it stands in the form, saved or not, in one language. Never stored anywhere."""
    document, record = draft_record(page, PreviewContext())
    data = page.preview_data(document, language) if document["type"] == "dataset" else {}
    response = HttpResponse(render_preview(record, language, **data))
    response["Cache-Control"] = "no-store"
    # Wagtail makes it as if the page's own address had been asked for, and shows it in a frame of the form.
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
    return response
