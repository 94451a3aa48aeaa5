"""What changed between two versions, member by member: nothing that a document says can change unseen."""

from typing import Any

import pytest
from django.utils.translation import override

from portal.core.languages import CHINESE, DJANGO_CODES, ENGLISH
from portal.publication.codelists import LISTS
from portal.publication.ready import Cited
from portal.publication.schemas import DocumentInvalid, validate
from portal.publication.types import TYPES
from portal.rendering.comparison import Field, compare
from tests.factories.datasets import chart, check
from tests.factories.documents import both, day, document, person, picture, proof, quantity, text_block
from tests.factories.portal import every_block
from tests.unit.rendering.test_marked_texts import shown

BUSAN = {"city:busan": Cited("city:busan", "city", both("釜山市", "Busan"), "/cities/busan/")}
SHA256 = "a" * 64


def compared(before: dict[str, Any], after: dict[str, Any], language: str = ENGLISH, **cited: Cited) -> list[Field]:
    """What changed, on a page of a language."""
    with override(DJANGO_CODES[language]):
        return compare(before, after, cited=BUSAN | cited, language=language)


def told(fields: list[Field]) -> dict[str, list[str]]:
    """The marked lines of each member."""
    return {field.name: [shown(line) for change in field.changes for line in change.lines] for field in fields}


def test_the_same_document_has_no_changes():
    made = document("visit", body=every_block(SHA256), media=[picture(SHA256)], people=[person()])
    for language in (CHINESE, ENGLISH):
        assert compared(made, made, language) == []


def test_words_are_marked_in_the_languages_in_which_they_changed():
    before = document("visit", title=both("市長接見釜山代表團", "The Mayor meets a delegation"))
    after = document("visit", title=both("市長接見釜山訪問團", "The Mayor meets a delegation"))
    for language, name in ((CHINESE, "標題"), (ENGLISH, "Title")):
        (field,) = compared(before, after, language)
        assert field.name == name
        assert [change.language for change in field.changes] == [CHINESE]
        assert told([field]) == {name: ["市長接見釜山[-代表-]{+訪問+}團"]}
    other = document("visit", title=both("市長接見釜山訪問團", "The Mayor receives a delegation"))
    (field,) = compared(before, other, ENGLISH)
    assert [change.language for change in field.changes] == [ENGLISH, CHINESE]
    (field,) = compared(before, other, CHINESE)
    assert [change.language for change in field.changes] == [CHINESE, ENGLISH]


def test_dates_codes_lists_and_people_are_told_as_the_page_tells_them():
    before = document("visit", cities=("city:busan",), dates=day("2022-03-17"), people=[person()])
    after = document(
        "visit",
        cities=("city:busan", "city:gone"),
        dates=day("2022-03-18"),
        people=[person(name_status="verified"), person(role="host")],
        mode="video",
        topics=["topic:culture"],
    )
    english = told(compared(before, after))
    assert english["Date"] == ["[-17 March 2022 (ROC 111)-]", "{+18 March 2022 (ROC 111)+}"]
    assert english["Direction"] == ["[-Inbound, In person-]", "{+Inbound, Video meeting+}"]
    assert english["Cities"] == ["{+city:gone+}"]
    assert english["Topics"] == ["{+Culture+}"]
    assert english["People"][0] == "Leader: Wang Hsiao-ming ([-Romanised by rule-]{+Spelling verified+})"
    assert english["People"][1].startswith("{+Host: ")
    assert told(compared(before, after, CHINESE))["日期"] == [
        "[-111年3月17日 2022-03-17-]",
        "{+111年3月18日 2022-03-18+}",
    ]


def test_blocks_are_found_again_wherever_they_went():
    first, second, third = (text_block(f"<p>{words}</p>", name=words) for words in ("第一段", "第二段", "第三段"))
    (field,) = compared(document("visit", body=[first, second, third]), document("visit", body=[third, first]), CHINESE)
    assert [(change.outcome, change.part) for change in field.changes] == [
        ("moved", "第1部分：文字"),
        ("removed", "第2部分：文字"),
    ]
    renamed = third | {"id": "another"}
    assert compared(document("visit", body=[third]), document("visit", body=[renamed])) == []
    (field,) = compared(document("visit", body=[first]), document("visit", body=[first, second]))
    assert [change.outcome for change in field.changes] == ["added"]


