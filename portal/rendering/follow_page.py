"""The page that tells what can be followed, and how."""

from collections.abc import Sequence

from django.utils.translation import override

from portal.core.languages import DJANGO_CODES
from portal.publication.types import LISTED
from portal.rendering import channels, heads
from portal.rendering.contents import Record
from portal.rendering.frame import Frame
from portal.rendering.whole import whole_page


def render_follow(cities: Sequence[Record], *, language: str, frame: Frame) -> str:
    """The page. ``cities`` are ready records."""
    with override(DJANGO_CODES[language]):
        types = [channels.of_everything(language), *(channels.of_type(kind, language) for kind in LISTED)]
        context = {"types": types, "cities": [channels.of_city(city, language) for city in cities]}
        return whole_page("follow.html", heads.of_follow(types, language), language, frame, context)
