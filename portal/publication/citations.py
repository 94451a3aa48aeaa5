"""What a document cites: other records and topics, by uid; and the files that it uses, by SHA-256. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_RICH_LINK = re.compile(r'href="record:([a-z]+:[a-z0-9-]+)"')
_RICH_FILE = re.compile(r'href="file:([0-9a-f]{64})"')


def citations(document: dict[str, Any]) -> set[tuple[str, str]]:
    """(target uid, role) of all that a document cites. Roles: city, related, supersedes, topic, body, link,
    check.
    """
    relations = document["relations"]
    found = {(uid, "city") for uid in relations["cities"]} | {(uid, "related") for uid in relations["related"]}
    if relations.get("supersedes"):
        found.add((relations["supersedes"], "supersedes"))
    found |= {(uid, "topic") for uid in document["topics"]}
    for block in document["body"]:
        if block["type"] == "record":
            found.add((block["uid"], "body"))
        found |= {(uid, "body") for text in rich_texts(block) for uid in _RICH_LINK.findall(text)}
        found |= {(figure["dataset"], "body") for figure in figures_of(block)}
    found |= {(check["dataset"], "check") for check in document.get("checks", []) if check["dataset"]}
    links = [*document.get("items", []), document.get("link")]
    found |= {(link["uid"], "link") for link in links if isinstance(link, dict) and link.get("uid")}
    return found


def figures(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every figure that a document cites, in blocks of its own and within texts. Each has ``dataset``, ``key``,
    ``value`` (None where a block's is missing), ``unit``, ``period``, and the dataset's ``version`` that it is taken
    from, which blocks of earlier documents do not have.
    """
    for block in document["body"]:
        yield from figures_of(block)


def figures_of(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The figures that one block cites."""
    return [block] if block["type"] == "figure" else block.get("figures", [])


def files(document: dict[str, Any]) -> set[str]:
    """The SHA-256 of every file that a document uses."""
    found = {picture["sha256"] for picture in document["media"]}
    for block in document["body"]:
        if block["type"] in ("picture", "file"):
            found.add(block[block["type"]]["sha256"])
        found |= {sha256 for text in rich_texts(block) for sha256 in _RICH_FILE.findall(text)}
    if document.get("file"):
        found.add(document["file"]["sha256"])
    return found


def rich_texts(block: dict[str, Any]) -> Iterator[str]:
    """The safe HTML texts of a block, in both languages; only text blocks have any."""
    if block["type"] == "text":
        yield from (text for text in block["value"].values() if text)
