"""English words: their stems, and the words that carry grammar rather than meaning."""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

#: Words of English grammar and of asking, as folded words. They are indexed like any other; a query leaves them aside
#: while it has others.
STOPWORDS = frozenset(
    re.findall(
        "[a-z]+",
        """
        a about after all also am an and any are as at be because been before being between both but by can
        cannot cant could did didnt do does doesnt doing dont during each for from further get had has have
        having he her here hers him his how i if im in into is isnt it its itself ive me more most my nor
        not of off on once only or other our ours out over own please same shall she should so some such
        than that the their theirs them then there these they this those through to too under until up
        very was we were what when where which while who whom whose why will with would you your yours
        """,
    )
)

#: What stems of British spellings end with, and what those of American ones end with in its place.
_SPELLINGS = {"is": "iz", "our": "or", "tr": "ter", "mm": "m", "logu": "log", "enc": "ens"}
_BRITISH = re.compile(
    "(?<=[a-z]{3})is$|(?<=[a-z]{2})our(?=(?:hood|it)?$)|(?<=[a-z]{2})tr$|(?<=progra)mm$|(?<=[a-z])logu$|(?<=^def)enc$|"
    "(?<=^lic)enc$|(?<=^off)enc$"
)
#: Longer words are taken as they are.
_LONGEST = 40

_stemmer = snowballstemmer.stemmer("english")
#: A stemmer keeps the word that it works on in itself.
_lock = Lock()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded English word (Snowball's English stemmer), the same for British and American spelling;
    anything else as it is.
    """
    if not (word.isascii() and word.isalpha()) or len(word) > _LONGEST:
        return word
    with _lock:
        found = _stemmer.stemWord(word)
    return _BRITISH.sub(lambda match: _SPELLINGS[match[0]], found)


def beginnings(found: str) -> tuple[str, ...]:
    """What a word with this stem begins with, one of these: a letter, or two. A stemmer works from the end; of all it
    does, only dying, lying, tying and their like change the second letter.
    """
    first = found[:2]
    return (first, f"{first[0]}y") if len(found) == 3 and found.endswith("ie") else (first,)
