"""Personal numbers and addresses in free text, masked for whoever only needs to recognise them.

Identity numbers keep three symbols at each end (``A12****789``), mobile telephones four and three (``0912***678``),
other telephones the area code and the last two (``07-*****66``), e-mail addresses the first letter and the domain
(``c******@example.org``). Lengths and marks stay, so that a text keeps its lines. What is masked once is masked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.cases import identity_numbers
from portal.cases.plain_text import plain

_GAP = r"[ \-.()]{0,4}"
#: Taiwan's numbers at home (0) and from abroad (+886, with or without the 0 that is not dialled).
_COUNTRY = rf"(?:(?:\+|00|002){_GAP}886{_GAP}0?|0){_GAP}"
_AREA = r"(?:37|49|826|836|82|89|[2-8])"
#: Not within a longer number, nor the month of a date.
_ALONE = r"(?<![0-9A-Z*])(?<![0-9][\-./])"
_ENDED = r"(?![0-9*])"
_MOBILE = re.compile(rf"{_ALONE}(?P<shown>{_COUNTRY}9{_GAP}[0-9]{_GAP}[0-9])(?:{_GAP}[0-9]){{6}}{_ENDED}")
_LANDLINE = re.compile(rf"{_ALONE}(?P<shown>{_COUNTRY}{_AREA}){_GAP}[2-9](?:{_GAP}[0-9]){{5,7}}{_ENDED}")
_LOCAL = r"[A-Z0-9._%+\-]"
_MAIL = re.compile(
    rf"(?<![A-Z0-9._%+\-*])(?P<shown>[A-Z0-9](?!@)|)(?={_LOCAL}){_LOCAL}{{1,64}}(?=@[A-Z0-9][A-Z0-9.\-]*\.[A-Z]{{2}})"
)


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The letters and digits from ``start`` up to ``end`` are hidden, but for the last ``behind``."""

    start: int
    end: int
    behind: int


def masked(text: str) -> str:
    """The text with the middle of each identity number, telephone number and e-mail address as stars."""
    text = identity_numbers.masked(text)
    # A number that was taken for one with the beginning of the next lets that be seen for what it is.
    while (further := _starred(text)) != text:
        text = further
    return text


def _starred(text: str) -> str:
    characters = list(text)
    for hidden in _hidden(plain(text)):
        places = [place for place in range(hidden.start, hidden.end) if text[place].isalnum()]
        for place in places[: len(places) - hidden.behind]:
            characters[place] = "*"
    return "".join(characters)


def name_masked(name: str) -> str:
    """A name with all but its first character hidden, as offices write it: ``王○○``."""
    return name[:1] + "".join(each if each.isspace() else "○" for each in name[1:])


def _hidden(text: str) -> Iterator[_Hidden]:
    for pattern, behind in ((_MAIL, 0), (_MOBILE, 3), (_LANDLINE, 2)):
        for match in pattern.finditer(text):
            yield _Hidden(match.end("shown"), match.end(), behind)
