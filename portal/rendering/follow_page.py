"""The page that tells what can be followed, and how."""

from collections.abc import Sequence

from django.utils.translation import override

from portal.core.languages import DJANGO_CODES, in_language
from portal.publication.types import LISTED
from portal.rendering import channels, heads
from portal.rendering.contents import Record
from portal.rendering.frame import Frame
from portal.rendering.whole import whole_page


def render_follow(cities: Sequence[Record], *, email: str | None, language: str, frame: Frame) -> str:
    """The page. ``cities`` are ready records, ``email`` is the Chinese address of the form for e-mail, None where the
    portal sends none.
    """
    with override(DJANGO_CODES[language]):
        types = [channels.of_everything(language), *(channels.of_type(kind, language) for kind in LISTED)]
        context = {
            "types": types,
            "cities": [channels.of_city(city, language) for city in cities],
            "email": in_language(email, language) if email else None,
        }
        meta = heads.of_follow(types, language)
        return whole_page("follow.html", meta, language, frame, context)
