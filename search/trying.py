"""A query tried out by an editor: how it was read, what widened it, and why each result stands where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from search import searching
from search.analysis.tokens import pieces
from search.answers import Answer, Question, Result
from search.models import Entry
from search.plan import AllOf, AnyOf, AtLeast, Constant, Node, Phrase, Request, Term
from search.reading import Alternatives
from search.scoring import EXACT, PINNED, WHOLE
from search.syntax import parts

_SHOWN = 10
_MOST_REASONS = 12


@dataclass(frozen=True)
class Reason:
    """Something that counts for a result: a token in a field, how often it is there and what it weighs; or, without a
    field, a tier (pinned, exact, whole) or the bonus for words that stand together as they were typed, with its points.
    """

    field: str
    token: str
    times: int
    weight: float


@dataclass(frozen=True)
class Tried:
    """A result and what counts for it, most first."""

    result: Result
    reasons: list[Reason]


@dataclass(frozen=True)
class Trial:
    """What a query came to: the answer, the pieces that it was cut into with their kind, the names and words in it with
    their other forms, and the results with their reasons.
    """

    answer: Answer
    tokens: list[tuple[str, str]]
    forms: Alternatives
    results: list[Tried]


def attempt(text: str, language: str) -> Trial:
    """Search as a reader would, and say how. Raises `engines.base.Unavailable`."""
    question = Question(text, language, limit=_SHOWN)
    found = searching.searched(question)
    answer = found.answer
    sources = dict(Entry.objects.filter(uid__in=[each.uid for each in answer.results]).values_list("uid", "source"))
    return Trial(
        answer,
        [(piece.kind.name.lower(), piece.text) for part in parts(text) for piece in pieces(part.text)],
        found.forms,
        # What was taken out meanwhile has no reasons any more.
        [
            Tried(each, _reasons(found.request, orjson.loads(sources[each.uid])) if each.uid in sources else [])
            for each in answer.results
        ],
    )


def _reasons(request: Request, document: dict[str, Any]) -> list[Reason]:
    return sorted(_counting(request, document), key=lambda reason: (-reason.weight, -reason.times, reason.field))[
        :_MOST_REASONS
    ]


def _counting(request: Request, document: dict[str, Any]) -> Iterator[Reason]:
    for part in request.score:
        if isinstance(part, Term):
            if times := _tokens(document, part.field).count(part.token):
                yield Reason(part.field, part.token, times, part.boost)
        elif _holds(part, document):
            yield Reason("", _name(part), 1, part.score)


def _tokens(document: dict[str, Any], field: str) -> list[str]:
    value = document.get(field, "")
    return value if isinstance(value, list) else str(value).split(" ")


def _holds(part: Constant, document: dict[str, Any]) -> bool:
    def holds(node: Node) -> bool:
        if isinstance(node, Term):
            return node.token in _tokens(document, node.field)
        if isinstance(node, Phrase):
            tokens, length = _tokens(document, node.field), len(node.tokens)
            return any(tuple(tokens[at : at + length]) == node.tokens for at in range(len(tokens) - length + 1))
        if isinstance(node, AllOf):
            return all(holds(inner) for inner in node.parts)
        if isinstance(node, AnyOf):
            return any(holds(inner) for inner in node.parts)
        if isinstance(node, AtLeast):
            return sum(holds(inner) for inner in node.parts) >= node.number
        return False

    return holds(part.part)


def _name(part: Constant) -> str:
    """What a constant stands for, by its points."""
    for points, name in ((PINNED, "pinned"), (EXACT, "exact"), (WHOLE, "whole")):
        if part.score >= points:
            return name
    return "together"
