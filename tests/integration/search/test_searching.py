"""From a reader's words to the answer, through the log, the entries and the embedded index."""

from datetime import date

import pytest

from search import entries
from search.answers import BadCursor, Question
from search.engines import choosing
from search.models import Pin, Synonym
from search.searching import search
from search.suggesting import suggest
from tests.factories.documents import both, day, document, person, proof, publish, text_block, withdraw
from tests.factories.searching import bring_up

pytestmark = pytest.mark.django_db


def visit(slug, chinese, english="A visit", **members):
    return document("visit", slug, title=both(chinese, english), people=[], **members)


def found(text, language="zh-Hant", **filters):
    return [result.uid for result in search(Question(text, language, **filters)).results]


def published(*documents):
    publish(*documents)
    bring_up()


def test_the_exact_title_comes_first():
    published(
        visit("a", "釜山市長來訪釜山"),
        visit("b", "釜山"),
        visit("c", "釜山釜山釜山", summary=both("釜山釜山", "Busan")),
    )
    assert found("釜山")[0] == "visit:b"
    assert found("VISIT:C")[0] == "visit:c"


def test_under_three_hits_it_is_loosened_and_says_so():
    published(visit("a", "熊本市長視訊"), visit("b", "熊本展覽"), visit("c", "釜山"))
    answer = search(Question("熊本市長視訊會議"))
    assert answer.relaxed
    assert [result.uid for result in answer.results][0] == "visit:a"
    strict = search(Question("熊本市長視訊"))
    assert strict.results[0].uid == "visit:a"
    assert "visit:c" not in [result.uid for result in strict.results]


def test_loosened_it_finds_what_names_a_record_of_that_title():
    named = visit("named", "營養午餐查核", "Lunch checks")
    naming = visit("naming", "年度工作", "The year", body=[text_block("<p>釜山</p>")], related=("visit:named",))
    published(named, naming, visit("other", "熊本", "Kumamoto"))
    answer = search(Question("營養午餐"))
    assert (answer.relaxed, [each.uid for each in answer.results]) == (True, ["visit:named", "visit:naming"])
    assert found("lunch", "en") == ["visit:named", "visit:naming"]
    # Neither what must not be there nor a query with hits enough looks into other records' titles.
    assert found("釜山 -午餐") == ["visit:naming"]
    published(*(visit(f"more{number}", "營養午餐") for number in range(3)))
    assert "visit:naming" not in found("營養午餐")


def test_loosened_another_form_of_a_word_is_looked_for_too():
    published(visit("a", "消費爭議"), visit("b", "買賣契約"))
    assert set(found("買賣糾紛")) == {"visit:a", "visit:b"}


def test_a_record_is_found_by_the_words_of_its_source():
    published(visit("a", "甲", source=[proof("title", quote="賡續透過網路協助宣導")]))
    assert found("賡續透過網路") == ["visit:a"]


def test_what_has_everything_comes_before_what_has_some():
    published(
        visit("whole", "甲", body=[text_block("<p>熊本與釜山</p>")]),
        visit("part", "熊本熊本熊本", summary=both("熊本", "Kumamoto")),
    )
    answer = search(Question("熊本 釜山"))
    assert [result.uid for result in answer.results] == ["visit:whole", "visit:part"]


def test_without_and_phrases():
    published(
        visit("a", "釜山展覽"), visit("b", "釜山照片"), visit("c", "丙", "sister city"), visit("d", "丁", "city sister")
    )
    assert found("釜山 -展覽") == ["visit:b"]
    assert found('"sister city"') == ["visit:c"]


def test_either_language_is_found_from_either_page():
    published(visit("a", "釜山", "Busan"))
    assert found("Busan", "zh-Hant") == found("釜山", "en") == ["visit:a"]
    assert search(Question("釜山", "en")).results[0].plain_title == "Busan"


