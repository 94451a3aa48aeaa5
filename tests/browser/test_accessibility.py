"""What axe finds on the pages: nothing, in either language, in every theme, by day and by night, on a desk and a phone.

`make test` pairs these four: every page in each value of each, and each pair of values on some page. `make acceptance`
tries all of them.
"""

from itertools import product

import pytest

from tests.browser.looking import violations
from tests.factories.portal import PATHS, english
from tests.themes import THEMES, choose

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

_WIDTHS, _SCHEMES = (1280, 390), ("light", "dark")
_PAGES = (*PATHS, "/search/?q=111", "/follow/email/", "/nothing/")
#: Language, scheme and width of a page in one theme; in the other one each is the opposite.
_TURNS = ((False, "light", 1280), (False, "dark", 390), (True, "dark", 1280), (True, "light", 390))


def found(site: str, watched, asked) -> list[str]:
    """The violations on pages, each asked for as (path, in English, scheme, width)."""
    readers = {}
    problems = []
    for path, in_english, scheme, width in asked:
        reader = readers.get((scheme, width)) or watched(width, color_scheme=scheme)
        readers[scheme, width] = reader
        address = english(path) if in_english else path
        reader.page.goto(site + address)
        problems += [f"{address} {scheme} {width}: {each}" for each in violations(reader.page)]
    return problems


def turned(number: int, in_english: bool, scheme: str, width: int) -> tuple[bool, str, int]:
    """The same, or in every second theme the opposite."""
    if number % 2 == 0:
        return in_english, scheme, width
    return not in_english, _SCHEMES[scheme == "light"], _WIDTHS[width == _WIDTHS[0]]


@pytest.mark.parametrize(("number", "theme"), list(enumerate(THEMES)))
def test_nothing_is_found_in_pairs(site, watched, settings, number, theme):
    choose(settings, theme)
    turns = [_TURNS[place % len(_TURNS)] for place in range(len(_PAGES))]
    assert (
        found(site, watched, [(path, *turned(number, *turn)) for path, turn in zip(_PAGES, turns, strict=True)]) == []
    )


@pytest.mark.acceptance
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_found_at_all(site, watched, settings, theme):
    choose(settings, theme)
    assert found(site, watched, product(_PAGES, (False, True), _SCHEMES, _WIDTHS)) == []
