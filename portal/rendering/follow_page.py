"""The page that tells what can be followed, and how."""

from collections.abc import Sequence

from django.utils.translation import gettext, override

from portal.core.languages import DJANGO_CODES, in_language
from portal.publication.types import LISTED
from portal.rendering import following
from portal.rendering.contents import Record
from portal.rendering.frame import Frame
from portal.rendering.whole import Meta, whole_page


def render_follow(cities: Sequence[Record], *, email: str | None, language: str, frame: Frame) -> str:
    """The page. ``cities`` are ready records, ``email`` is the Chinese address of the form for e-mail, None where the
    portal sends none.
    """
    with override(DJANGO_CODES[language]):
        everything = following.of_everything(language)
        context = {
            "types": [everything, *(following.of_type(kind, language) for kind in LISTED)],
            "cities": [following.of_city(city, language) for city in cities],
            "email": in_language(email, language) if email else None,
        }
        meta = Meta(
            gettext("Follow"),
            gettext("What is published here can be followed by feed and in a calendar, all of it or a part."),
            following.FOLLOW,
            feeds=tuple((following.titled(each, language), each.feed) for each in context["types"]),
            calendars=((everything.name, everything.calendar),),
        )
        return whole_page("follow.html", meta, language, frame, context)