def test_results_are_marked_and_safe():
    published(visit("a", "釜山<b>市長</b>", body=[text_block("<p>釜山 &lt;script&gt; &amp; 高雄</p>")]))
    result = search(Question("釜山")).results[0]
    assert result.title == "<mark>釜山</mark>&lt;b&gt;市長&lt;/b&gt;"
    assert "<mark>釜山</mark> &lt;script&gt; &amp; 高雄" in result.snippet


def test_facets_leave_their_own_filter_out():
    published(
        visit("a", "釜山甲", dates=day("2021-03-01"), topics=["topic:culture"]),
        document("exhibit", "b", title=both("釜山乙", "B"), dates=day("2022-03-01")),
    )
    answer = search(Question("釜山", type="visit"))
    assert answer.count == 1
    assert {value["value"]: value["count"] for value in answer.facets["type"]} == {"visit": 1, "exhibit": 1}
    assert {value["value"]: value["count"] for value in answer.facets["year"]} == {"2021": 1}
    assert [value["label"] for value in answer.facets["year"]] == ["110年"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_paging_goes_through_everything_once(sort):
    dates = [day(f"2022-03-{number:02d}") for number in range(1, 20)]
    published(*(visit(f"v{number}", "釜山", dates=dates[number % 19]) for number in range(23)))
    seen, cursor, first = [], None, None
    while True:
        answer = search(Question("釜山", sort=sort, limit=5, cursor=cursor))
        assert answer.count == 23
        seen += [result.uid for result in answer.results]
        first = first or seen[:]
        if answer.next_cursor is None:
            break
        cursor = answer.next_cursor
    assert len(seen) == len(set(seen)) == 23
    while answer.previous_cursor is not None:
        previous, answer = answer, search(Question("釜山", sort=sort, limit=5, cursor=answer.previous_cursor))
        if answer.results == previous.results:
            break
    assert [result.uid for result in answer.results] == first


def test_a_page_that_holds_the_rest_has_no_next():
    published(*(visit(f"v{number}", "釜山") for number in range(6)))
    first = search(Question("釜山", limit=3))
    assert first.next_cursor and not first.previous_cursor
    assert search(Question("釜山", limit=3, cursor=first.next_cursor)).next_cursor is None
    assert search(Question("釜山", limit=6)).next_cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "WyJuZXdlc3QiLFsxXSwwLFtdXQ", "é", "a" * 3000])
def test_a_cursor_of_something_else_is_refused(cursor):
    with pytest.raises(BadCursor):
        search(Question("釜山", cursor=cursor))


def test_without_words_everything_is_found_newest_first():
    published(visit("a", "甲", dates=day("2021-01-01")), visit("b", "乙", dates=day("2022-01-01")), visit("c", "丙"))
    assert found("") == ["visit:b", "visit:a", "visit:c"]
    assert found("  ", sort="oldest") == ["visit:a", "visit:b", "visit:c"]


def test_what_was_withdrawn_is_not_shown_though_the_index_has_it():
    published(visit("a", "釜山"))
    assert found("釜山") == ["visit:a"]
    withdraw("visit:a")
    # As the consumer of another engine does, where that comes first.
    entries.renew(["visit:a"])
    assert choosing.engines()[0].keys()
    assert found("釜山") == []
    bring_up()
    assert search(Question("釜山")).count == 0


def test_what_is_shown_is_what_records_say_by_now():
    def shown(language="zh-Hant"):
        answer = search(Question("釜山", language))
        return {each.plain_title for each in answer.results}, [value["label"] for value in answer.facets["city"]]

    city = document("city", "busan", title=both("釜山", "Busan"))
    published(city, visit("a", "釜山甲", cities=("city:busan",)))
    assert shown() == shown() == ({"釜山", "釜山甲"}, ["釜山"])
    published(document("city", "busan", title=both("釜山廣域市", None)))
    assert shown() == ({"釜山廣域市", "釜山甲"}, ["釜山廣域市"])
    assert shown("en") == ({"釜山廣域市", "A visit"}, ["釜山廣域市"])
    withdraw("city:busan")
    entries.renew(["city:busan"])
    assert shown() == ({"釜山甲"}, [])


