"""The drawings of the seed content: there when a record asks for one, the same each time, and of one size."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from cms.seeding.illustrations import NAMES, draw
from cms.seeding.illustrations.palette import HARBOUR, INK, PAPER, mix

RECORDS = Path(__file__).parents[3] / "fixtures" / "records"


def drawings_in(value: Any) -> Iterator[str]:
    """Every ``drawing`` named anywhere in a record."""
    if isinstance(value, dict):
        if "drawing" in value:
            yield value["drawing"]
        for inner in value.values():
            yield from drawings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from drawings_in(inner)


def drawings_of_fixtures() -> dict[str, list[str]]:
    """The drawings that the fixtures name, with the files that name them."""
    named: dict[str, list[str]] = {}
    for path in sorted(RECORDS.glob("**/*.yaml")):
        for name in drawings_in(yaml.safe_load(path.read_text(encoding="utf-8"))):
            named.setdefault(name, []).append(path.name)
    return named


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    """All drawings, made once."""
    return {name: draw(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_size_and_format(name: str, drawn: dict[str, bytes]) -> None:
    content = drawn[name]
    with Image.open(BytesIO(content)) as image:
        assert image.format == "PNG"
        assert image.size == (1600, 1000)
        assert image.mode == "RGB"
        assert not image.info, "no dates or texts inside, which would change the bytes"
    assert len(content) < 100_000


@pytest.mark.parametrize("name", NAMES)
def test_the_same_each_time(name: str, drawn: dict[str, bytes]) -> None:
    assert draw(name) == drawn[name]


def test_no_two_are_alike(drawn: dict[str, bytes]) -> None:
    assert len(set(drawn.values())) == len(NAMES)


def test_unknown_name_says_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"'photo-of-the-mayor'.*city-keys"):
        draw("photo-of-the-mayor")


def test_every_drawing_of_the_fixtures_exists() -> None:
    named = drawings_of_fixtures()
    assert named, "the fixtures name no drawing at all"
    missing = {name: files for name, files in named.items() if name not in NAMES}
    assert not missing


def test_every_drawing_is_used() -> None:
    assert set(NAMES) <= set(drawings_of_fixtures())


def test_colours_between() -> None:
    assert mix(INK, PAPER, 0) == INK
    assert mix(INK, PAPER, 1) == PAPER
    assert mix((0, 0, 0), HARBOUR, 0.5) == (0, 40, 53)
