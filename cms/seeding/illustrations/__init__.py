"""Flat drawings for the seed content, in the site's token colours.

The report prints photographs that the site does not hold. In their place stand these drawings, made of
circles, bars and ruled water; they show a subject and pretend to show nothing else. The same name gives the
same bytes each time (for the same Pillow).
"""

from collections.abc import Callable

from .agreement import agreement_signing, investment_briefing
from .exhibits import blue_hole_lantern, busan_four_views, city_keys
from .gifts import books_for_koror, medical_supplies
from .learning import consumer_talk_real_estate, kpsn2_computer_class, store_food_inspection
from .meetings import (
    call_canadian_office,
    call_german_institute,
    call_japan_exchange,
    call_korean_mission,
    video_meeting,
)
from .sheet import Sheet

_DRAWINGS: dict[str, Callable[[], Sheet]] = {
    "agreement-signing": agreement_signing,
    "blue-hole-lantern": blue_hole_lantern,
    "books-for-koror": books_for_koror,
    "busan-four-views": busan_four_views,
    "call-canadian-office": call_canadian_office,
    "call-german-institute": call_german_institute,
    "call-japan-exchange": call_japan_exchange,
    "call-korean-mission": call_korean_mission,
    "city-keys": city_keys,
    "consumer-talk-real-estate": consumer_talk_real_estate,
    "investment-briefing": investment_briefing,
    "kpsn2-computer-class": kpsn2_computer_class,
    "medical-supplies": medical_supplies,
    "store-food-inspection": store_food_inspection,
    "video-meeting": video_meeting,
}

NAMES: tuple[str, ...] = tuple(_DRAWINGS)
"""The drawings there are."""


def draw(name: str) -> bytes:
    """The drawing as a PNG file of 1600 × 1000 pixels; ValueError for a name that is not in ``NAMES``."""
    try:
        drawing = _DRAWINGS[name]
    except KeyError:
        raise ValueError(f"no drawing {name!r}; there are: {', '.join(NAMES)}") from None
    return drawing().png()
