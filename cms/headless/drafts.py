"""Drafts that a separate front end may read for a while, each as it stood when an editor looked at its preview.

A draft is kept whole, in wagtail-headless-preview's table: what the editor goes on to write is not in it. Its token is
signed and good for HEADLESS_PREVIEW_SECONDS at most; publishing, redacting or deleting the page ends it, and so does
the editor's signing out. It begins with keyed digests of page and editor, by which drafts are found again and which
tell a reader nothing.
"""

import json
import secrets
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

from cms.preview import PreviewContext, draft_record
from portal.core.languages import CHINESE
from portal.publication.ready import ServedFile

#: Where drafts and their files are read from.
ADDRESS = "/admin/drafts/"
#: How many drafts of a page are kept for an editor, whose preview makes a new one with every change.
_KEPT = 20
_KEY_LENGTH = 16


class DraftContext(PreviewContext):
    """A context whose files have addresses that the token opens; ``stored`` are their names in the private storage."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.stored: dict[str, str] = {}
        self._token = token

    def picture(self, image: Any) -> dict[str, Any]:
        picture = super().picture(image)
        self._offer(picture["sha256"], image.file.name)
        return picture

    def file(self, attached: Any) -> dict[str, Any]:
        described = super().file(attached)
        self._offer(described["sha256"], attached.file.name)
        return described

    def _offer(self, sha256: str, name: str) -> None:
        self.stored[sha256] = name
        self.served[sha256] = ServedFile(f"{ADDRESS}files/{sha256}/?token={self._token}")


def offer(page: Any, editor: Any) -> str:
    """Keep a page as it stands in the form, saved or not, and give the token that it is read with."""
    forget_expired()
    of_editor = f"{_key('page', page.pk)}.{_key('editor', editor.pk)}."
    token = _signer().sign(f"{of_editor}{secrets.token_urlsafe(12)}")
    context = DraftContext(token)
    document, record = draft_record(page, context)
    data = page.preview_data(document, CHINESE) if document["type"] == "dataset" else {}
    content = {"record": record, "observations": data.get("observations", []), "files": context.stored}
    kept = PagePreview.objects.create(
        token=token, content_type=page.cached_content_type, content_json=json.dumps(content, ensure_ascii=False)
    )
    earlier = PagePreview.objects.filter(token__startswith=of_editor, pk__lt=kept.pk).order_by("-pk")
    PagePreview.objects.filter(pk__in=list(earlier.values_list("pk", flat=True)[_KEPT - 1 :])).delete()
    return token


def read(token: str) -> dict[str, Any] | None:
    """What was kept under a token: ``record`` in both languages, the first ``observations`` of a dataset, and the names
    of its ``files`` in the private storage by SHA-256. None once it has expired or was ended.

    Raises BadSignature for what was never a token.
    """
    _signer().unsign(token)
    if _is_expired(token):
        return None
    kept = PagePreview.objects.filter(token=token).values_list("content_json", flat=True).first()
    return None if kept is None else json.loads(kept)


def end_of_page(page: Any) -> None:
    """End all drafts of a page."""
    _starting(_key("page", page.pk)).delete()


def end_of_editor(editor: Any) -> None:
    """End all drafts that an editor has looked at."""
    PagePreview.objects.filter(token__contains=f".{_key('editor', editor.pk)}.").delete()


def forget_expired() -> None:
    """Delete what nobody can read any more."""
    tokens = PagePreview.objects.values_list("token", flat=True)
    PagePreview.objects.filter(token__in=[token for token in tokens if _is_expired(token)]).delete()


def _starting(key: str) -> QuerySet[PagePreview]:
    return PagePreview.objects.filter(token__startswith=f"{key}.")


def _is_expired(token: str) -> bool:
    try:
        _signer().unsign(token, max_age=settings.HEADLESS_PREVIEW_SECONDS)
    except BadSignature:
        return True
    return False


def _signer() -> TimestampSigner:
    return HeadlessPreviewMixin.get_preview_signer()


def _key(kind: str, number: int | None) -> str:
    return salted_hmac(f"cms.headless.{kind}", str(number)).hexdigest()[:_KEY_LENGTH]
