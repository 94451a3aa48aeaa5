"""What building a document needs from outside the page: whom it may cite, its files, its rich text in the document's
own form.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import nh3
from django.utils.html import strip_tags
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text.rewriters import LinkRewriter

from cms.base.figures import Figures, draft_source
from cms.blocks.figures import with_links
from portal.core.canonical import sha256_hex
from portal.publication import files
from portal.statistics.figures import Figure
from portal.statistics.units import MINUS, grouped

_TAGS = {"p", "ul", "ol", "li", "strong", "b", "code", "a", "br", "h3", "h4"}
_SCHEMES = {"http", "https", "mailto", "tel", "record", "file"}
#: Only where a dataset fills it: what links so in the stored text loses its link first.
_FIGURE_SCHEME = "figure"
_BARE_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def _cleaned(html: str, schemes: set[str]) -> str:
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=schemes, link_rel=None)


def _page_id(attributes: dict[str, str]) -> int:
    """The id that a stored link names; 0 for what is none, since the text may come from anywhere."""
    written = attributes.get("id", "")
    return int(written) if re.fullmatch("[0-9]{1,18}", written) else 0


class DocumentContext:
    """The context of a document that is built to be looked at: previews, checks, the desk.

    ``citable`` decides whether a record may be named in a document; one that was never published may not. ``figures``
    fills the figures that it cites. ``files`` collects the SHA-256 of what the document uses.
    """

    def __init__(self, citable: Callable[[str], bool], figures: Figures | None = None) -> None:
        self._citable = citable
        self.figures = figures or Figures("", draft_source)
        self.files: set[str] = set()

    def uid(self, page_id: int) -> str | None:
        """The uid of a page, if it may be cited."""
        page = Page.objects.filter(pk=page_id).first()
        uid = getattr(page.specific, "uid", None) if page else None
        return uid if uid and self._citable(uid) else None

    def picture(self, image: Any) -> dict[str, Any]:
        """A picture's SHA-256, size and media type."""
        with image.file.open("rb") as source:
            with PillowImage.open(source) as opened:
                media_type, (width, height) = PillowImage.MIME[opened.format or ""], opened.size
                if opened.getexif().get(0x0112, 1) >= 5:
                    width, height = height, width
            sha256 = self._digest(source, media_type=media_type, width=width, height=height)
        return {"sha256": sha256, "width": width, "height": height, "type": media_type}

    def file(self, attached: Any) -> dict[str, Any]:
        """An attached file's SHA-256, name, size and media type."""
        with attached.file.open("rb") as source:
            sha256 = self._digest(source, media_type=attached.content_type)
        return {
            "sha256": sha256,
            "name": attached.filename,
            "size": attached.get_file_size(),
            "type": attached.content_type,
        }

    def figure(self, dataset: Any, key: str) -> Figure | None:
        """The figure of a dataset's page and a key; None where it is left out."""
        return self.figures.of_block(dataset.specific.uid, key) if dataset else None

    def rich_text(self, stored: str) -> str:
        """Safe HTML in the document's own form: links to records by uid, to files by SHA-256, figures filled and linked
        by dataset and key; empty text for empty paragraphs.
        """
        linked = LinkRewriter({"page": self._page_link, "document": self._file_link})(stored)
        safe = _BARE_LINK.sub(r"\1", _cleaned(linked, _SCHEMES))
        filled = with_links(safe, self._number)
        if filled != safe:
            # A figure within a link would be a link within a link.
            safe = _cleaned(filled, {*_SCHEMES, _FIGURE_SCHEME})
        safe = safe.strip()
        return safe if unescape(strip_tags(safe)).strip() else ""

    def _number(self, dataset: str, key: str) -> str | None:
        figure = self.figures.in_text(dataset, key)
        return None if figure is None else grouped(figure["value"]).replace("-", MINUS)

    def _page_link(self, attributes: dict[str, str]) -> str:
        number = _page_id(attributes)
        uid = self.uid(number) if number else None
        return f'<a href="record:{uid}">' if uid else "<a>"

    def _file_link(self, attributes: dict[str, str]) -> str:
        found = get_document_model().objects.filter(pk=_page_id(attributes)).first()
        return f'<a href="file:{self.file(found)["sha256"]}">' if found else "<a>"

    def _digest(self, source: Any, **_about: Any) -> str:
        source.seek(0)
        sha256 = sha256_hex(source.read())
        self.files.add(sha256)
        return sha256


class PublishingContext(DocumentContext):
    """The context of a document that is being published: what it uses is exposed."""

    def _digest(self, source: Any, **about: Any) -> str:
        sha256 = files.expose(source, **about)
        self.files.add(sha256)
        return sha256


class TextContext(DocumentContext):
    """A context for the texts alone: no file is opened, no other record is looked up."""

    def __init__(self) -> None:
        super().__init__(lambda _uid: True, _Named(""))

    def uid(self, page_id: int) -> str | None:
        return f"page:{page_id}"

    def picture(self, image: Any) -> dict[str, Any]:
        return {}

    def file(self, attached: Any) -> dict[str, Any]:
        return {"sha256": "0" * 64}

    def figure(self, dataset: Any, key: str) -> Figure | None:
        return {"key": key}


class _Named(Figures):
    """Figures within texts by their names alone: a correction of the data is no change of the words around it."""

    def in_text(self, dataset: str, key: str) -> Figure:
        return {"dataset": dataset, "key": key, "value": "0"}
