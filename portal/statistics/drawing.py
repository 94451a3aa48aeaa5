"""The picture of a specification: SVG without a browser, its text as outlines, and PNG of it.

The SVG is light by itself and dark where its reader wants that: colours are attributes, which a style for dark schemes
overrides, so that programs without styles show the light ones.
"""

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import vl_convert

from portal.statistics.lettering import FOLDER, font
from portal.statistics.palette import DARK

#: The version of Vega-Lite that draws, here and in the page.
VEGA_LITE = "6.4"
#: Pixels of a PNG for each of the picture's.
PNG_SCALE = 2
_SVG = "http://www.w3.org/2000/svg"
_ANCHORS = {"middle": 0.5, "end": 1.0}
#: Attributes of a text that the group of its outlines keeps.
_KEPT = ("fill", "opacity", "aria-hidden")


def svg(spec: Mapping[str, Any], *, title: str, description: str, language: str) -> str:
    """The picture as an SVG document that says in a language what it shows."""
    _register()
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    root = ElementTree.fromstring(drawn)  # noqa: S314  # our own
    _outline(root)
    for attribute in ("class", "version"):
        root.attrib.pop(attribute, None)
    root.attrib |= {"role": "img", "lang": language, "aria-labelledby": "title description"}
    said = {"title": title, "desc": description}
    for place, (tag, name) in enumerate({"title": "title", "desc": "description"}.items()):
        element = ElementTree.Element(_name(tag), {"id": name})
        element.text = said[tag]
        root.insert(place, element)
    style = ElementTree.Element(_name("style"))
    style.text = dark_style()
    root.insert(2, style)
    return ElementTree.tostring(root, encoding="unicode")


def png(picture: str) -> bytes:
    """A picture that `svg` has drawn, in light colours."""
    return vl_convert.svg_to_png(picture, scale=PNG_SCALE)


@functools.cache
def _register() -> None:
    """The font is what texts are measured with."""
    vl_convert.register_font_directory(str(FOLDER))
    ElementTree.register_namespace("", _SVG)


def _outline(root: ElementTree.Element) -> None:
    """Replace every text by the outlines of its characters, each defined once."""
    used: set[str] = set()
    for parent in list(root.iter()):
        for place, child in enumerate(parent):
            if child.tag == _name("text"):
                lines = list(_lines(child))
                characters = {character for _x, _y, text in lines for character in text}
                if all(character in font() for character in characters):
                    parent[place] = _outlined(child, lines)
                    used |= characters
    definitions = ElementTree.Element(_name("defs"))
    for character in sorted(used):
        path = {"id": _glyph(character), "d": font().outline(character)}
        ElementTree.SubElement(definitions, _name("path"), path)
    root.insert(0, definitions)


def _lines(text: ElementTree.Element) -> Iterator[tuple[float, float, str]]:
    """Where the lines of a text are, relative to it, and what they say."""
    if text.text:
        yield 0.0, 0.0, text.text
    y = 0.0
    for line in text:
        y += float(line.get("dy", 0))
        yield float(line.get("x", 0)), y, line.text or ""


def _outlined(text: ElementTree.Element, lines: list[tuple[float, float, str]]) -> ElementTree.Element:
    size = float(text.get("font-size", "0").removesuffix("px"))
    scale = size / font().units_per_em
    kept = {name: value for name in _KEPT if (value := text.get(name)) is not None}
    group = ElementTree.Element(_name("g"), {"transform": text.get("transform", ""), **kept})
    for x, y, line in lines:
        left = x - _ANCHORS.get(text.get("text-anchor", ""), 0.0) * font().width(line) * size
        place = f"translate({left:.2f},{y:.2f}) scale({scale:g},{-scale:g})"
        letters = ElementTree.SubElement(group, _name("g"), {"transform": place})
        at = 0
        for character in line:
            ElementTree.SubElement(letters, _name("use"), {"href": f"#{_glyph(character)}", "x": str(at)})
            at += font().advance(character)
    return group


def _glyph(character: str) -> str:
    return f"u{ord(character):x}"


def _name(tag: str) -> str:
    return f"{{{_SVG}}}{tag}"


@functools.cache
def dark_style() -> str:
    """The one style of every picture: its colours where a reader wants dark ones."""
    rules = (f'[{name}="{light}"]{{{name}:{dark}}}' for light, dark in DARK.items() for name in ("fill", "stroke"))
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
