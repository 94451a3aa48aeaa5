"""The state of a record's English follows from what was edited last."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from cms.base.translation_state import renewed, states, texts
from cms.models import VisitPage
from portal.core.languages import CHINESE, ENGLISH


@dataclass(frozen=True)
class Edit:
    """One save: the title in both languages, and the form's two check boxes."""

    chinese: str
    english: str
    reviewed: bool = False
    machine: bool = False


edits = st.builds(Edit, st.sampled_from("甲乙丙"), st.sampled_from(["", "A", "B"]), st.booleans(), st.booleans())


def new_page() -> VisitPage:
    """A page in memory; given a content type, it does not look its own up in the database."""
    return VisitPage(content_type_id=1)


def save(page: VisitPage, edit: Edit) -> str:
    """Save the page like that in memory; the state of its title."""
    page.headline_zh_hant, page.headline_en = edit.chinese, edit.english
    page.english_reviewed, page.english_by_machine = edit.reviewed, edit.machine
    page.translation_basis, worst = renewed(page)
    title = {"title": {CHINESE: edit.chinese, ENGLISH: edit.english or None}}
    state = states(title, page.translation_basis)["title"]
    assert state == worst
    return state


def history(*edits: Edit) -> list[str]:
    """The states after each save."""
    page = new_page()
    return [save(page, edit) for edit in edits]


def test_chinese_alone_makes_stale_and_english_mends_it():
    assert history(Edit("甲", ""), Edit("甲", "A"), Edit("乙", "A"), Edit("乙", "B")) == [
        "missing",
        "current",
        "stale",
        "current",
    ]


def test_chinese_that_comes_back_is_no_longer_stale():
    assert history(Edit("甲", "A"), Edit("乙", "A"), Edit("甲", "A")) == ["current", "stale", "current"]


def test_the_reviewed_box_makes_current():
    assert history(Edit("甲", "A"), Edit("乙", "A"), Edit("乙", "A", reviewed=True)) == ["current", "stale", "current"]


def test_a_machines_english_stays_a_machines_until_it_is_reviewed_or_rewritten():
    machine = Edit("甲", "A", machine=True)
    assert history(machine, Edit("甲", "A")) == ["machine", "machine"]
    assert history(machine, Edit("乙", "A")) == ["machine", "stale"]
    assert history(machine, Edit("甲", "A", reviewed=True), Edit("甲", "A")) == ["machine", "current", "current"]
    assert history(machine, Edit("甲", "B")) == ["machine", "current"]


def test_the_machine_box_speaks_of_what_changed():
    assert history(Edit("甲", "A"), Edit("甲", "A", machine=True)) == ["current", "current"]


@given(st.lists(edits, min_size=1))
def test_every_history(steps):
    known: tuple[str, str, bool] | None = None
    page = new_page()
    for edit in steps:
        if known is None or known[1] != edit.english or edit.reviewed:
            known = (edit.chinese, edit.english, edit.machine and not edit.reviewed) if edit.english else None
        expected = "current"
        if not edit.english:
            expected = "missing"
        elif known and known[0] != edit.chinese:
            expected = "stale"
        elif known and known[2]:
            expected = "machine"
        assert save(page, edit) == expected


both = st.fixed_dictionaries({CHINESE: st.text(min_size=1), ENGLISH: st.none() | st.text(min_size=1)})
members = st.recursive(
    both | st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "note", "role"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["title", "summary", "people", "place", "dates", "source"]), members))
def test_every_member_with_texts_has_a_state_and_no_other(document):
    found = texts(document)
    assert set(states(document, {})) == set(found)
    assert not {"dates", "source"} & set(found)
    for name, (chinese, english) in found.items():
        assert len(chinese) == len(english) > 0
        assert states(document, {})[name] == ("missing" if None in english else "current")


def test_blocks_of_the_body_stand_by_themselves():
    block = {"id": "x", "type": "heading", "value": {CHINESE: "甲", ENGLISH: None}}
    assert states({"body": [block, block | {"id": "y", "value": {CHINESE: "乙", ENGLISH: "B"}}]}, {}) == {
        "body/x": "missing",
        "body/y": "current",
    }


def test_a_name_without_a_known_latin_form_waits_for_nobody():
    person = {"name": {CHINESE: "文志康", ENGLISH: None}, "name_status": "unverified"}
    assert states({"people": [person | {"title": {CHINESE: "處長", ENGLISH: "Head"}}]}, {}) == {"people": "current"}
    assert states({"people": [person | {"name_status": "romanised"}]}, {}) == {"people": "missing"}