def test_paragraphs_links_and_layout_of_a_text():
    def of(html: str) -> dict[str, Any]:
        return document("visit", body=[text_block(html)])

    before = of('<p>第一段。</p><p>市長與<a href="record:city:busan">釜山市</a>。</p>')
    assert told(compared(before, of('<p>第一段。</p><p>市長與<a href="record:city:other">釜山市</a>。</p>'))) == {
        "Text": ["連結：record:city:[-busan-]{+other+}"]
    }
    (field,) = compared(before, of('<p>第一段。</p><p>市長與<a href="record:city:busan"><b>釜山市</b></a>。</p>'))
    assert field.changes[0].note == "The words are the same; how they are set out changed."


def test_a_text_that_lost_its_translation_says_so():
    before, after = document("visit", title=both("題", "Title")), document("visit", title=both("題", None))
    assert told(compared(before, after, CHINESE)) == {"標題": ["[-Title-]"]}


def test_a_dataset_tells_of_its_structure_checks_and_charts():
    codes = [{"code": "all", "label": both("全部", "All")}]
    dimension = {"code": "kind", "label": both("類別", "Kind"), "codes": codes}
    before = document("dataset", dimensions=[dimension], charts=[chart()])
    after = document(
        "dataset",
        dimensions=[dimension | {"codes": [*codes, {"code": "some", "label": both("部分", "Some")}]}],
        checks=[check("monotony", "number.all", direction="rising", explanation=both("因疫情", "The pandemic"))],
        charts=[chart(mark="line")],
        notes=[both("註", "A note")],
    )
    english = told(compared(before, after))
    assert english["Broken down by"] == ["{+Kind · Some (some)+}", "{+類別 · 部分 (some)+}"]
    assert english["Checks"][:2] == ["{+Direction of change, All: Rises+}", "{+Why: The pandemic+}"]
    assert english["Notes"] == ["{+A note+}", "{+註+}"]
    assert 'mark = "[-bar-]{+line+}"' in english["Charts"][0]


def variations(value: Any) -> list[Any]:
    """Values of the same kind that are not this one."""
    if isinstance(value, str):
        codes = (code for codes in LISTS.values() if value in codes for code in codes if code != value)
        return [f"{value}x", f"{value}0", "2001-02-03", *codes]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, dict):
        # A block that says the same under another id is the same; periods are written in their own way.
        varied = {name: variations(each) for name, each in value.items() if name not in ("id", "period")}
        return [value | {name: other} for name, others in varied.items() for other in others]
    if isinstance(value, list):
        changed = [
            [*value[:place], other, *value[place + 1 :]]
            for place, each in enumerate(value)
            for other in variations(each)
        ]
        return [*changed, value[1:]] if value else []
    return [both("新", "New")] if value is None else []


FULL = {
    "visit": {"people": [person(title=both("處長", "Head"))], "body": every_block(SHA256), "media": [picture(SHA256)]},
    "works": {"due": {"date": "2022-10-31", "precision": "day"}, "phase": 1},
    "announcement": {
        "effective": {"from": "2022-06-23", "to": None},
        "contact": {"name": both("櫃台", "Desk"), "phone": "07-1", "email": "a@example.org"},
        "quantities": [quantity()],
    },
    "city": {"website": "https://example.org/", "since": {"date": "1966-06-30", "precision": "year"}},
    "dataset": {"checks": [check("sum", "number", "number")], "charts": [chart()], "notes": [both("註", "Note")]},
}


@pytest.mark.parametrize("record_type", [code for code, kind in TYPES.items() if not kind.frame])
def test_no_member_changes_unseen(record_type):
    before = document(
        record_type, cities=("city:busan",), source=[proof("dates")], summary=both("摘要", "Summary"),
        topics=["topic:culture"], **FULL.get(record_type, {}),
    )  # fmt: skip
    apart = {"schema", "uid", "type", "change_note", "table", "translation"}
    for name in before.keys() - apart:
        for other in readable_variations(name, before):
            for language in (CHINESE, ENGLISH):
                assert compared(before, before | {name: other}, language), (name, other)


def readable_variations(name: str, made: dict[str, Any]) -> list[Any]:
    """Variations of a member that its readers can show: codes and dates stay codes and dates."""
    return [other for other in variations(made[name]) if fits(made | {name: other})]


def fits(made: dict[str, Any]) -> bool:
    """Whether a document fits its schema."""
    try:
        validate(made, made["schema"])
    except DocumentInvalid:
        return False
    return True
