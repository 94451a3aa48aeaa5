"""How well searches answer the topics of ``tests/search/topics.yaml``: nDCG@10 and recall@20 by ir-measures."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import yaml
from ir_measures import R, nDCG

TOPICS = Path(__file__).resolve().parents[2] / "tests" / "search" / "topics.yaml"
SETS = ("tuned", "untuned")
MEASURES = (nDCG @ 10, R @ 20)
DEPTH = 20


@dataclass(frozen=True)
class Topic:
    """A query in the language of the page that it is typed on, and the records that answer it, with grades 1 to 3."""

    id: str
    set: str
    query: str
    language: str
    relevant: dict[str, int]


@dataclass(frozen=True)
class Quality:
    """The means over a set of topics, and nDCG@10 of each topic."""

    ndcg: float
    recall: float
    topics: dict[str, float]


#: A search: the uids of a topic's results, best first, at most `DEPTH`.
Search = Callable[[Topic], list[str]]


def topics(*sets: str) -> list[Topic]:
    """The topics of these sets, or all."""
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    return [
        Topic(topic["id"], name, topic["query"], topic["lang"], topic["relevant"])
        for name in sets or SETS
        for topic in read[name]
    ]


def quality(asked: Iterable[Topic], search: Search) -> Quality:
    """How well a search answers these topics."""
    asked = list(asked)
    qrels = [ir_measures.Qrel(topic.id, uid, grade) for topic in asked for uid, grade in topic.relevant.items()]
    run = list(_run(asked, search))
    means = ir_measures.calc_aggregate(MEASURES, qrels, run)
    each = {found.query_id: found.value for found in ir_measures.iter_calc([nDCG @ 10], qrels, run)}
    return Quality(means[nDCG @ 10], means[R @ 20], each)


def _run(asked: Iterable[Topic], search: Search) -> Iterator[ir_measures.ScoredDoc]:
    for topic in asked:
        for place, uid in enumerate(search(topic)[:DEPTH]):
            yield ir_measures.ScoredDoc(topic.id, uid, float(DEPTH - place))
