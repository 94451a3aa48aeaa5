"""What every page must be: HTML that a strict parser takes, with what readers of all kinds steer by."""

import re
from xml.etree.ElementTree import Element

import html5lib

_HEADING = re.compile(r"h[1-6]")


def parse(text: str) -> Element:
    """The document of a page; any error of syntax raises."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def faults(text: str, language: str) -> list[str]:
    """What is wrong with a page."""
    tree = parse(text)
    found = []
    everything = [each for each in tree.iter() if isinstance(each.tag, str)]
    if tree.get("lang") != language:
        found.append(f"html lang is {tree.get('lang')}")
    headings = [each for each in everything if _HEADING.fullmatch(each.tag)]
    levels = [int(each.tag[1]) for each in headings]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} h1")
    body_levels = [int(each.tag[1]) for each in tree.find(".//main").iter() if _HEADING.fullmatch(str(each.tag))]
    found += [
        f"h{after} after h{before}"
        for before, after in zip(body_levels, body_levels[1:], strict=False)
        if after > before + 1
    ]
    if "" in {"".join(each.itertext()).strip() for each in headings}:
        found.append("an empty heading")
    ids = [each.get("id") for each in everything if each.get("id")]
    found += [f"id {each} twice" for each in set(ids) if ids.count(each) > 1]
    for each in everything:
        for name in ("aria-labelledby", "aria-describedby"):
            found += [f"no {target}" for target in (each.get(name) or "").split() if target not in ids]
        address = each.get("href") or each.get("src") or ""
        if address.startswith("#") and address[1:] not in ids:
            found.append(f"no {address}")
        if each.tag == "img" and each.get("alt") is None:
            found.append("img without alt")
        # A block of data is not run.
        is_program = each.tag == "script" and each.get("type") != "application/ld+json"
        is_inline = each.tag == "style" or (is_program and (not each.get("src") or each.text))
        if each.get("style") is not None or is_inline:
            found.append("inline style or script")
        loads = each.tag in ("img", "script", "iframe", "source") or (
            each.tag == "link" and each.get("rel") in ("stylesheet", "icon")
        )
        source = each.get("src") or each.get("srcset") or (each.get("href") if each.tag == "link" else "") or ""
        if loads and re.match(r"(https?:)?//", source):
            found.append(f"loads {source}")
    return found
