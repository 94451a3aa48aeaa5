"""What holds of every engine. A test module subclasses `Contract` and says how its engine is made."""

import json
import random
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from scripts.bench.corpus import CONSTANT, entries, key_of, mixed_requests, random_requests, small
from search.engines.base import Engine, EntryData, Gone, Unavailable
from search.plan import (
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Everything,
    Filters,
    Hit,
    Not,
    Phrase,
    Request,
    Term,
)
from tests.search_reference import Reference, assert_same

LISTED = Request(Everything(), sort="newest", limit=1000)


class Contract:
    """A subclass provides the fixtures ``made`` and ``shared``, and the mark of the service that it needs."""

    NUMBER = 600

    @pytest.fixture
    def made(self) -> Iterator[Engine]:
        """An engine on which nothing was built yet; what it made is removed at the end."""
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def shared(cls) -> Iterator[Engine]:
        """The same, for all tests of the class that only read."""
        raise NotImplementedError

    @pytest.fixture
    def engine(self, made: Engine) -> Engine:
        """An engine whose index is empty."""
        build(made, [])
        return made

    @pytest.fixture(scope="class")
    @classmethod
    def reference(cls) -> Reference:
        """What the index of `filled` holds."""
        return Reference.of_sources(entry.source for entry in entries(cls.NUMBER))

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, shared: Engine) -> Engine:
        """An engine over ``NUMBER`` generated documents, two thirds built at once, the others written one batch after
        another.
        """
        everything = list(entries(cls.NUMBER))
        built = cls.NUMBER * 2 // 3
        build(shared, everything[:built])
        for start in range(built, cls.NUMBER, 50):
            shared.write(everything[start : start + 50], [])
        return shared

    # What is found

    def test_requests_of_any_shape(self, filled: Engine, reference: Reference) -> None:
        for request in random_requests(400):
            assert_same(filled.search(request), request, reference)

    def test_requests_like_those_of_readers(self, filled: Engine, reference: Reference) -> None:
        for request in mixed_requests(300):
            assert_same(filled.search(request), request, reference)

    def test_an_exclusion_alone_finds_the_rest(self, filled: Engine, reference: Reference) -> None:
        request = replace(LISTED, match=AllOf((Not(Term("type", "visit")),)))
        assert_same(filled.search(request), request, reference)
        assert filled.search(request).count > 0

    @pytest.mark.parametrize("parts", [(), (Term("type", "visit"),)])
    def test_empty_nodes(self, filled: Engine, reference: Reference, parts: tuple) -> None:
        for node in (AllOf(parts), AnyOf(parts), AtLeast(parts, 0), AtLeast(parts, 1), AtLeast(parts, 2)):
            request = replace(LISTED, match=node)
            assert_same(filled.search(request), request, reference)

    def test_the_match_never_scores(self, filled: Engine) -> None:
        found = filled.search(Request(Term("all", "@2011"), limit=5))
        assert found.count > 5
        assert {hit.score for hit in found.hits} == {0.0}
        assert [hit.key for hit in found.hits] == sorted(hit.key for hit in found.hits)

    def test_a_score_never_changes_the_hits(self, filled: Engine, reference: Reference) -> None:
        match = Term("type", "city")
        request = Request(
            match, score=(Constant(everything_but("type", "city"), 1e6), Constant(match, 10.0)), limit=1000
        )
        assert_same(filled.search(request), request, reference)

    def test_no_hits_asked_for(self, filled: Engine, reference: Reference) -> None:
        found = filled.search(replace(LISTED, limit=0, facets=True))
        assert (found.count, found.hits) == (self.NUMBER, ())
        assert found.facets["type"] == reference.search(replace(LISTED, facets=True)).facets["type"]

    def test_facets_only_where_asked_for(self, filled: Engine) -> None:
        assert filled.search(LISTED).facets == {}

    @pytest.mark.parametrize(
        "token",
        [
            '"',
            "\\",
            "*",
            "a*",
            "?",
            "all:x",
            "AND",
            "OR NOT",
            "(",
            "]",
            "{}",
            "",
            " ",
            "\x00",
            "\n",
            "/x/",
            "~2",
            "x" * 999,
            "%",
            "'",
            "\u202e",
            "😀",
        ],
    )
    def test_tokens_that_a_query_language_would_read(self, filled: Engine, token: str) -> None:
        asked = AnyOf((Term("all", token), Phrase("run", (token, "x")), Term("exact", token)))
        found = filled.search(Request(asked, score=(Term("body_en", token),), filters=Filters(city=token), facets=True))
        assert (found.count, found.hits) == (0, ())

    def test_hundreds_of_clauses(self, filled: Engine, reference: Reference) -> None:
        words = tuple(Term("all", f"#{number}") for number in range(700))
        request = Request(AnyOf(words), score=tuple(Term("data", word.token) for word in words), limit=1000)
        assert_same(filled.search(request), request, reference)
        assert filled.search(request).count > 0

    # Pages

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    @pytest.mark.parametrize("limit", [1, 7, 100])
    def test_pages_come_to_the_end_without_gaps_or_doubles(self, filled: Engine, sort: str, limit: int) -> None:
        for match, score in (
            (Term("type", "visit"), ()),
            (Term("topic", "topic:aid"), (Constant(Term("topic", "topic:trade"), 1e3), Term("body_en", CONSTANT))),
            (Term("all", "never"), ()),
        ):
            request = Request(match, score, sort=sort, limit=1000)
            whole = filled.search(request)
            assert len(whole.hits) == whole.count
            assert tuple(paged(filled, replace(request, limit=limit))) == whole.hits

    def test_a_page_after_something_that_is_no_hit(self, filled: Engine) -> None:
        request = Request(Everything(), (Constant(Term("type", "visit"), 10.0),), limit=1000)
        whole = filled.search(request).hits
        at = len(whole) // 2
        score, key = whole[at].score, whole[at].key
        assert score is not None
        assert filled.search(replace(request, after=(score, key - 1))).hits == whole[at:]
        assert filled.search(replace(request, after=(score, 0))).hits == tuple(h for h in whole if _low(h) <= score)
        assert filled.search(replace(request, after=(1e30, 5))).hits == whole
        assert filled.search(replace(request, after=(1e30, 2**62))).hits == whole
        assert filled.search(replace(request, after=(-1.0, 5))).hits == ()
        assert filled.search(replace(request, sort="newest", after=(0,))).hits == ()
        assert len(filled.search(replace(request, sort="newest", after=(2**62,))).hits) == self.NUMBER

    def test_paging_goes_on_past_ten_thousand(self, made: Engine) -> None:
        number = 11_000
        build(made, (small(index, recency=index % 3 / 2) for index in range(number)))
        scored = Request(Everything(), (Constant(Everything(), 10.0),), limit=900)
        for request in (scored, replace(scored, sort="newest"), replace(scored, sort="oldest")):
            keys = [hit.key for hit in paged(made, request)]
            assert len(keys) == len(set(keys)) == number
            assert made.search(request).count == number

    # Facets

    def test_a_facet_lists_its_hundred_most_frequent_values(self, made: Engine) -> None:
        build(made, (small(index, city=[f"city:{index % 160:03}", "city:all"]) for index in range(400)))
        found = made.search(replace(LISTED, facets=True)).facets["city"]
        assert found[0] == ("city:all", 400)
        assert found[1:81] == [(f"city:{number:03}", 3) for number in range(80)]
        assert found[81:] == [(f"city:{number:03}", 2) for number in range(80, 99)]

    # Writing

    def test_without_an_index(self, made: Engine) -> None:
        with pytest.raises(Unavailable):
            made.search(LISTED)
        with pytest.raises(Unavailable):
            made.identity()
        with pytest.raises(Unavailable):
            made.write([small(1)], [])
        with pytest.raises(Unavailable):
            list(made.keys())

    def test_what_was_written_is_found_at_once(self, engine: Engine) -> None:
        assert engine.search(LISTED).count == 0
        for index in range(5):
            engine.write([small(index, seq=index + 1)], [])
            assert engine.search(LISTED).count == index + 1
        assert sorted(engine.keys()) == sorted((key_of(index), index + 1) for index in range(5))
        engine.write([], [Gone(key_of(3), "page:3", 9)])
        assert [hit.key for hit in engine.search(LISTED).hits] == [key_of(index) for index in (4, 2, 1, 0)]

    def test_writing_again_changes_nothing(self, engine: Engine) -> None:
        for _ in range(3):
            engine.write(list(entries(30)), [Gone(key_of(99), "page:99", 50)])
            assert engine.search(LISTED).count == 30
        assert len(list(engine.keys())) == 30

    def test_nothing_to_write(self, engine: Engine) -> None:
        engine.write([], [])
        assert engine.search(LISTED).count == 0

    def test_an_older_version_never_wins(self, engine: Engine) -> None:
        engine.write([small(1, seq=5, topic=["topic:new"])], [])
        engine.write([small(1, seq=4, topic=["topic:old"])], [])
        assert topics(engine) == ["topic:new"]
        engine.write([], [Gone(key_of(1), "page:1", 4)])
        assert topics(engine) == ["topic:new"]
        engine.write([small(1, seq=5, topic=["topic:same"])], [])
        assert topics(engine) == ["topic:same"]
        engine.write([], [Gone(key_of(1), "page:1", 7)])
        engine.write([small(1, seq=6, topic=["topic:late"])], [])
        assert engine.search(LISTED).count == 0
        engine.write([small(1, seq=8, topic=["topic:again"])], [])
        assert topics(engine) == ["topic:again"]
        assert list(engine.keys()) == [(key_of(1), 8)]

    def test_one_record_several_times_in_a_batch(self, engine: Engine) -> None:
        versions = [small(1, seq=seq, topic=[f"topic:{seq}"]) for seq in (2, 4, 3)]
        engine.write(versions, [Gone(key_of(1), "page:1", 3), Gone(key_of(2), "page:2", 9)])
        assert topics(engine) == ["topic:4"]
        assert list(engine.keys()) == [(key_of(1), 4)]

    def test_rewritten_documents(self, made: Engine) -> None:
        build(made, entries(200))
        current = {entry.key: entry for entry in entries(200)}
        for start in range(0, 200, 40):
            again = list(entries(8, seed=2, first=start, seq=1000))
            current.update((entry.key, entry) for entry in again)
            made.write(again, [Gone(key_of(start + 20), "", 1000)])
            del current[key_of(start + 20)]
        reference = Reference.of_sources(entry.source for entry in current.values())
        for request in [*random_requests(100, seed=3), *mixed_requests(100, seed=3)]:
            assert_same(made.search(request), request, reference, scores=False)
        assert dict(made.keys()) == {key: entry.seq for key, entry in current.items()}

    def test_random_histories(self, engine: Engine) -> None:
        chance, current, last = random.Random(5), {}, {}
        for _ in range(40):
            batch, gone = [], []
            for index in chance.sample(range(12), k=chance.randint(0, 4)):
                seq = chance.randint(1, 60)
                if chance.random() < 0.6:
                    batch.append(small(index, seq=seq, topic=[f"topic:{seq}"]))
                else:
                    gone.append(Gone(key_of(index), "", seq))
                if seq >= last.get(key_of(index), 0):
                    last[key_of(index)] = seq
                    current.pop(key_of(index), None)
                    current.update((entry.key, seq) for entry in batch if entry.key == key_of(index))
            engine.write(batch, gone)
            assert dict(engine.keys()) == current
            assert engine.search(LISTED).count == len(current)

    # Rebuilding

    def test_a_rebuild_holds_what_it_is_given_and_nothing_else(self, made: Engine) -> None:
        told: list[int] = []
        build(made, entries(50))
        made.rebuild(lambda _held: entries(120, first=40, seq=7), told.append)
        assert dict(made.keys()) == {key_of(index): 7 for index in range(40, 160)}
        assert made.search(LISTED).count == 120
        assert told == sorted(told)
        assert told[-1] == 120

    def test_a_rebuild_may_go_back_to_lower_versions(self, made: Engine) -> None:
        build(made, [small(1, seq=90)])
        made.write([], [Gone(key_of(1), "page:1", 95)])
        build(made, [small(1, seq=2)])
        assert list(made.keys()) == [(key_of(1), 2)]

    def test_a_rebuild_that_fails_leaves_the_index(self, made: Engine) -> None:
        build(made, entries(30))

        def broken(_held: object) -> Iterator[EntryData]:
            yield from entries(10, seq=99)
            raise RuntimeError("the database went away")

        identity = made.identity()
        with pytest.raises(RuntimeError):
            made.rebuild(broken, lambda _: None)
        assert made.search(LISTED).count == 30
        assert made.identity() == identity
        made.write([small(500)], [])
        assert made.search(LISTED).count == 31
        build(made, entries(20))
        assert made.search(LISTED).count == 20

    def test_what_is_written_during_a_rebuild_stays(self, made: Engine) -> None:
        build(made, entries(100))

        def changing(_held: object) -> Iterator[EntryData]:
            for number, entry in enumerate(list(entries(100))):
                if number == 30:
                    made.write([small(10, seq=500), small(60, seq=500), small(777, seq=500)], [])
                    made.write([], [Gone(key_of(20), "", 501), Gone(key_of(70), "", 501)])
                yield entry
                assert made.search(replace(LISTED, limit=1)).count >= 99

        made.rebuild(changing, lambda _: None)
        held = dict(made.keys())
        assert {index: held.get(key_of(index)) for index in (10, 60, 777, 20, 70, 80)} == {
            10: 500,
            60: 500,
            777: 500,
            20: None,
            70: None,
            80: 81,
        }
        assert made.search(LISTED).count == len(held) == 99

    def test_searching_never_sees_a_gap_or_a_double(self, made: Engine) -> None:
        build(made, entries(80))
        faults: list[Any] = []
        stop = threading.Event()

        def look() -> None:
            while not stop.is_set():
                try:
                    found = made.search(LISTED)
                    if found.count != 80 or len({hit.key for hit in found.hits}) != 80:
                        faults.append((found.count, len(found.hits)))
                except Exception as fault:
                    faults.append(fault)

        threads = [threading.Thread(target=look) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for turn in range(6):
                made.write(list(entries(20, seed=turn, first=turn * 10, seq=100 + turn)), [])
                if turn % 2:
                    build(made, entries(80, seed=turn, seq=200 + turn))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert faults == []

    # The rest

    def test_the_identity_stays(self, engine: Engine) -> None:
        identity = engine.identity()
        engine.write([small(1)], [])
        assert engine.identity() == identity
        assert identity

    def test_explanations(self, filled: Engine) -> None:
        request = Request(Term("all", "#17"), (Term("data", "#17", 3.0), Constant(Everything(), 5.0)))
        hit = filled.search(request).hits[0]
        assert json.dumps(filled.explain(request, hit.key))

    def test_it_can_be_used_again_after_it_was_closed(self, engine: Engine) -> None:
        engine.write([small(1)], [])
        engine.close()
        assert engine.search(LISTED).count == 1
        engine.close()
        engine.write([small(2)], [])
        assert engine.search(LISTED).count == 2


def everything_but(field: str, token: str) -> AllOf:
    """Everything but one term."""
    return AllOf((Everything(), Not(Term(field, token))))


def build(engine: Engine, given: Iterable[EntryData]) -> None:
    """Fill an engine's index anew."""
    listed = list(given)
    engine.rebuild(lambda _held: iter(listed), lambda _: None)


def paged(engine: Engine, request: Request) -> Iterator[Hit]:
    """All hits of a request, page by page."""
    while True:
        page = engine.search(request).hits
        yield from page
        if len(page) < request.limit:
            return
        last = page[-1]
        request = replace(request, after=(last.score, last.key) if request.sort == "relevance" else (last.order,))


def topics(engine: Engine) -> list[str]:
    """The topics of all that the index holds."""
    return [value for value, _ in engine.search(replace(LISTED, facets=True)).facets["topic"]]


def _low(hit: Hit) -> float:
    assert hit.score is not None
    return hit.score
