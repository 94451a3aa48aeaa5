"""Texts in the page's language, numbers with their units, sources and their seals."""

import pytest
from django.utils.translation import override

from portal.core.languages import CHINESE, ENGLISH
from portal.rendering import texts
from portal.rendering.quantities import number, quantity
from portal.rendering.sources import Sources

ONLY_CHINESE = {CHINESE: "甲<乙", ENGLISH: None}
BOTH = {CHINESE: "甲", ENGLISH: "A & B"}


def test_a_fallback_is_marked():
    assert texts.inline(ONLY_CHINESE, ENGLISH) == '<span lang="zh-Hant">甲&lt;乙</span>'
    assert texts.inline(ONLY_CHINESE, CHINESE) == "甲&lt;乙"
    assert texts.inline(BOTH, ENGLISH) == "A &amp; B"
    assert texts.inline(None, ENGLISH) == ""
    assert texts.lang_attribute(ONLY_CHINESE, ENGLISH) == ' lang="zh-Hant"'
    assert texts.lang_attribute(BOTH, ENGLISH) == ""


def test_lists_take_the_commas_of_the_language():
    assert texts.inline_list([BOTH, BOTH], CHINESE) == "甲、甲"
    assert texts.inline_list([BOTH, BOTH], ENGLISH) == "A &amp; B, A &amp; B"


def test_numbers():
    assert (number("10800", "piece", CHINESE).digits, number("10800", "piece", CHINESE).unit) == ("10,800", "片")
    assert number("-1", "person", ENGLISH).digits == "−1"
    assert number("-1", "person", ENGLISH).unit == "person"
    assert number("27.50", "percent", ENGLISH).digits == "27.50"
    assert number(None, "person", ENGLISH) is None


def test_an_approximate_quantity_says_so():
    given = {"label": BOTH, "value": "510", "unit": "person", "status": "approximate", "note": BOTH}
    with override("zh-hant"):
        assert quantity(given, CHINESE).startswith('約<span class="number">510</span>')
    with override("en"):
        assert quantity(given | {"status": "estimated"}, ENGLISH).endswith(
            '(Estimated) <span class="note">A &amp; B</span>'
        )


def record(**members):
    source = {"proves": ["people/0", "body/b", "dates"], "document": "unknown", "section": "壹", "quote": "原句"}
    return {"type": "visit", "source": [source], "people": [{"name": BOTH}], "body": [{"id": "b"}]} | members


def test_sources_name_what_they_prove():
    with override("en"):
        (source,) = Sources(record(), ENGLISH)
    assert source.proves == ("A & B", "Text, part 1", "Date")
    assert source.document == {CHINESE: "unknown", ENGLISH: "unknown"}


def test_a_seal_leads_to_the_first_proof_of_a_thing_or_of_its_whole():
    with override("en"):
        sources = Sources(record(), ENGLISH)
        assert 'href="#source-1"' in sources.seal("people/0", "A & B")
        assert 'aria-label="§ Source: A &amp; B"' in sources.seal("people/0", "A & B")
        assert 'href="#source-1"' in sources.seal("dates/start", "x")
        assert sources.seal("people/1", "x") == ""
        assert sources.seal("title", "x") == ""


def test_observations_are_named_by_their_labels():
    dataset = {
        "type": "dataset",
        "dimensions": [{"code": "staff", "codes": [{"code": "workers", "label": BOTH}]}],
        "measures": [{"code": "headcount", "label": BOTH}],
        "source": [record()["source"][0] | {"proves": ["observations/headcount.workers.2022-05", "observations"]}],
    }
    with override("en"):
        (source,) = Sources(dataset, ENGLISH)
    assert source.proves == ("A & B", "Figures")


@pytest.mark.parametrize(
    ("html", "is_chinese"),
    [
        ("The <mark>mayor</mark> of 釜山", False),
        ("<mark>市長</mark>會見 Jörg Polster", True),
        ("<mark>Busan</mark>", False),
        ("2022 &amp; 111", False),
        ("", False),
    ],
)
def test_words_that_do_not_say_their_language_are_marked_by_their_script(html, is_chinese):
    assert texts.lang_of_words(html, ENGLISH) == (' lang="zh-Hant"' if is_chinese else "")
    assert texts.lang_of_words(html, CHINESE) == ""
