"""A search from the reader's words to the answer: read, planned, asked of an engine, and told in the reader's language.

What an engine gives is keys; titles, addresses and texts come from the entries in the database, so what is no longer
public is not shown, whatever an index still holds.
"""

from dataclasses import dataclass, replace

from search import facets, kept, planning, spelling
from search.analysis.marking import Wanted
from search.answers import Answer, Question, Result
from search.cursors import Cursor, decode, encode
from search.engines import choosing
from search.plan import Hits, Request
from search.reading import Alternatives, Read
from search.results import results
from search.synonyms import alternatives

#: With fewer hits than this a query is loosened, and a better spelling looked for.
FEW = 3
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
    words = planning.words(question.text)
    forms, known = alternatives(words.names, words.key)
    asked = planning.Asked.of(question, forms, known.pinned)
    plan = planning.strict(asked)
    has_words, better = bool(plan.read.units), {}
    relaxed = cursor.relaxed and has_words
    if not relaxed:
        hits, engine = choosing.search(_at(plan.request, cursor, question.limit))
        relaxed = question.cursor is None and hits.count < FEW and has_words
    if relaxed:
        better = _better(plan.read)
        loose = planning.relaxed(asked, plan.read, better)
        more, engine = choosing.search(_at(loose.request, cursor, question.limit))
        relaxed = cursor.relaxed or more.count > hits.count
        if relaxed:
            plan, hits = loose, more
    answer = Answer(
        count=hits.count,
        results=_results(hits, plan.marks, question, known.stamp),
        next_cursor=_next(hits, cursor, relaxed, question),
        previous_cursor=_previous(cursor, question),
        facets=facets.labelled(hits.facets, question.language, known.stamp),
        suggestion=spelling.respelt(question.text, better) if better else None,
        engine=engine,
        fallback=engine != choosing.engines()[0].name,
        relaxed=relaxed,
    )
    return Searched(answer, forms, plan.request)


def _better(asked: Read) -> dict[str, str]:
    """Better spellings of what no record has, by what was typed, folded."""
    better = {word: near[0] for word in spelling.unknown(asked.words) if (near := spelling.alike(word))}
    for unit in asked.units:
        for run in unit.han[:1]:
            if found := spelling.alike_name(run):
                better[found[0]] = found[1]
    return better


def _at(request: Request, cursor: Cursor, limit: int) -> Request:
    """The request for a page after a cursor, and for one hit more, which tells whether there is another page."""
    return replace(request, after=cursor.after or None, limit=limit + 1)


def _results(hits: Hits, marks: Wanted, question: Question, stamp: str) -> tuple[Result, ...]:
    page = hits.hits[: question.limit]
    shown = kept.shown([hit.key for hit in page], question.language, stamp)
    return results([(shown[hit.key], hit.score) for hit in page if hit.key in shown], marks)


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
