"""What a reader typed, taken apart: words, "phrases" and -without. Nothing else means anything, so nothing can be
wrong. Pure.
"""

import re
from dataclasses import dataclass

#: Quotation marks that make a phrase, by their opening one.
_QUOTES = {'"': '"', "“": "”", "„": "”", "＂": "＂"}
_QUOTED = "|".join(
    rf"{opening}(?P<q{i}>[^{closing}]*){closing}?" for i, (opening, closing) in enumerate(_QUOTES.items())
)
_PART = re.compile(rf"(?:(?:^|(?<=\s))(?P<minus>[-−－])(?=\S))?(?:{_QUOTED}|(?P<word>[^\s\"“„＂]+))")


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of what was typed: its text, whether it was quoted, and whether it is to be left out."""

    text: str
    phrase: bool = False
    without: bool = False


def parts(query: str) -> list[Typed]:
    """The parts of a query, in order. A minus sign counts before a word or a quotation mark and after a space; a
    quotation mark that is never closed goes on to the end.
    """
    found: list[Typed] = []
    for match in _PART.finditer(query):
        quoted = next((match[f"q{i}"] for i in range(len(_QUOTES)) if match[f"q{i}"] is not None), None)
        without = bool(match["minus"])
        if quoted is not None:
            found.append(Typed(quoted.strip(), True, without))
        elif word := match["word"]:
            found.append(Typed(word, False, without))
    return _joined([part for part in found if part.text])


def _joined(parts: list[Typed]) -> list[Typed]:
    """Words that stand side by side as one text, since a date or a name may have spaces in it."""
    joined: list[Typed] = []
    for part in parts:
        plain = not part.phrase and not part.without
        if plain and joined and not joined[-1].phrase and not joined[-1].without:
            joined[-1] = Typed(f"{joined[-1].text} {part.text}")
        else:
            joined.append(part)
    return joined
