"""Which indexes there are, what is in them, and what becomes of them."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from elasticsearch import Elasticsearch

from scripts.bench.corpus import key_of, small
from search.engines.base import EntryData, Gone, Missing, Unavailable
from search.engines.elastic.engine import ElasticEngine
from tests.integration.search.contract import LISTED, build, topics

pytestmark = pytest.mark.needs_elasticsearch


def _prefix() -> str:
    return settings.ELASTICSEARCH_INDEX


def _indexes(client: Elasticsearch) -> dict[str, set[str]]:
    """The indexes of the test, with their aliases but for the prefix; each one's own alias is left out."""
    held = client.indices.get(index=f"{_prefix()}*", features=["aliases"]).body
    return {
        name: {alias.removeprefix(f"{_prefix()}-") for alias in index["aliases"] if alias != f"{name}-only"}
        for name, index in held.items()
    }


def test_one_index_with_a_time_in_its_name_is_read_and_written(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    [(name, aliases)] = _indexes(client).items()
    assert re.fullmatch(rf"{_prefix()}-\d{{8}}t\d{{6}}-[0-9a-f]{{6}}", name)
    assert aliases == {"read", "write"}


def test_a_rebuild_swaps_and_leaves_nothing_behind(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    [former] = _indexes(client)
    identity = engine.identity()
    during: list[dict[str, set[str]]] = []

    def looking(_held: object) -> Iterator[EntryData]:
        during.append(_indexes(client))
        yield small(2)

    engine.rebuild(looking, lambda _: None)
    [current] = _indexes(client)
    # Both are written from the beginning on; only the former is read, until the new one is.
    assert during[0] == during[1] == {former: {"read", "write"}, current: {"write"}}
    assert during[2] == {former: set(), current: {"read", "write"}}
    assert engine.identity() != identity


def test_what_changed_or_went_while_a_rebuild_read_is_looked_at_again(engine: ElasticEngine):
    build(engine, [])
    states = iter(
        [
            [small(1), small(2), small(3)],
            [small(1, seq=5, topic=["topic:later"]), small(3), small(4)],
            [small(1, seq=5, topic=["topic:later"]), small(4)],
        ]
    )
    engine.rebuild(lambda _held: iter(next(states)), lambda _: None)
    assert dict(engine.keys()) == {key_of(1): 5, key_of(4): 1}
    assert topics(engine) == ["topic:later"]


def test_what_was_written_during_a_rebuild_is_not_taken_out_again(engine: ElasticEngine):
    build(engine, [small(1)])
    calls = []

    def changing(_held: object) -> Iterator[EntryData]:
        calls.append(1)
        if len(calls) == 2:
            engine.write([small(1, seq=9), small(2, seq=9)], [])
            return iter([])
        return iter([small(1, seq=1)])

    engine.rebuild(changing, lambda _: None)
    assert dict(engine.keys()) == {key_of(1): 9, key_of(2): 9}


def test_a_rebuild_that_was_given_up_is_cleared_away_by_the_next(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    left = engine._indexes.new(client)
    orphan = engine._indexes.new(client)
    assert left not in _indexes(client)
    client.indices.delete_alias(index=orphan, name=f"{_prefix()}-write")
    client.indices.create(index=f"{_prefix()}-of-somebody-else")
    build(engine, [small(1)])
    assert [aliases for aliases in _indexes(client).values() if aliases] == [{"read", "write"}]
    assert orphan not in _indexes(client)
    assert f"{_prefix()}-of-somebody-else" in _indexes(client)


def test_an_index_stays_that_came_into_use_though_nobody_was_told(engine: ElasticEngine, client, monkeypatch):
    build(engine, [small(1)])
    use = engine._indexes.use

    def lost(given: Elasticsearch, name: str) -> list[str]:
        use(given, name)
        raise TimeoutError("no answer")

    monkeypatch.setattr(engine._indexes, "use", lost)
    with pytest.raises(Unavailable):
        build(engine, [small(2)])
    monkeypatch.undo()
    assert dict(engine.keys()) == {key_of(2): 1}
    assert engine.search(LISTED).count == 1
    build(engine, [small(3)])
    assert list(_indexes(client).values()) == [{"read", "write"}]


def test_of_two_rebuilds_the_one_begun_later_counts(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])

    def overtaken(_held: object) -> Iterator[EntryData]:
        yield small(2)
        build(engine, [small(3)])
        yield small(4)

    with pytest.raises(Unavailable):
        engine.rebuild(overtaken, lambda _: None)
    assert dict(engine.keys()) == {key_of(3): 1}
    assert list(_indexes(client).values()) == [{"read", "write"}]


def test_writing_makes_no_index(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    engine.write([small(2)], [])
    client.indices.delete(index=list(_indexes(client)))
    for change in (lambda: engine.write([small(3)], []), lambda: engine.write([], [Gone(key_of(1), "page:1", 5)])):
        with pytest.raises(Missing):
            change()
    for ask in (lambda: engine.search(LISTED), engine.identity, lambda: list(engine.keys())):
        with pytest.raises(Missing):
            ask()
    assert _indexes(client) == {}


def test_a_write_goes_on_where_the_index_was_replaced_meanwhile(engine: ElasticEngine, monkeypatch):
    build(engine, [small(1)])
    before = engine._indexes.written
    named = before(engine._connection.keeping())
    build(engine, [small(1)])
    answers = iter([named, before(engine._connection.keeping())])
    monkeypatch.setattr(engine._indexes, "written", lambda client: next(answers))
    engine.write([small(2)], [])
    assert set(dict(engine.keys())) == {key_of(1), key_of(2)}


def test_a_field_that_the_mapping_does_not_name_is_refused(engine: ElasticEngine):
    build(engine, [])
    with pytest.raises(Unavailable, match="strict_dynamic_mapping_exception"):
        engine.write([small(1, draft="secret"), small(2)], [])
    # What was sent with it is in.
    assert [hit.key for hit in engine.search(LISTED).hits] == [key_of(2)]
    with pytest.raises(Unavailable):
        build(engine, [small(1, draft="secret")])


def test_an_index_of_other_fields_is_none(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1)])
    [name] = _indexes(client)
    client.indices.put_mapping(index=name, meta={"fields": "of another version"})
    engine.close()
    for ask in (lambda: engine.search(LISTED), engine.identity, lambda: engine.write([small(2)], [])):
        with pytest.raises(Missing):
            ask()
    build(engine, [small(1)])
    assert engine.search(LISTED).count == 1


def test_a_source_of_several_lines_is_one_document(engine: ElasticEngine):
    entry = small(1)
    build(engine, [EntryData(entry.key, entry.uid, entry.seq, entry.source.replace(", ", ",\n  "))])
    assert engine.search(LISTED).count == 1


def test_a_changed_record_stays_one_document(engine: ElasticEngine, client: Elasticsearch):
    build(engine, [small(1, seq=seq) for seq in (1, 2, 3)])
    engine.write([small(1, seq=4)], [])
    assert client.count(index=f"{_prefix()}-read")["count"] == 1
    document = client.get(index=f"{_prefix()}-read", id=str(key_of(1)))
    assert document["_version"] == document["_source"]["seq"] == 4
