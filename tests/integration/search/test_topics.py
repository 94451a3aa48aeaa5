"""The topics: what people ask is answered as well as is promised, on each engine, by the same records."""

import functools

import pytest
from django.core.management import call_command

from scripts.bench.quality import SETS, quality, topics
from search.answers import Question
from search.engines import choosing
from search.searching import search
from tests.factories.searching import bring_up
from tests.services import elasticsearch

#: What nDCG@10 and recall@20 of each set do not fall below.
LEAST = {"tuned": (0.93, 0.97), "untuned": (0.93, 0.97)}
#: How far the engines' means may lie apart.
APART = 0.01


@pytest.fixture
def report(db, django_capture_on_commit_callbacks):
    """The real half-year report, published and indexed by every engine there is."""
    with django_capture_on_commit_callbacks(execute=True):
        call_command("seed", verbosity=0)
    bring_up()


def uids(topic, engine):
    answer = search(Question(topic.query, topic.language))
    assert answer.engine == engine
    return [result.uid for result in answer.results]


def enough(found, name):
    assert found.ndcg >= LEAST[name][0] and found.recall >= LEAST[name][1], name


def measured(name, engine):
    return quality(topics(name), functools.partial(uids, engine=engine))


@pytest.mark.skipif(elasticsearch(), reason="the next test asks both engines")
def test_the_embedded_engine(report):
    for name in SETS:
        enough(measured(name, "embedded"), name)


@pytest.mark.needs_elasticsearch
def test_both_engines_answer_alike(elasticsearch_settings, report, settings):
    engines = {engine.name: engine for engine in choosing.engines()}
    assert list(engines) == ["elasticsearch", "embedded"]
    found = {name: measured(name, "elasticsearch") for name in SETS}
    hits = {topic.id: everything(topic) for topic in topics()}
    settings.ELASTICSEARCH_URLS = []
    for name in SETS:
        other = measured(name, "embedded")
        assert abs(found[name].ndcg - other.ndcg) <= APART
        enough(found[name], name)
        enough(other, name)
    assert hits == {topic.id: everything(topic) for topic in topics()}


def everything(topic):
    """All hits of a topic, in no order."""
    return {result.uid for result in search(Question(topic.query, topic.language, limit=100)).results}
