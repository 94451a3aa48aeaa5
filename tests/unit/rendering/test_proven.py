"""The words of a quote that state what it proves are marked; nothing else is."""

import pytest

from portal.rendering.proven import marked, proven_words
from portal.rendering.sources import Sources
from tests.factories.documents import both, document, person, proof, quantity


@pytest.mark.parametrize(
    ("words", "quote", "shown"),
    [
        ({"6,131人"}, "減少為6,131人", "減少為<mark>6,131人</mark>"),
        ({"131"}, "減少為6,131人，計131人", "減少為6,131人，計<mark>131</mark>人"),
        ({"13"}, "2013年13次", "2013年<mark>13</mark>次"),
        ({"甲乙", "甲乙丙"}, "甲乙丙與甲乙", "<mark>甲乙丙</mark>與<mark>甲乙</mark>"),
        ({"無"}, "無此", "無此"),
        ({"<b>"}, "<b>&", "<mark>&lt;b&gt;</mark>&amp;"),
        (set(), "a < b", "a &lt; b"),
    ],
)
def test_words_are_marked_whole_and_the_longer_first(words, quote, shown):
    assert marked(quote, words) == shown


@pytest.mark.parametrize(
    ("record", "path", "word"),
    [
        (document("works", due={"date": "2022-10-31", "precision": "day"}), "due", "111年10月31日"),
        (
            document("visit", dates={"start": "2022-05-01", "end": None, "ongoing": True, "precision": "month"}),
            "dates",
            "111年5月",
        ),
        (document("activity", quantities=[quantity("10800")]), "quantities/0", "10,800片"),
        (document("visit", people=[person()]), "people/0", "王小明"),
        (document("visit", subjects=[both("教育", None)]), "subjects", "教育"),
        (document("exhibit", place=both("四維行政中心")), "place", "四維行政中心"),
        (document("visit", summary=both("共5國13個城市響應。", None)), "summary", "13個"),
    ],
)
def test_what_a_quote_may_say_of_a_member(record, path, word):
    assert word in proven_words(record, path)


def test_members_that_are_not_there_prove_nothing():
    assert proven_words(document("visit"), "people/7") == set()
    assert proven_words(document("visit"), "body/nothing") == set()
    assert proven_words(document("page"), "place") == set()


def test_a_source_marks_what_it_proves_and_its_seal_names_every_source():
    record = document(
        "works",
        due={"date": "2022-10-31", "precision": "day"},
        source=[proof("due", quote="預訂111年10月31日完工"), proof("title"), proof("due", quote="完工")],
    )
    sources = Sources({**record, "related": []}, "zh-Hant")
    assert [source.quote for source in sources][0] == "預訂<mark>111年10月31日</mark>完工"
    assert 'href="#source-1" data-sources="1 3"' in sources.seal("due", "完工日")


def test_the_values_of_a_dataset_are_marked_and_nothing_else_of_it():
    record = document(
        "dataset",
        summary=both("減少1,018人。", None),
        measures=[{"code": "headcount", "label": both("員額"), "unit": "person"}],
        source=[proof("summary", "observations/headcount.2022-05", quote="減少1,018人（減少為2,444人）")],
    )
    row = {"key": "headcount.2022-05", "measure": "headcount", "value": "2444", "period": "2022-05"}
    [source] = Sources({**record, "related": []}, "zh-Hant", [row])
    assert source.quote == "減少1,018人（減少為<mark>2,444人</mark>）"
