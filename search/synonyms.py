"""Other forms of the names and words in a query: names that records give in both languages, what editors entered, and
general variants of words (``synonyms.tsv``).
"""

import functools
from collections.abc import Iterable
from pathlib import Path

from search import lookups
from search.lookups import Known
from search.names import key

#: Folded forms that are looked up for one query, other forms that are taken of one of them, and of all.
_MOST_ASKED, _MOST_FORMS, _MOST_IN_ALL = 300, 6, 40
_FILE = Path(__file__).parent / "synonyms.tsv"


def alternatives(candidates: Iterable[str], query: str) -> tuple[dict[str, tuple[str, ...]], Known]:
    """For each of these folded forms that is known, its other forms, folded; and what the database knows of them and of
    the whole query, folded, in one query.
    """
    asked = sorted(set(candidates), key=lambda each: (-len(each), each))[:_MOST_ASKED]
    general = _general()
    found = {each: set(general[each] - {each}) for each in asked if each in general}
    known = lookups.known(asked, query)
    for own, other in known.pairs:
        found.setdefault(own, set()).add(other)
    taken: dict[str, tuple[str, ...]] = {}
    left = _MOST_IN_ALL
    for own in asked:
        forms = sorted(found.get(own, ()))[: min(_MOST_FORMS, left)]
        if forms:
            taken[own] = tuple(forms)
            left -= len(forms)
    return taken, known


def general_terms() -> list[tuple[str, str]]:
    """The terms of the general groups, folded and as they are written."""
    return [(key(term), term) for group in _file() for term in group]


@functools.cache
def _general() -> dict[str, frozenset[str]]:
    """The groups of the file by each of their folded forms."""
    groups: dict[str, frozenset[str]] = {}
    for group in _file():
        forms = frozenset(folded for term in group if (folded := key(term)))
        for form in forms:
            groups[form] = groups.get(form, frozenset()) | forms
    return groups


@functools.cache
def _file() -> list[list[str]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
