"""Generated index documents and requests: any number of them, the same for the same seed, in the fields and token forms
that engines are given.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from search.documents import facet_values
from search.engines.base import EntryData
from search.engines.embedded.schema import SCORED
from search.plan import AllOf, AnyOf, AtLeast, Constant, Everything, Filters, Node, Not, Phrase, Request, Term

#: The token that each scored field begins with, and what stands between the values in ``run``.
CONSTANT, BOUNDARY = "\u2401", "\u2402"
TYPES = ("city", "exhibit", "visit", "agreement", "activity", "announcement", "alert", "works", "dataset", "page")
CITIES = tuple(f"city:{name}-{number}" for number in range(12) for name in ("busan", "kumamoto", "brno"))
TOPICS = tuple(f"topic:{name}" for name in ("culture", "trade", "ports", "youth", "health", "tourism", "aid"))
_LETTERS = "abcdefghijklmnoprstuvwz"


def entries(number: int, seed: int = 1, *, first: int = 0, seq: int | None = None) -> Iterator[EntryData]:
    """As many entries, numbered from ``first``; with another seed, other contents under the same keys and uids."""
    for index in range(first, first + number):
        document = generated(index, seed, index + 1 if seq is None else seq)
        yield EntryData(document["key"], document["uid"], document["seq"], json.dumps(document, ensure_ascii=False))


def key_of(index: int) -> int:
    """The key of the document of this number: scattered over 62 bits."""
    return (index * 0x9E3779B97F4A7C15 + 0x1234567) % 2**62 or 1


def generated(index: int, seed: int, seq: int) -> dict[str, Any]:
    """An index document: about a third of them undated, one in forty long, titles that repeat now and then."""
    chance = random.Random(f"{seed}/{index}")
    uid = f"{TYPES[index % len(TYPES)]}:{index}"
    long = chance.random() < 0.025
    texts = {
        "title_zh": [chance.choices(_han(), cum_weights=_zipf(len(_han())), k=chance.randint(1, 4))],
        "names": [chance.choices(_han()[200:], k=2) for _ in range(chance.randint(0, 2))],
        "summary_zh": [chance.choices(_han(), cum_weights=_zipf(len(_han())), k=chance.randint(0, 8))],
        "body_zh": [
            chance.choices(_han(), cum_weights=_zipf(len(_han())), k=chance.randint(2, 12))
            for _ in range(40 if long else chance.randint(0, 5))
        ],
    }
    english = {
        "title_en": chance.choices(_words(), cum_weights=_zipf(len(_words())), k=chance.randint(1, 5)),
        "summary_en": chance.choices(_words(), cum_weights=_zipf(len(_words())), k=chance.randint(0, 12)),
        "body_en": chance.choices(_words(), cum_weights=_zipf(len(_words())), k=400 if long else chance.randint(0, 40)),
        "data": [f"#{chance.randint(1, 3000)}" for _ in range(chance.choice((0, 0, 0, 30)))],
        "files": chance.choices(_words(), k=chance.choice((0, 0, 0, 50))),
        "near": chance.choices(_words(), k=chance.choice((0, 0, 5))),
    }
    document: dict[str, Any] = {
        "key": key_of(index),
        "uid": uid,
        "seq": seq,
        "type": uid.split(":")[0],
        "city": chance.sample(CITIES, k=chance.choice((0, 1, 1, 2))),
        "topic": chance.sample(TOPICS, k=chance.choice((0, 1, 2))),
        "year": [],
        "exact": [uid, "".join(texts["title_zh"][0]), " ".join(english["title_en"])],
        # Whole steps, so that scores tie.
        "recency": chance.randint(0, 4) / 4,
    }
    loose: set[str] = set()
    if chance.random() < 0.66:
        start = date(1990, 1, 1) + timedelta(days=chance.randint(0, 12500))
        end = start + timedelta(days=chance.choice((0, 0, 0, 3, 90, 800)))
        years = [str(year) for year in range(start.year, end.year + 1)]
        document |= {"starts": start.toordinal(), "ends": end.toordinal(), "year": years}
        loose |= {f"@{start}", f"@{start:%Y-%m}", *(f"@{year}" for year in years)}
    low = key_of(index) % 2**34
    document["newest"] = (document.get("ends", 0) << 34) + low + 1
    document["oldest"] = ((4_000_000 - document["starts"] if "starts" in document else 0) << 34) + low + 1
    sequence: list[str] = []
    for field in SCORED:
        tokens: list[str] = []
        for words in texts.get(field, ()):
            run = "".join(words)
            tokens += _grams(run, 2) or list(run)
            loose.update(run, _grams(run, 2), _grams(run, 3))
            sequence += [BOUNDARY, *run]
        tokens += english.get(field, ())
        loose.update(english.get(field, ()))
        sequence += [BOUNDARY, *english.get(field, ())]
        document[field] = " ".join((CONSTANT, *tokens))
    document["facet"] = facet_values(document)
    return document | {"all": " ".join(sorted(loose)), "run": " ".join(sequence)}


def small(index: int, seq: int = 1, **fields: Any) -> EntryData:
    """An entry with hardly any text, its fields overridden by ``fields``: for large numbers and single cases."""
    key = key_of(index)
    document: dict[str, Any] = {
        "key": key,
        "uid": f"page:{index}",
        "seq": seq,
        "type": "page",
        "exact": [f"page:{index}"],
    }
    document |= {"city": [], "topic": [], "year": [], "recency": 0.0, "newest": index + 1, "oldest": key}
    document |= {"all": "small", "run": f"{BOUNDARY} small", **dict.fromkeys(SCORED, CONSTANT), **fields}
    document["facet"] = facet_values(document)
    return EntryData(key, document["uid"], seq, json.dumps(document, ensure_ascii=False))


def mixed_requests(number: int, seed: int = 1) -> list[Request]:
    """Requests of the shapes that readers' queries become: words, runs that were cut, phrases, dates, numbers, filters,
    exclusions, lists without words; one or several pages, facets with most.
    """
    chance = random.Random(f"mixed/{seed}")
    return [_asked(chance) for _ in range(number)]


def random_requests(number: int, seed: int = 1) -> list[Request]:
    """Requests of any shape that the plan allows, empty and contradictory ones too."""
    chance = random.Random(f"random/{seed}")
    return [
        Request(
            match=_node(chance, 3),
            score=tuple(_score(chance) for _ in range(chance.randint(0, 5))),
            filters=_filters(chance),
            sort=chance.choice(("relevance", "relevance", "newest", "oldest")),
            limit=chance.choice((1, 7, 20, 100)),
            facets=chance.random() < 0.5,
        )
        for _ in range(number)
    ]


def _asked(chance: random.Random) -> Request:
    parts: list[Node] = []
    score: list[Term | Constant] = []
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        kind = chance.choice(("han", "han", "han", "run", "word", "word", "number", "date", "phrase"))
        if kind in ("han", "run"):
            words = chance.choices(_han(), cum_weights=_zipf(len(_han())), k=1 if kind == "han" else 2)
            run = "".join(words)
            cut = AllOf(tuple(Term("all", word) for word in words))
            other = AllOf(tuple(Term("all", gram) for gram in _grams(run, 2)))
            parts.append(AnyOf((cut, other)) if kind == "run" else cut)
            score += [
                Term(field, gram, boost)
                for field, boost in (("title_zh", 5.0), ("names", 4.0), ("summary_zh", 2.0), ("body_zh", 1.0))
                for gram in _grams(run, 2)
            ]
            score.append(Constant(Term("exact", run), 1e6))
            score.append(Constant(cut, 1e3))
        elif kind == "word":
            word = chance.choices(_words(), cum_weights=_zipf(len(_words())))[0]
            parts.append(Term("all", word))
            score += [
                Term(field, word, boost)
                for field, boost in (("title_en", 5.0), ("summary_en", 2.0), ("body_en", 1.0), ("files", 0.5))
            ]
        elif kind == "phrase":
            first, second = chance.choices(_words(), cum_weights=_zipf(len(_words())), k=2)
            parts.append(AnyOf((Phrase("run", (first, second)), Term("all", first))))
            score.append(Constant(Phrase("run", (first, second)), 1e4))
        elif kind == "number":
            number = f"#{chance.randint(1, 3000)}"
            parts.append(Term("all", number))
            score.append(Term("data", number, 2.0))
        else:
            parts.append(Term("all", chance.choice((f"@{chance.randint(1990, 2023)}", "@2011-03", "@2022-03-17"))))
    shape = chance.random()
    match: Node = AllOf(tuple(parts))
    if shape < 0.1:
        match = AllOf((match, Not(Term("all", chance.choice(_words())))))
    elif shape < 0.2:
        match = AtLeast(tuple(parts), max(1, len(parts) - 1))
    elif shape < 0.3:
        match, score = Everything(), []
    return Request(
        match=match,
        score=tuple(score),
        filters=_filters(chance) if chance.random() < 0.3 else Filters(),
        sort="newest" if not score else chance.choice(("relevance",) * 8 + ("newest", "oldest")),
        facets=chance.random() < 0.9,
    )


def _filters(chance: random.Random) -> Filters:
    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.25 else None

    first = date(1995, 1, 1) + timedelta(days=chance.randint(0, 9000))
    return Filters(
        type=maybe(chance.choice(TYPES)),
        city=maybe(chance.choice(CITIES)),
        topic=maybe(chance.choice((*TOPICS, "topic:none"))),
        first=maybe(first),
        last=maybe(first + timedelta(days=chance.randint(0, 4000))),
    )


def _node(chance: random.Random, depth: int) -> Node:
    kind = chance.choice(("term", "term", "term", "phrase", "everything") + ("all", "any", "least") * (depth > 0))
    if kind == "term":
        return Term("all", chance.choice(_some_tokens()))
    if kind == "phrase":
        run = "".join(chance.choices(_han()[:40], k=chance.randint(1, 2)))
        return Phrase("run", tuple(run))
    if kind == "everything":
        return Everything()
    parts = tuple(_node(chance, depth - 1) for _ in range(chance.randint(0, 4)))
    if kind == "any":
        return AnyOf(parts)
    if kind == "least":
        return AtLeast(parts, chance.randint(0, 3))
    without = tuple(Not(_node(chance, depth - 1)) for _ in range(chance.choice((0, 0, 1, 2))))
    return AllOf(parts + without)


def _score(chance: random.Random) -> Term | Constant:
    if chance.random() < 0.3:
        return Constant(_node(chance, 2), chance.choice((1e3, 1e4, 1e5, 1e6)))
    return Term(chance.choice(SCORED), chance.choice(_some_tokens()), chance.choice((0.5, 1.0, 2.0, 8.0)))


@cache
def _some_tokens() -> Sequence[str]:
    grams = [gram for word in _han()[:150] for size in (1, 2, 3) for gram in _grams(word, size)]
    return (*grams, *_words()[:150], "#17", "#2368", "@2011", "@2011-03", "never")


@cache
def _han() -> Sequence[str]:
    chance = random.Random("han")
    letters = [chr(0x4E00 + number * 13) for number in range(500)] + ["\U00020000", "々", "ア"]
    return tuple("".join(chance.choices(letters, k=chance.choice((2, 2, 2, 3)))) for _ in range(3000))


@cache
def _words() -> Sequence[str]:
    chance = random.Random("words")
    return tuple("".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(5000))


@cache
def _zipf(number: int) -> Sequence[float]:
    return tuple(accumulate(1 / (rank + 10) for rank in range(number)))


def _grams(run: str, size: int) -> list[str]:
    return [run[at : at + size] for at in range(len(run) - size + 1)]
