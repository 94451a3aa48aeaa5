"""What the blocks of a body say, as lines of plain text: for comparing versions."""

from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext

from portal.rendering import dates
from portal.rendering.quantities import number
from portal.rendering.texts import LanguageMap, plain

Block = Mapping[str, Any]
Titles = Mapping[str, LanguageMap]

_DIGEST_SHOWN = 12
_LINE_TAGS = frozenset({"p", "li", "h3", "h4", "br"})


def block_lines(block: Block, titles: Titles, language: str) -> list[str]:
    """A block of a document's body in a language, paragraph by paragraph; what has no language is in both. ``titles``
    are those of cited records.
    """
    return [line for line in _BLOCKS[block["type"]](block, titles, language) if line]


def block_name(block: Block) -> str:
    """What a kind of block is called, in the active language."""
    names = {
        "text": gettext("text"),
        "heading": gettext("heading"),
        "picture": gettext("picture"),
        "video": gettext("video"),
        "quote": gettext("quotation"),
        "table": gettext("table"),
        "record": gettext("link to a record"),
        "figure": gettext("figure"),
        "code": gettext("lines of code"),
        "file": gettext("file"),
    }
    return names[block["type"]]


def _only(value: Mapping[str, Any] | None, language: str) -> str:
    """A text in exactly this language; empty where it has none."""
    return (value or {}).get(language) or ""


def _text_block(block: Block, titles: Titles, language: str) -> Iterator[str]:
    paragraphs = _Paragraphs()
    paragraphs.feed(_only(block["value"], language))
    paragraphs.close()
    yield from paragraphs.lines()


def _worded(block: Block, titles: Titles, language: str) -> Iterator[str]:
    yield _only(block["value"], language)
    yield _only(block.get("attribution"), language)


def _picture(block: Block, titles: Titles, language: str) -> Iterator[str]:
    picture = block["picture"]
    yield from (_only(picture[name], language) for name in ("alt", "caption", "credit"))
    yield gettext("Picture file %(digest)s, %(width)s × %(height)s") % {
        "digest": picture["sha256"][:_DIGEST_SHOWN],
        "width": picture["width"],
        "height": picture["height"],
    }


def _video(block: Block, titles: Titles, language: str) -> Iterator[str]:
    yield _only(block["title"], language)
    yield block["address"]


def _table(block: Block, titles: Titles, language: str) -> Iterator[str]:
    yield _only(block["caption"], language)
    for row in (block["header"], *block["rows"]):
        if any(_only(cell, language) for cell in row):
            yield " | ".join(plain(cell, language) for cell in row)


def _record(block: Block, titles: Titles, language: str) -> Iterator[str]:
    yield plain(titles.get(block["uid"]), language) or block["uid"]
    yield _only(block["text"], language)


def _figure(block: Block, titles: Titles, language: str) -> Iterator[str]:
    shown = number(block["value"], block["unit"], language)
    value = f"{shown.digits} {shown.unit}" if shown else gettext("not given")
    period = dates.display_period(block["period"], language).primary
    yield f"{plain(block['label'], language)}{gettext(': ')}{value} ({period})"


def _code(block: Block, titles: Titles, language: str) -> Iterator[str]:
    yield from block["value"].split("\n")


def _file(block: Block, titles: Titles, language: str) -> Iterator[str]:
    file = block["file"]
    yield _only(file["title"], language)
    yield gettext("File %(name)s, %(size)s bytes, SHA-256 %(digest)s") % {
        "name": file["name"],
        "size": file["size"],
        "digest": file["sha256"][:_DIGEST_SHOWN],
    }


_BLOCKS: dict[str, Callable[[Block, Titles, str], Iterator[str]]] = {
    "text": _text_block,
    "heading": _worded,
    "picture": _picture,
    "video": _video,
    "quote": _worded,
    "table": _table,
    "record": _record,
    "figure": _figure,
    "code": _code,
    "file": _file,
}


class _Paragraphs(HTMLParser):
    """The safe HTML of a text as lines: one per paragraph, item or heading, and after them where its links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found = [""]
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINE_TAGS:
            self._found.append("")
        self._links += [address for name, address in attrs if name == "href" and address]

    def handle_data(self, data: str) -> None:
        self._found[-1] += data

    def lines(self) -> list[str]:
        """The lines; empty ones left out."""
        words = [" ".join(line.split()) for line in self._found]
        return [line for line in words if line] + [
            gettext("Link: %(address)s") % {"address": each} for each in self._links
        ]
