"""A search from the reader's words to the answer: read, planned, asked of an engine, and told in the reader's language.

What an engine gives is keys; titles, addresses and texts come from the entries in the database, so what is no longer
public is not shown, whatever an index still holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from search import facets, kept, spelling
from search.answers import Answer, Question, Result
from search.cursors import Cursor, decode, encode
from search.documents import exact
from search.engines import choosing
from search.names import key
from search.plan import AllOf, AnyOf, AtLeast, Constant, Everything, Filters, Hits, Node, Not, Request, Term
from search.reading import Alternatives, Read, candidates, near, read
from search.results import results, wanted
from search.scoring import score
from search.synonyms import alternatives
from search.syntax import Typed, parts

#: With fewer hits than this a query is loosened, and a better spelling looked for.
FEW = 3
#: The share of a loosened query's parts that a hit must have.
_SHARE = 0.25
#: Pages back that a cursor remembers.
_BACK = 20


@dataclass(frozen=True)
class Searched:
    """An answer, the other forms of the names and words in its question, and the request that the engine was given."""

    answer: Answer
    forms: Alternatives
    request: Request


def search(question: Question) -> Answer:
    """One page of results. Raises `engines.base.Unavailable` where no engine answers, `BadCursor` for a cursor that
    this search has not handed out.
    """
    return searched(question).answer


def searched(question: Question) -> Searched:
    """A search with what it was made of. Raises as `search` does."""
    if not question.text.strip() and question.sort == "relevance":
        question = replace(question, sort="newest")
    cursor = decode(question.cursor, question.sort) if question.cursor is not None else Cursor((), False)
    planned = _Plan.of(question)
    asked, request = planned.read, planned.strict()
    relaxed, better = cursor.relaxed and bool(asked.units), {}
    if not relaxed:
        hits, engine = choosing.search(_at(request, cursor))
        relaxed = question.cursor is None and hits.count < FEW and bool(asked.units)
    if relaxed:
        better = _better(asked)
        loosely, loosened = planned.relaxed(better)
        more, engine = choosing.search(_at(loosened, cursor))
        relaxed = cursor.relaxed or more.count > hits.count
        if relaxed:
            asked, request, hits = loosely, loosened, more
    answer = Answer(
        count=hits.count,
        results=_results(hits, asked, question, planned.stamp),
        next_cursor=_next(hits, cursor, relaxed, question),
        previous_cursor=_previous(cursor, question),
        facets=facets.labelled(hits.facets, question.language, planned.stamp),
        suggestion=spelling.respelt(question.text, better) if better else None,
        engine=engine,
        fallback=engine != choosing.engines()[0].name,
        relaxed=relaxed,
    )
    return Searched(answer, planned.known, request)


@dataclass(frozen=True)
class _Plan:
    """A question read, with what the database knows of its words, and the requests that it can come to. ``pinned`` are
    the records that stand first, as the field `exact` has them; ``stamp`` is that of the entries.
    """

    question: Question
    typed: Sequence[Typed]
    known: Alternatives
    read: Read
    pinned: Sequence[str]
    stamp: str

    @classmethod
    def of(cls, question: Question) -> Self:
        """The plan of a question."""
        typed = parts(question.text)
        forms, known = alternatives(candidates(typed), key(question.text))
        return cls(question, typed, forms, read(typed, forms), [exact(uid) for uid in known.pinned], known.stamp)

    def strict(self) -> Request:
        """Asks for all that was asked for; for everything, where nothing was typed."""
        if self.read.units:
            return self._request(self._whole(), score(self.read, exact(self.question.text), self.pinned))
        if self.read.without or not self.typed:
            return self._request(Everything())
        return self._request(AnyOf(()))

    def relaxed(self, better: Mapping[str, str]) -> tuple[Read, Request]:
        """Asks for a part of it, what has all of it first; ``better`` spellings stand for what was misspelt. Returns
        how the question is read then, too.
        """
        asked = read(_with(self.typed, better), self.known) if better else self.read
        whole = self._whole()
        ordered = score(asked, exact(self.question.text), self.pinned, whole=whole)
        return asked, self._request(AnyOf((whole, _loosened(asked))), ordered)

    def _whole(self) -> Node:
        whole = _all([unit.match for unit in self.read.units])
        return AnyOf((whole, *(Term("exact", uid) for uid in self.pinned))) if self.pinned else whole

    def _request(self, match: Node, ordered: tuple[Term | Constant, ...] = ()) -> Request:
        given = self.question
        filters = Filters(given.type, given.city, given.topic, given.first, given.last)
        match = _all([match, *(Not(node) for node in self.read.without)])
        return Request(match, ordered, filters, given.sort, given.limit, None, facets=True)


def _loosened(asked: Read) -> Node:
    """Some of the parts, each in the record or in the title of one that it names."""
    nodes = [
        AnyOf((node, named)) if (named := near(node)) is not None else node
        for unit in asked.units
        for node in unit.loose
    ]
    needed = max(1, int(len(nodes) * _SHARE))
    return AtLeast(tuple(nodes), needed) if needed > 1 else AnyOf(tuple(nodes))


def _with(typed: Sequence[Typed], better: Mapping[str, str]) -> list[Typed]:
    return [replace(part, text=spelling.respelt(part.text, better)) for part in typed]


def _better(asked: Read) -> dict[str, str]:
    """Better spellings of what no record has, by what was typed, folded."""
    better = {word: near[0] for word in spelling.unknown(asked.words) if (near := spelling.alike(word))}
    for unit in asked.units:
        for run in unit.han[:1]:
            if found := spelling.alike_name(run):
                better[found[0]] = found[1]
    return better


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _at(request: Request, cursor: Cursor) -> Request:
    """The request for what comes after a cursor, and for one hit more, which tells whether there is another page."""
    return replace(request, after=cursor.after or None, limit=request.limit + 1)


def _results(hits: Hits, asked: Read, question: Question, stamp: str) -> tuple[Result, ...]:
    page = hits.hits[: question.limit]
    shown = kept.shown([hit.key for hit in page], question.language, stamp)
    return results([(shown[hit.key], hit.score) for hit in page if hit.key in shown], wanted(asked))


def _next(hits: Hits, cursor: Cursor, relaxed: bool, question: Question) -> str | None:
    if len(hits.hits) <= question.limit:
        return None
    last = hits.hits[question.limit - 1]
    after = (last.score, last.key) if question.sort == "relevance" else (last.order,)
    return encode(Cursor(after, relaxed, (*cursor.before, cursor.after)[-_BACK:]), question.sort)  # type: ignore[arg-type]


def _previous(cursor: Cursor, question: Question) -> str | None:
    """The page before, as far back as the cursor remembers, and then the first one."""
    if question.cursor is None:
        return None
    *before, after = cursor.before or ((),)
    return encode(Cursor(after, cursor.relaxed, tuple(before)), question.sort)
