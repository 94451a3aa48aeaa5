"""The checker finds what is missing, and is not content with a quote in the wrong place."""

from pathlib import Path
from typing import Any

import pytest

from tests.report_coverage import (
    from_fixtures,
    source_problems,
    uncovered_numerals,
    uncovered_sentences,
    unfounded_figures,
)
from tests.report_coverage.fixtures import FixtureError

TEXT = "一、交流\n1.燈會\n本次燈會以1,500台無人機排出6國國旗。感謝友好國家。\n"


def record(*sources: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"uid": "activity:lantern", "type": "activity", "source": list(sources), **members}


def missing(text: str, *documents: dict[str, Any], **observations: Any) -> list[str]:
    rows = {"dataset:figures": observations.get("rows", [])}
    return [found.numeral for found in uncovered_numerals(text, list(documents), rows)]


def test_covered() -> None:
    document = record(
        {"proves": ["quantities/0"], "quote": "以1,500台無人機"},
        {"proves": ["body/flags"], "quote": "排出6國國旗"},
        quantities=[{"label": {"zh-Hant": "無人機"}, "value": "1500"}],
        body=[{"id": "flags", "type": "text", "value": {"zh-Hant": "<p>六國國旗</p>"}}],
    )
    assert missing(TEXT, document) == []
    assert source_problems(TEXT, [document], {}) == []


def test_nothing_quoted() -> None:
    assert missing(TEXT) == ["1,500", "6"]


def test_quote_of_a_member_that_lacks_the_value() -> None:
    document = record(
        {"proves": ["quantities/0"], "quote": "以1,500台無人機排出6國"},
        quantities=[{"label": {"zh-Hant": "無人機"}, "value": "150"}],
        title={"zh-Hant": "1,500台無人機與6國"},
    )
    assert missing(TEXT, document) == ["1,500", "6"]
    reason = uncovered_numerals(TEXT, [document], {})[0].reason
    assert "not held by: activity:lantern → quantities/0" in reason


def test_value_held_elsewhere_does_not_help_a_quote_of_other_words() -> None:
    document = record({"proves": ["title"], "quote": "無人機排出"}, title={"zh-Hant": "1,500台無人機與6國"})
    assert missing(TEXT, document) == ["1,500", "6"]


def test_quote_must_hold_the_whole_numeral() -> None:
    document = record({"proves": ["title"], "quote": "500台無人機"}, title={"zh-Hant": "500台"})
    assert missing(TEXT, document) == ["1,500", "6"]


def test_proof_that_leads_to_nothing() -> None:
    document = record({"proves": ["quantities/1"], "quote": "1,500台"}, quantities=[{"value": "1500"}])
    assert missing(TEXT, document) == ["1,500", "6"]
    assert "'quantities/1' leads to nothing" in source_problems(TEXT, [document], {})[0]


def test_quote_that_is_not_verbatim() -> None:
    document = record({"proves": ["title"], "quote": "1500台"}, title={"zh-Hant": "1500台"})
    assert missing(TEXT, document) == ["1,500", "6"]
    assert "not in the report" in source_problems(TEXT, [document], {})[0]


def test_occurrence_takes_one_place_only() -> None:
    text = "甲3人。\n乙3人。\n"
    source = {"proves": ["title"], "quote": "3人"}
    members = {"title": {"zh-Hant": "3人"}}
    assert missing(text, record(source, **members)) == []
    found = uncovered_numerals(text, [record({**source, "occurrence": 2}, **members)], {})
    assert [uncovered.position for uncovered in found] == [1]
    assert missing(text, record({**source, "occurrence": 3}, **members)) == ["3", "3"]


def dataset(*sources: dict[str, Any]) -> dict[str, Any]:
    return {
        "uid": "dataset:figures",
        "type": "dataset",
        "source": list(sources),
        "measures": [{"code": "first", "label": {"zh-Hant": "第一次申訴"}}],
        "dimensions": [{"code": "place", "codes": [{"code": "a", "label": {"zh-Hant": "甲"}}]}],
    }


ROW = {"measure": "first", "place": "a", "period": "2022-05", "value": "2368", "note": None}


def test_observations_hold_value_period_and_labels() -> None:
    text = "111年5月受理第一次申訴2,368件。"
    key = "observations/first.a.2022-05"
    assert missing(text, dataset({"proves": [key], "quote": text}), rows=[ROW]) == []
    assert missing(text, dataset({"proves": ["observations"], "quote": text}), rows=[ROW]) == []


def test_observations_do_not_hold_what_another_row_holds() -> None:
    other = {**ROW, "place": "b", "value": "9"}
    document = dataset({"proves": ["observations/first.b.2022-05"], "quote": "2,368件"})
    assert missing("申訴2,368件。", document, rows=[ROW, other]) == ["2,368"]


