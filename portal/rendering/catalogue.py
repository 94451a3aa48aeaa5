"""The catalogue of open data as a page."""

from django.utils.translation import gettext, override

from portal.core.languages import DJANGO_CODES
from portal.rendering.contents import CataloguePage
from portal.rendering.frame import Frame
from portal.rendering.whole import Meta, whole_page


def render_catalogue(page: CataloguePage, *, language: str, frame: Frame) -> str:
    """The catalogue of open data."""
    with override(DJANGO_CODES[language]):
        meta = Meta(
            gettext("Open data"),
            gettext("All statistics and all records as files, with their licence and their quality."),
            page.path,
            is_indexed=page.unfiltered is None,
            section="opendata",
        )
        return whole_page("opendata.html", meta, language, frame, {"catalogue": page})
