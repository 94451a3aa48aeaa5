"""Ten thousand generated documents and five hundred queries: the engines find the same, in nearly the same order."""

import pytest

from scripts.bench import alike

pytestmark = [pytest.mark.acceptance, pytest.mark.needs_elasticsearch]


@pytest.mark.parametrize("shards", [1, 3])
def test_the_engines_answer_alike(tmp_path, shards):
    with alike.both(tmp_path / "embedded", shards=shards) as engines:
        found = alike.compare(engines)
        assert found.same == found.asked == alike.QUERIES
        assert found.overlap >= alike.WANTED
        for engine in engines:
            alike.rewrite_a_fifth(engine)
        found = alike.compare(engines)
        assert found.same == found.asked
        assert found.overlap >= alike.WANTED_REWRITTEN
