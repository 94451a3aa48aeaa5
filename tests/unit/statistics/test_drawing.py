"""Pictures of charts: SVG that needs no font, and PNG of it."""

import io
import re
from xml.etree import ElementTree

from PIL import Image

from portal.statistics import drawing
from portal.statistics.palette import DARK, INK, PAPER, SERIES
from tests.unit.statistics.test_vegalite import made

SVG = "{http://www.w3.org/2000/svg}"


def drawn(**members) -> ElementTree.Element:
    """A chart's SVG, read again."""
    spec = made(**members).spec
    return ElementTree.fromstring(drawing.svg(spec, title="標題 <1>", description="說明。", language="zh-Hant"))


def test_letters_are_outlines():
    root = drawn(colour="period")
    assert root.findall(f".//{SVG}text") == []
    defined = {path.get("id"): path.get("d") for path in root.findall(f"{SVG}defs/{SVG}path")}
    used = {use.get("href").removeprefix("#") for use in root.iter(f"{SVG}use")}
    assert used == set(defined)
    assert defined["u5de5"].startswith("M")  # 工
    assert "font-family" not in ElementTree.tostring(root, encoding="unicode")


def test_a_character_that_the_font_lacks_stays_text():
    root = drawn(lines="period,measure,staff,value,status,note_zh,note_en\n2022-05,headcount,workers,1,normal,,\n")
    assert root.findall(f".//{SVG}text") == []
    spec = made().spec
    spec["encoding"]["y"]["axis"] = {"title": "\U00020000字"}
    text = drawing.svg(spec, title="t", description="d", language="en")
    assert [each.text for each in ElementTree.fromstring(text).iter(f"{SVG}text")] == ["\U00020000字"]


def test_names_are_drawn_as_they_are_written():
    name = """'"\\ {a} ${b} <i>&amp; __proto__"""
    spec = made(dimension_names={"workers": name}).spec
    root = ElementTree.fromstring(drawing.svg(spec, title="t", description="d", language="en"))
    used = {chr(int(use.get("href").removeprefix("#u"), 16)) for use in root.iter(f"{SVG}use")}
    assert set(name) - {" "} <= used


def test_it_says_what_it_shows():
    root = drawn()
    assert (root.get("role"), root.get("lang")) == ("img", "zh-Hant")
    said = {each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert said == {"title": "標題 <1>", "description": "說明。"}
    assert root.get("aria-labelledby").split() == list(said)


def test_it_has_the_size_that_was_foretold():
    found = made()
    root = ElementTree.fromstring(drawing.svg(found.spec, title="t", description="d", language="en"))
    assert (int(root.get("width")), int(root.get("height"))) == (found.width, found.height)


def test_colours_follow_the_scheme():
    text = ElementTree.tostring(drawn(colour="period"), encoding="unicode")
    [rules] = re.findall(r"@media \(prefers-color-scheme:dark\)\{(.*?\})\}", text)
    for light, dark in DARK.items():
        assert f'[fill="{light}"]{{fill:{dark}}}' in rules
    drawn_in = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', re.sub("<style>.*</style>", "", text)))
    assert {SERIES[0][0], SERIES[1][0], INK[0], PAPER[0]} <= drawn_in <= set(DARK)


def test_nothing_is_executed_or_fetched():
    text = ElementTree.tostring(drawn(), encoding="unicode")
    assert "<script" not in text
    assert set(re.findall(r'https?://[^"\s]+', text)) == {"http://www.w3.org/2000/svg"}


def test_a_png_is_light_and_twice_as_large():
    found = made()
    picture = drawing.svg(found.spec, title="t", description="d", language="zh-Hant")
    image = Image.open(io.BytesIO(drawing.png(picture))).convert("RGB")
    assert image.size == (2 * found.width, 2 * found.height)
    colours = {colour for _count, colour in image.getcolors(1 << 20)}
    assert {(255, 255, 255), (0, 0x51, 0x6A), (0x12, 0x22, 0x2B)} <= colours
