"""What a document cites: other records and topics, by uid; and the files that it uses, by SHA-256. Pure."""

import re
from collections.abc import Iterator
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
        elif block["type"] == "figure":
            found.add((block["dataset"], "body"))
        found |= {(uid, "body") for text in rich_texts(block) for uid in _RICH_LINK.findall(text)}
    found |= {(check["dataset"], "check") for check in document.get("checks", []) if check["dataset"]}
    links = [*document.get("items", []), document.get("link")]
    found |= {(link["uid"], "link") for link in links if isinstance(link, dict) and link.get("uid")}
    return found


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
