"""Entries follow the log: what is public has one, what is not has none, and none ever goes back."""

import io
import json

import pytest
from docx import Document as WordDocument
from odfdo import Document as OpenDocument
from odfdo import Paragraph

from portal.publication import files, selectors
from portal.publication.models import LogRow
from search import entries
from search.analysis.stems import stem
from search.documents import key_of
from search.models import Completion, Entry, FileText, Name, Pair, Stamp, Word
from tests.factories.documents import both, day, document, person, publish, redact, text_block, withdraw
from tests.following import check_entries
from tests.races import at_once

pytestmark = pytest.mark.django_db


def bring_up():
    return entries.bring_up(list(LogRow.objects.order_by("seq")))


def source(uid):
    return json.loads(Entry.objects.get(uid=uid).source)


def test_a_public_record_has_an_entry():
    publish(document("visit", "mayor", title=both("釜山市長來訪", "Mayor of Busan"), dates=day("2022-03-17")))
    made, gone = bring_up()
    assert [(each.uid, each.key) for each in made] == [("visit:mayor", key_of("visit:mayor"))]
    assert gone == []
    found = source("visit:mayor")
    assert {"釜", "釜山", "釜山市", "@2022-03-17", "@2022-03", "@2022", "mayor"} <= set(found["all"].split())
    assert (found["type"], found["year"], found["starts"]) == ("visit", ["2022"], found["ends"])
    shown = json.loads(Entry.objects.get().shown_en)
    assert (shown["title"], shown["url"]) == ("Mayor of Busan", "/en/visits/mayor/")


def test_menus_and_banners_have_none():
    publish(document("menu"), document("banner"), document("page"))
    bring_up()
    assert list(Entry.objects.values_list("uid", flat=True)) == ["page:one"]


@pytest.mark.parametrize("take_back", [withdraw, redact])
def test_what_is_taken_back_is_taken_out(take_back):
    publish(document("visit", title=both("秘密", "Secretword")))
    bring_up()
    take_back("visit:one")
    made, gone = bring_up()
    assert made == [] and [each.uid for each in gone] == ["visit:one"]
    assert not Entry.objects.exists()
    assert not Name.objects.exists() and not Pair.objects.exists() and not Completion.objects.exists()
    assert not Word.objects.filter(word="secretword").exists()


def test_a_city_renamed_renames_itself_where_it_is_named():
    publish(document("city", "busan", title=both("釜山市", "Busan")), document("visit", cities=("city:busan",)))
    bring_up()
    assert "釜山" in source("visit:one")["names"].split()
    publish(document("city", "busan", title=both("斧山市", "Pusan")))
    last = list(LogRow.objects.order_by("-seq")[:1])
    made, _gone = entries.bring_up(last)
    assert {each.uid for each in made} == {"city:busan", "visit:one"}
    assert "斧山" in source("visit:one")["names"].split()


def test_what_a_record_names_is_known_by_its_present_title():
    publish(document("visit", "named", title=both("釜山訪團", "Busan")), document("visit", related=("visit:named",)))
    bring_up()
    assert {"釜山", "busan"} <= set(source("visit:one")["near"].split())
    assert "釜山" not in source("visit:one")["all"].split()
    publish(document("visit", "named", title=both("熊本訪團", "Kumamoto")))
    bring_up()
    assert "熊本" in source("visit:one")["near"].split() and "釜山" not in source("visit:one")["near"].split()
    withdraw("visit:named")
    bring_up()
    assert "熊本" not in source("visit:one")["near"].split()


def test_of_what_is_held_already_the_source_is_not_read_again():
    publish(document("visit", "a"), document("visit", "b"))
    bring_up()
    everything = {each.uid: each for each in entries.everything({})}
    assert all(each.source for each in everything.values())
    held = {each.key: each.seq for each in everything.values()}
    publish(document("visit", "b", title=both("後來", "Later")), document("visit", "c"))
    withdraw("visit:a")
    bring_up()
    again = {each.uid: each for each in entries.everything(held)}
    assert again.keys() == {"visit:b", "visit:c"}
    assert all(each.source and each.seq > held.get(each.key, 0) for each in again.values())
    held = {each.key: each.seq for each in again.values()}
    assert [each.source for each in entries.everything(held)] == ["", ""]


def test_words_are_counted_once_for_each_record():
    publish(document("visit", "a", title=both("甲", "Delegation delegation")), document("visit", "b"))
    bring_up()
    assert Word.objects.get(word="delegation").count == 1
    assert Word.objects.get(word="title").count == 1
    publish(document("visit", "a", title=both("甲", "Title")))
    bring_up()
    assert not Word.objects.filter(word="delegation").exists()
    assert Word.objects.get(word="title").count == 2


def test_bringing_up_again_changes_nothing():
    publish(document("visit", title=both("甲", "Delegation")))
    first = bring_up()

    def kept():
        return [list(model.objects.order_by("pk").values()) for model in (Entry, Word, Name, Pair, Completion, Stamp)]

    before = kept()
    assert bring_up() == first
    assert before == kept()


def test_an_engine_that_lags_makes_nothing_anew_that_another_has_had_made():
    for slug in "abc":
        publish(document("visit", slug))
        entries.bring_up(list(LogRow.objects.order_by("-seq")[:1]))
    made, _gone = bring_up()
    assert {each.uid: each.seq for each in made} == {"visit:a": 1, "visit:b": 2, "visit:c": 3}


