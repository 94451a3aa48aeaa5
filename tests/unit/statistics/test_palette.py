"""The colours of charts are legible on light and on dark paper, and to the colour-blind."""

import itertools
import math

import pytest

from portal.statistics.palette import DARK, INK, INK2, PAPER, SERIES

#: How eyes without one kind of cone see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
#: The least distance in Oklab; two shades of one colour that are 0.05 apart can just be told in a legend.
LEAST_APART = 0.12
SCHEMES = (0, 1)


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]


def luminance(colour: str) -> float:
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def oklab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = rgb
    long, middle, short = (
        math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue),
        math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue),
        math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue),
    )
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    return oklab([min(1, max(0, sum(map(float.__mul__, map(float, row), rgb)))) for row in EYES[eye]])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_data_stand_out_against_the_paper(scheme):
    for pair in SERIES:
        assert contrast(pair[scheme], PAPER[scheme]) >= 3, pair


@pytest.mark.parametrize("scheme", SCHEMES)
def test_letters_can_be_read(scheme):
    for pair in (INK, INK2):
        assert contrast(pair[scheme], PAPER[scheme]) >= 7, pair


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eye", EYES)
def test_any_two_are_told_apart_by_any_eye(scheme, eye):
    for one, other in itertools.combinations((pair[scheme] for pair in SERIES), 2):
        assert math.dist(seen(one, eye), seen(other, eye)) >= LEAST_APART, (one, other)


def test_every_light_colour_has_one_dark_colour():
    assert len(DARK) == len(SERIES) + 4