def test_what_was_found_before_is_not_read_again(django_assert_num_queries):
    long = [text_block(f"<p>{'釜山' * 4000}</p>")]
    published(visit("a", "釜山"), visit("b", "釜山港"), visit("long", "長釜山", body=long))
    first = search(Question("釜山"))
    # What is known of the words; and an entry too long to be kept.
    with django_assert_num_queries(2):
        again = search(Question("釜山"))
    assert again == first and len(first.results) == 3


def test_synonyms_count_at_once():
    published(visit("a", "歡迎會"))
    assert found("迎賓") == []
    synonym = Synonym.objects.create(terms="迎賓\n歡迎會")
    assert found("迎賓") == ["visit:a"]
    synonym.terms = "迎賓\n餐會"
    synonym.save()
    assert found("迎賓") == []
    synonym.delete()


def test_names_pair_across_languages():
    published(
        document("city", "busan", title=both("釜山市", "Busan")),
        visit("a", "釜山訪團", None),
    )
    assert set(found("Busan", "en")) == {"city:busan", "visit:a"}


def test_pins_stand_first():
    published(visit("a", "釜山"), visit("b", "釜山乙"), visit("c", "無關"))
    assert set(found("釜山")) == {"visit:a", "visit:b"}
    pin = Pin.objects.create(query="釜山 ", uid="visit:c", position=1)
    assert found("釜山")[0] == "visit:c"
    assert found("釜山乙")[0] == "visit:b"
    pin.delete()
    assert set(found("釜山")) == {"visit:a", "visit:b"}


def test_words_that_were_asked_before_are_asked_anew_where_anything_else_is_asked():
    published(
        visit("early", "釜山", dates=day("2021-05-01")),
        visit("late", "釜山訪", dates=day("2022-05-01")),
        document("city", "busan", title=both("釜山市", "Busan")),
    )
    assert set(found("釜山")) == {"visit:early", "visit:late", "city:busan"}
    assert found("釜山", type="city") == ["city:busan"]
    assert found("釜山", sort="oldest") == ["visit:early", "visit:late", "city:busan"]
    assert found("釜山", sort="newest", first=date(2022, 1, 1)) == ["visit:late"]
    assert found("釜山", limit=1) == ["visit:early"]
    assert set(found("釜山")) == {"visit:early", "visit:late", "city:busan"}


def test_a_better_spelling_is_offered_and_found():
    published(visit("a", "熊本", "Kumamoto delegation"))
    answer = search(Question("Kumamto", "en"))
    assert answer.suggestion == "kumamoto"
    assert [result.uid for result in answer.results] == ["visit:a"]


def test_a_chinese_name_with_a_wrong_character_is_offered():
    published(visit("a", "甲"), document("visit", "b", people=[person(name=both("王小明", "Wang Hsiao-ming"))]))
    answer = search(Question("王小名"))
    assert answer.suggestion == "王小明"
    assert [result.uid for result in answer.results] == ["visit:b"]


def test_completions_come_from_the_first_character_on():
    published(
        document("city", "busan", title=both("釜山市", "Busan")), visit("a", "釜山市長來訪", "Mayor of Busan visits")
    )
    assert [each.text for each in suggest("釜", "zh-Hant")] == ["釜山市", "釜山市長來訪"]
    assert [each.text for each in suggest("bus", "en")] == ["Busan", "Mayor of Busan visits"]
    assert suggest("釜", "zh-Hant")[0].url == "/cities/busan/"
    assert suggest("", "en") == suggest("%", "en") == []


def test_the_home_page_is_found_by_its_own_words_alone():
    question = {"id": "q", "type": "record", "uid": "visit:a", "text": both("市長來訪了嗎？", "Did the mayor come?")}
    body = [text_block("<p>公開紀錄</p>"), question, text_block("<p>市長的話</p>", name="after")]
    published(visit("a", "市長來訪"), document("page", "home", path="/", title=both("首頁", "Home"), body=body))
    assert found("公開紀錄") == ["page:home"]
    assert found("市長") == ["visit:a"]