def test_the_number_of_rows_is_no_value() -> None:
    document = dataset({"proves": ["observations"], "quote": "2件"})
    assert missing("2件。", document, rows=[ROW, {**ROW, "place": "b"}]) == ["2"]


def test_figures_stand_in_the_words_quoted_for_them() -> None:
    text = "受理第一次申訴2,368件，調解87件。"
    key = "observations/first.a.2022-05"
    for proves, quote, founded in (
        ([key], "申訴2,368件", True),
        (["observations"], "申訴2,368件", True),
        ([key], "調解87件", False),
        (["title"], "申訴2,368件", False),
    ):
        document = dataset({"proves": proves, "quote": quote})
        assert (unfounded_figures(text, [document], {"dataset:figures": [ROW]}) == []) is founded
    quantities = record({"proves": ["quantities/0"], "quote": "87件"}, quantities=[{"value": "78"}])
    assert unfounded_figures(text, [quantities], {}) == [
        "activity:lantern: quantities/0 is 78, which its quotes do not hold"
    ]


def test_a_missing_value_needs_no_quote() -> None:
    assert unfounded_figures("無。", [dataset()], {"dataset:figures": [{**ROW, "value": ""}]}) == []


def test_quote_counts_only_in_the_section_that_is_named() -> None:
    text = "壹、甲\n一、乙\n1.丙3人。\n2.丁3人。\n"
    source = {"proves": ["title"], "quote": "3人", "section": "壹、一 2"}
    document = record(source, title={"zh-Hant": "3人"})
    assert [found.position for found in uncovered_numerals(text, [document], {})] == [text.index("3")]
    wrong = record({**source, "quote": "丙3人"}, title={"zh-Hant": "3人"})
    assert missing(text, wrong) == ["3", "3"]
    assert "not in section '壹、一 2'" in source_problems(text, [wrong], {})[0]
    unknown = record({**source, "section": "壹、九"}, title={"zh-Hant": "3人"})
    assert "no section '壹、九'" in source_problems(text, [unknown], {})[0]


def test_sentences() -> None:
    assert [s.text for s in uncovered_sentences(TEXT, [])] == [
        "本次燈會以1,500台無人機排出6國國旗",
        "感謝友好國家",
    ]
    document = record({"proves": ["summary"], "quote": "排出6國國旗"})
    assert [s.text for s in uncovered_sentences(TEXT, [document])] == ["感謝友好國家"]


def test_a_quote_that_proves_nothing_covers_no_sentence() -> None:
    document = record({"proves": [], "quote": "感謝友好國家"})
    assert len(uncovered_sentences(TEXT, [document])) == 2


def test_a_character_or_two_are_no_phrase() -> None:
    assert len(uncovered_sentences(TEXT, [record({"proves": ["title"], "quote": "家。\n"})])) == 2


def test_headings_courtesies_and_cells_are_no_sentences_but_captions_and_open_items_are() -> None:
    text = (
        "議長、副議長、各位議員女士、先生：\n一、交流\n\t工級人員\n(單位:萬元)\n本期專案如下：\n"
        "1.現有員額為8人，統計表如下：\n \t照片1：展示市鑰\n合作。(照片1)\n身體健康\t\n"
    )
    assert [s.text for s in uncovered_sentences(text, [])] == [
        "現有員額為8人，統計表如下：",
        "照片1：展示市鑰",
        "合作",
    ]


def test_fixtures_are_read_as_published(tmp_path: Path) -> None:
    (tmp_path / "records" / "datasets").mkdir(parents=True)
    (tmp_path / "tables").mkdir()
    (tmp_path / "records" / "datasets" / "figures.yaml").write_text(
        "uid: dataset:figures\ntype: dataset\ndimensions: [{code: place}]\n"
        "measures: [{code: first, label: {zh-Hant: 第一次申訴}}]\n"
        'source: [{proves: [observations/first.a.2022-05], quote: "2,368件"}]\n',
        encoding="utf-8",
    )
    (tmp_path / "tables" / "figures.csv").write_text(
        "period,measure,place,value,status,note_zh,note_en\n2022-05,first,a,2368,normal,另計5件,\n",
        encoding="utf-8",
    )
    documents, observations = from_fixtures(tmp_path)
    assert observations["dataset:figures"][0]["note"] == {"zh-Hant": "另計5件"}
    assert uncovered_numerals("申訴2,368件。", documents, observations) == []


def test_fixture_without_uid(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text("- 1\n", encoding="utf-8")
    with pytest.raises(FixtureError, match=r"a\.yaml"):
        from_fixtures(tmp_path)
