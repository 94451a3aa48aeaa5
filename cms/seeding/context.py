"""What a fixture's values need to become a page's: ids of other records' pages, pictures drawn and filed, links in rich
text.
"""

import re
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images import get_image_model

from cms.blocks.figures import with_braces
from cms.seeding.illustrations import draw
from portal.core.languages import CHINESE

_RECORD_LINK = re.compile(r'<a href="record:([a-z]+:[a-z0-9-]+)">')


class SeedingContext:
    """Knows the page of every uid; files each illustration once, under its name."""

    def __init__(self, pages: dict[str, int]) -> None:
        self._pages = pages

    def page(self, uid: str | None) -> int | None:
        """The id of a record's page."""
        return self._pages[uid] if uid else None

    def image(self, picture: dict[str, Any]) -> int:
        """The id of the picture that a fixture names as a drawing."""
        filename = f"{picture['drawing']}.png"
        model = get_image_model()
        existing = model.objects.filter(file__endswith=f"/{filename}").first()
        if existing is None:
            title = (picture.get("caption") or picture["alt"])[CHINESE][:200]
            existing = model.objects.create(title=title, file=ContentFile(draw(picture["drawing"]), filename))
        return existing.pk

    def attachment(self, data: dict[str, Any]) -> int:
        """Fixtures hold no files of their own."""
        raise ValueError("fixtures hold no attached files")

    def stored_rich_text(self, html: str) -> str:
        """Rich text as the editor stores it: links to records by the id of their page, figures in braces."""
        return _RECORD_LINK.sub(lambda link: f'<a linktype="page" id="{self._pages[link[1]]}">', with_braces(html))
