"""Split the report into substantive sentences.

Left out are, and only are: headings (a numbered line without the end of a sentence), the cells of tables that
hold no sentence (their figures are checked as numerals), references to photos standing alone, lead-ins to a
list, and the courtesies of ``COURTESIES``, which state nothing about the department's work.
"""

import re
from dataclasses import dataclass

from .exceptions import SECTION_NUMBER

COURTESIES: dict[str, str] = {
    "議長、副議長、各位議員女士、先生": "address",
    "欣逢貴會": "compliments to the council at the opening",
    "謹代表行政暨國際處全體同仁，衷心感謝": "thanks to the council",
    "咸信在各位議員女士、先生": "wish for the council's support",
    "最後，敬祝": "closing wish",
    "身體健康": "closing wish",
    "萬事如意": "closing wish",
    "大會圓滿成功": "closing wish",
}

_CAPTION = re.compile(r"^\s*照片\d+：")
_PHOTO_REFERENCE = re.compile(r"[(（]照片\d+(?:、\d+)*[)）]")
_LEAD_IN = re.compile(r".{0,14}如下[：:︰]")
_END = re.compile(r"[。；;！!]")
_OPEN_END = re.compile(r"[：:︰]\s*$")


@dataclass(frozen=True)
class Sentence:
    """A sentence that states something, and where it stands."""

    start: int
    end: int
    text: str


def substantive_sentences(text: str) -> list[Sentence]:
    """The sentences of ``text`` that must be found in some record, in order."""
    found: list[Sentence] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if not _is_heading(line) and not _is_cell(line):
            found += [s for s in _split(line, offset) if _states_something(s.text)]
        offset += len(line)
    return found


def _is_heading(line: str) -> bool:
    return bool(SECTION_NUMBER.match(line)) and not _END.search(line) and not _OPEN_END.search(line)


def _is_cell(line: str) -> bool:
    """A cell of a table: short, indented with a tab or in brackets, without the end of a sentence."""
    if _CAPTION.match(line) or _END.search(line):
        return False
    bare = line.strip()
    return line.startswith("\t") or len(bare) <= 12


def _split(line: str, offset: int) -> list[Sentence]:
    pieces: list[Sentence] = []
    start = 0
    for match in [*_END.finditer(line), None]:
        end = match.start() if match else len(line)
        piece = line[start:end]
        number = SECTION_NUMBER.match(piece) if start == 0 else None
        if number:
            start, piece = start + number.end(), piece[number.end() :]
        lead = len(piece) - len(piece.lstrip())
        pieces.append(Sentence(offset + start + lead, offset + end, piece.strip()))
        start = end + 1
    return pieces


def _states_something(piece: str) -> bool:
    rest = _PHOTO_REFERENCE.sub("", piece).strip(" \t\u3000()（）")
    if not rest or _LEAD_IN.fullmatch(rest.split("，")[-1]) and "，" not in rest:
        return False
    return not any(rest.startswith(courtesy) for courtesy in COURTESIES)
