"""A search from the reader's words to the answer: read, planned, asked of an engine, and told in the reader's language.

What an engine gives is keys; titles, addresses and texts come from the entries in the database, so what is no longer
public is not shown, whatever an index still holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search import facets, spelling
from search.answers import Answer, Question, Result
from search.cursors import Cursor, decode, encode
from search.documents import exact
from search.engines import choosing
from search.models import Entry, Pin
from search.names import key
from search.plan import AllOf, AnyOf, AtLeast, Everything, Filters, Hits, Node, Not, Request, Term
from search.reading import Read, candidates, read
from search.results import result, wanted
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
class Plan:
    """What a question comes to: how it was read, the strict request, and the loosened one where there is any."""

    read: Read
    strict: Request
    relaxed: Request | None


def search(question: Question) -> Answer:
    """One page of results. Raises `engines.base.Unavailable` where no engine answers, `BadCursor` for a cursor that
    this search has not handed out.
    """
    if not question.text.strip() and question.sort == "relevance":
        question = replace(question, sort="newest")
    cursor = decode(question.cursor, question.sort) if question.cursor is not None else Cursor((), False)
    planned = plan(question)
    relaxed, better = cursor.relaxed, {}
    if not relaxed:
        hits, engine = choosing.search(_at(planned.strict, cursor))
        relaxed = question.cursor is None and hits.count < FEW and bool(planned.read.units)
    if relaxed:
        better = _better(planned.read)
        loosened = plan(question, better) if better else planned
        if loosened.relaxed is not None:
            more, engine = choosing.search(_at(loosened.relaxed, cursor))
            relaxed = cursor.relaxed or more.count > hits.count
            planned, hits = (loosened, more) if relaxed else (planned, hits)
    return Answer(
        count=hits.count,
        results=_results(hits, planned.read, question),
        next_cursor=_next(hits, cursor, relaxed, question),
        previous_cursor=_previous(cursor, question),
        facets=facets.labelled(hits.facets, question.language),
        suggestion=spelling.respelt(question.text, better) if better else None,
        engine=engine,
        fallback=engine != choosing.engines()[0].name,
        relaxed=relaxed,
    )


def plan(question: Question, better: Mapping[str, str] | None = None) -> Plan:
    """The requests of a question; with ``better`` spellings, they may stand for what was misspelt when loosened."""
    typed = parts(question.text)
    known = alternatives(candidates(typed)) if typed else {}
    asked = read(typed, known)
    without = tuple(Not(node) for node in asked.without)
    filters = Filters(question.type, question.city, question.topic, question.first, question.last)
    base = Request(Everything(), (), filters, question.sort, question.limit, None, facets=True)
    if not typed:
        return Plan(asked, base, None)
    if not asked.units:
        nothing = AllOf((Everything(), *without)) if without else AnyOf(())
        return Plan(asked, replace(base, match=nothing), None)
    folded, pinned = exact(question.text), _pinned(question.text)
    whole = _all([unit.match for unit in asked.units])
    loose_read = read(_with(typed, better), known) if better else asked
    loose = _loosened(loose_read)
    if pinned:
        whole = AnyOf((whole, *(_exactly(uid) for uid in pinned)))
    strict = replace(base, match=_all([whole, *without]), score=score(asked, folded, [exact(uid) for uid in pinned]))
    relaxed = replace(
        base,
        match=_all([AnyOf((whole, loose)), *without]),
        score=score(loose_read, folded, [exact(uid) for uid in pinned], whole=whole),
    )
    return Plan(loose_read if better else asked, strict, relaxed)


def _loosened(asked: Read) -> Node:
    nodes = [node for unit in asked.units for node in unit.loose]
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


def _pinned(text: str) -> list[str]:
    return list(Pin.objects.filter(folded=key(text)).values_list("uid", flat=True)[:10])


def _exactly(uid: str) -> Node:
    return Term("exact", exact(uid))


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _at(request: Request, cursor: Cursor) -> Request:
    """The request for what comes after a cursor, and for one hit more, which tells whether there is another page."""
    return replace(request, after=cursor.after or None, limit=request.limit + 1)


def _results(hits: Hits, asked: Read, question: Question) -> tuple[Result, ...]:
    column = facets.COLUMNS[question.language]
    page = hits.hits[: question.limit]
    keys = [hit.key for hit in page]
    shown = dict(Entry.objects.filter(key__in=keys).values_list("key", column))
    marks = wanted(asked)
    return tuple(result(shown[hit.key], hit.score, marks) for hit in page if hit.key in shown)


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
