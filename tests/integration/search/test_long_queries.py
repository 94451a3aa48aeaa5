"""Queries that are as long and as bad as can be typed: Elasticsearch takes what they are read as."""

import random

import pytest

from search.analysis.folding import fold
from search.answers import Question
from search.cuts import GRAMMAR
from search.searching import search
from search.synonyms import general_terms
from tests.factories.documents import both, document, publish
from tests.factories.searching import bring_up

pytestmark = [pytest.mark.django_db, pytest.mark.needs_elasticsearch]

_LONGEST = 1000


def queries() -> list[str]:
    """Texts of `_LONGEST` characters or a little less."""
    chance = random.Random(1)
    terms = [term for _folded, term in general_terms()]
    han = [term for term in terms if not fold(term).text.isascii()]
    grammar = sorted(GRAMMAR | set("有買去在想"))
    return [
        "姊妹市" * (_LONGEST // 3),
        "".join(chance.choices(han, k=_LONGEST))[:_LONGEST],
        " ".join(chance.choices(han, k=_LONGEST))[:_LONGEST],
        " ".join(chance.choices(terms, k=_LONGEST))[:_LONGEST],
        " ".join(f"-{term}" for term in chance.choices(terms, k=_LONGEST))[:_LONGEST],
        '" "'.join(chance.choices(terms, k=_LONGEST))[:_LONGEST],
        "".join(chance.choices([*grammar, *"高雄市長"], k=_LONGEST)),
        "".join(chance.choices(grammar, k=_LONGEST)),
        "".join(chr(chance.randint(0x4E00, 0x9FFF)) for _ in range(_LONGEST)),
    ]


def test_none_is_refused(elasticsearch_settings):
    publish(document("visit", title=both("高雄市長", "The Mayor of Kaohsiung")))
    bring_up()
    answered = {query: search(Question(query)).engine for query in queries()}
    assert {query[:20] for query, engine in answered.items() if engine != "elasticsearch"} == set()