def test_an_engine_that_lags_is_given_what_a_city_is_called_by_now():
    publish(document("city", "busan", title=both("釜山市", "Busan")), document("visit", cities=("city:busan",)))
    bring_up()
    publish(document("city", "busan", title=both("斧山市", "Pusan")))
    publish(document("visit", "other"))
    made, _gone = bring_up()
    assert {each.uid: each.seq for each in made} == {"city:busan": 4, "visit:one": 4, "visit:other": 4}
    assert "斧山" in source("visit:one")["names"].split()


@pytest.mark.parametrize("take_back", [withdraw, redact])
def test_what_is_taken_back_while_its_entry_is_made_has_none(take_back, monkeypatch):
    publish(document("visit"))
    read = entries.parts_of_records

    def slowly(records):
        found = list(read(records))
        monkeypatch.undo()
        take_back("visit:one")
        bring_up()
        return found

    monkeypatch.setattr(entries, "parts_of_records", slowly)
    entries.renew(["visit:one"])
    assert not Entry.objects.exists()


def test_what_another_consumer_makes_meanwhile_is_not_made_again(monkeypatch):
    """Its engine has that version already, and is given no later row of this record."""
    publish(document("visit"))
    rows, before = list(LogRow.objects.all()), selectors.head()
    publish(document("visit", "other"))
    read, elsewhere = entries.parts_of_records, []

    def slowly(records):
        found = list(read(records))
        monkeypatch.undo()
        monkeypatch.setattr(selectors, "head", lambda: before)
        elsewhere.extend(entries.bring_up(rows)[0])
        return found

    monkeypatch.setattr(entries, "parts_of_records", slowly)
    made, _gone = entries.bring_up(rows)
    assert made == elsewhere and [each.uid for each in made] == ["visit:one"]


@pytest.mark.django_db(transaction=True)
def test_hosts_that_make_the_same_entries_at_once_make_them_once():
    for turn in range(8):
        publish(*(document("visit", f"v{number}", title=both(f"第{turn}次", f"Turn {turn}")) for number in range(5)))
        publish(document("visit", f"new-{turn}"))
        assert at_once([bring_up] * 3) == []
        check_entries()


def test_an_entry_made_later_stays():
    publish(document("visit"))
    bring_up()
    Entry.objects.update(seq=99, source="{}")
    entries.renew(["visit:one"])
    assert Entry.objects.get().seq == 99


def test_names_pair_across_languages():
    publish(
        document("city", "busan", title=both("釜山市", "Busan")),
        document("visit", people=[person(name=both("王小明", "Wang Hsiao-ming"))]),
    )
    bring_up()
    pairs = set(Name.objects.values_list("folded", "language"))
    assert {("釜山市", "zh-Hant"), ("釜山", "zh-Hant"), ("busan", "en"), ("wang hsiao ming", "en")} <= pairs


def test_names_that_many_records_give_are_one_pair_until_the_last_has_gone():
    def count():
        return list(Pair.objects.filter(folded="王小明").values_list("other", "count"))

    wang = [person(name=both("王小明", "Wang Hsiao-ming"))]
    publish(document("visit", "a", people=wang), document("visit", "b", people=[*wang, *wang]))
    bring_up()
    assert count() == [("wang hsiao ming", 3)]
    publish(document("visit", "b", people=[person(name=both("王小明", "Wang Xiaoming"))]))
    bring_up()
    assert sorted(count()) == [("wang hsiao ming", 1), ("wang xiaom", 1)]
    withdraw("visit:a")
    withdraw("visit:b")
    bring_up()
    assert count() == [] and not Pair.objects.exists()


def word_document():
    written, made = io.BytesIO(), WordDocument()
    made.add_paragraph("協議書全文 harbour")
    made.save(written)
    return written, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def open_document():
    written, made = io.BytesIO(), OpenDocument("text")
    made.body.clear()
    made.body.append(Paragraph("協議書全文 harbour"))
    made.save(written)
    return written, "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize("attached", [word_document, open_document])
def test_the_text_of_a_file_is_read_once(attached):
    written, media_type = attached()
    sha256 = files.expose(written, media_type=media_type)
    file = {"sha256": sha256, "name": "a", "type": media_type, "size": len(written.getvalue())}
    publish(document("agreement", file=file | {"title": both("協議", "Agreement")}), files={sha256})
    bring_up()
    assert {"協議書", stem("harbour")} <= set(source("agreement:one")["all"].split())
    assert stem("harbour") in source("agreement:one")["files"].split()
    assert FileText.objects.get().text.strip() == "協議書全文 harbour"


def test_a_broken_file_is_left_aside():
    sha256 = files.expose(io.BytesIO(b"%PDF-1.7 nonsense"), media_type="application/pdf")
    file = {"sha256": sha256, "name": "a.pdf", "type": "application/pdf", "size": 17, "title": both("壞", "Broken")}
    publish(document("agreement", file=file), files={sha256})
    bring_up()
    assert Entry.objects.get().uid == "agreement:one"
    assert FileText.objects.get().problem


def test_code_is_found_in_both_languages():
    lines = {"id": "lines", "type": "code", "language": "shell", "value": "curl --etag-save visits.etag"}
    publish(document("visit", body=[lines]))
    bring_up()
    for language in ("zh", "en"):
        assert "curl" in source("visit:one")[f"body_{language}"].split()


def test_rich_text_is_read_without_its_tags():
    publish(document("visit", body=[text_block("<p>釜山<b>市長</b></p><p>來訪</p>", "<p>He came</p>")]))
    bring_up()
    tokens = source("visit:one")["body_zh"].split()
    assert "山市" in tokens and "長來" not in tokens
