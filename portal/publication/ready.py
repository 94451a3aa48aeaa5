"""From a document to what is served: labels, addresses, renditions and derived values beside the document's own
members. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.countries import country_names
from portal.core.languages import LANGUAGES, in_language
from portal.publication.citations import citations
from portal.publication.codelists import code_list
from portal.publication.topics import TOPICS

_LINK = re.compile(r'<a href="(record|file|figure):([^"]+)">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Cited:
    """A public record as others name it."""

    uid: str
    type: str
    title: dict[str, str | None]
    path: str | None

    def as_related(self) -> dict[str, Any]:
        """The entry in a ready record's ``related``."""
        return {"uid": self.uid, "type": self.type, "title": self.title, "url": addresses(self.path)}


@dataclass(frozen=True)
class ServedFile:
    """A public file's address, and its renditions if it is a picture."""

    url: str
    renditions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Surroundings:
    """What a ready record takes from outside its document: the public records that it cites, its files, its derived
    values.
    """

    cited: Mapping[str, Cited]
    files: Mapping[str, ServedFile]
    derived: Mapping[str, Any]


def addresses(path: str | None) -> dict[str, str] | None:
    """The address of a path in each language; None for what has no page of its own."""
    return {language: in_language(path, language) for language in LANGUAGES} if path else None


def figure_anchor(key: str) -> str:
    """The fragment that leads to an observation on its dataset's page. A key is made of letters, digits, dots and
    hyphens.
    """
    return f"figure-{key}"


def figure_addresses(path: str | None, key: str) -> dict[str, str] | None:
    """Where the dataset's page of that path shows an observation, in each language."""
    return addresses(f"{path}#{figure_anchor(key)}") if path else None


def ready_record(
    document: Mapping[str, Any], *, version: int, published_at: str, modified_at: str, surroundings: Surroundings
) -> dict[str, Any]:
    """The record as API and site serve it, both languages in it."""
    record = {
        name: value for name, value in document.items() if name not in ("schema", "path", "body", "media", "file")
    }
    record["body"] = [_block(block, surroundings) for block in document["body"]]
    record["media"] = [_picture(picture, surroundings) for picture in document["media"]]
    if "file" in document:
        record["file"] = _file(document["file"], surroundings)
    cited = {uid for uid, role in citations(dict(document)) if role != "topic"}
    record |= {
        "version": version,
        "published_at": published_at,
        "modified_at": modified_at,
        "url": addresses(document["path"]),
        "related": [surroundings.cited[uid].as_related() for uid in sorted(cited) if uid in surroundings.cited],
        "labels": _labels(document),
        "derived": dict(surroundings.derived),
    }
    return record


def _labels(document: Mapping[str, Any]) -> dict[str, Any]:
    """Display names of the document's own codes, member by member."""
    labels: dict[str, Any] = {"topics": {topic: TOPICS[topic] for topic in document["topics"] if topic in TOPICS}}
    for member, value in document.items():
        if isinstance(value, str) and (codes := code_list(document["type"], member)) and value in codes:
            labels[member] = codes[value]
    labels["precision"] = (code_list("", "precision") or {})[document["dates"]["precision"]]
    if document.get("country"):
        labels["country"] = country_names().get(document["country"])
    return labels


def _block(block: Mapping[str, Any], surroundings: Surroundings) -> dict[str, Any]:
    if block["type"] == "text":
        value = {
            language: text and _resolved(text, language, surroundings) for language, text in block["value"].items()
        }
        cited = {"figures": [_figure(each, surroundings) for each in block["figures"]]} if "figures" in block else {}
        return {**block, "value": value, **cited}
    if block["type"] == "picture":
        return {**block, "picture": _picture(block["picture"], surroundings)}
    if block["type"] == "file":
        return {**block, "file": _file(block["file"], surroundings)}
    if block["type"] == "figure":
        return _figure(block, surroundings)
    return dict(block)


def _figure(figure: Mapping[str, Any], surroundings: Surroundings) -> dict[str, Any]:
    """A cited figure with the address at which its dataset's page shows it."""
    cited = surroundings.cited.get(figure["dataset"])
    return {**figure, "url": figure_addresses(cited.path if cited else None, figure["key"])}


def _picture(picture: Mapping[str, Any], surroundings: Surroundings) -> dict[str, Any]:
    served = surroundings.files.get(picture["sha256"])
    return {**picture, "url": served.url if served else None, "renditions": served.renditions if served else []}


def _file(file: Mapping[str, Any] | None, surroundings: Surroundings) -> dict[str, Any] | None:
    if file is None:
        return None
    served = surroundings.files.get(file["sha256"])
    return {**file, "url": served.url if served else None}


def _resolved(html: str, language: str, surroundings: Surroundings) -> str:
    """Safe HTML with its ``record:``, ``file:`` and ``figure:`` links turned into addresses; a link to something not
    public loses its ``<a>``.
    """

    def replace(match: re.Match[str]) -> str:
        scheme, target, text = match.groups()
        if scheme == "file":
            served = surroundings.files.get(target)
            return f'<a href="{served.url}">{text}</a>' if served else text
        uid, _slash, key = target.partition("/")
        cited = surroundings.cited.get(uid)
        if not cited or not cited.path:
            return text
        fragment = f"#{figure_anchor(key)}" if scheme == "figure" else ""
        return f'<a href="{in_language(cited.path, language)}{fragment}">{text}</a>'

    return _LINK.sub(replace, html)
