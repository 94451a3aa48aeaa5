"""The design tokens of every theme: the same names, and colours that can be told apart."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from portal.rendering.theme import read
from tests.themes import THEMES

_ROOT = Path(settings.BASE_DIR, "themes")
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
#: What is read, on what; the least contrast (WCAG 2.2, 1.4.6 for text and 1.4.11 for controls).
_TEXTS = ("ink", "ink2", "harbour", "alert")
_LEAST = {
    **dict.fromkeys(product(_TEXTS, ("paper", "mist")), 7.0),
    ("ink", "wash"): 7.0,
    ("harbour", "wash"): 7.0,
    ("alert", "alertwash"): 7.0,
    ("edge", "paper"): 3.0,
    ("edge", "mist"): 3.0,
}


def tokens(name: str) -> dict[str, dict[str, str]]:
    """The tokens of a theme in the light and in the dark."""
    folders = read(name, _ROOT).folders
    path = next(file for folder in folders if (file := folder / "static" / "theme" / "tokens.css").exists())
    light, _query, rest = path.read_text("utf-8").partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    plain = dict(_TOKEN.findall(light))
    return {"light": plain, "dark": plain | dict(_TOKEN.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of a colour written as #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_has_every_token(name):
    assert set(tokens("default")["light"]) <= set(tokens(name)["light"])


@pytest.mark.parametrize(("name", "light"), list(product(THEMES, ("light", "dark"))))
def test_what_is_read_can_be_read(name, light):
    colours = tokens(name)[light]
    found = {pair: round(contrast(*(colours[each] for each in pair)), 2) for pair in _LEAST}
    assert not {pair: each for pair, each in found.items() if each < _LEAST[pair]}


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
