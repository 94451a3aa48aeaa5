"""Lists page through every record once, in both directions; single records are found by uid and address."""

import base64
import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.selectors import BadCursor, RecordQuery
from tests.factories.documents import both, day, document, publish, redact, withdraw

pytestmark = pytest.mark.django_db


def uids(page: selectors.Page) -> list[str]:
    return [json.loads(text)["uid"] for text in page.texts]


def read_through(query: RecordQuery, limit: int) -> list[list[str]]:
    """The pages of a list from the first to the last; on the way back they must be the same."""
    pages, cursor = [], None
    while True:
        page = selectors.records_page(query, limit=limit, cursor=cursor)
        pages.append(uids(page))
        cursor = page.next_cursor
        if cursor is None:
            break
    back, cursor = [uids(page)], page.previous_cursor
    while cursor is not None:
        page = selectors.records_page(query, limit=limit, cursor=cursor)
        back.append(uids(page))
        cursor = page.previous_cursor
    assert [uid for part in reversed(back) for uid in part] == [uid for part in pages for uid in part]
    return pages


class TestEveryRecordOnce(TestCase):
    """Any mixture of dates, any page size, every order."""

    @given(
        days=st.lists(st.none() | st.dates(datetime.date(2022, 1, 1), datetime.date(2022, 1, 4)), max_size=9),
        limit=st.integers(1, 4),
        sort=st.sampled_from(selectors.SORTS),
    )
    @settings(max_examples=25)
    def test_paging(self, days, limit, sort):
        publish(
            *(
                document("visit", f"v{number}", **({"dates": day(each.isoformat())} if each else {}))
                for number, each in enumerate(days)
            )
        )
        pages = read_through(RecordQuery(sort=sort), limit)
        seen = [uid for page in pages for uid in page]
        assert sorted(seen) == sorted(f"visit:v{number}" for number in range(len(days)))
        dates = [days[int(uid.removeprefix("visit:v"))] for uid in seen]
        if sort.endswith("date"):
            dated = [each for each in dates if each]
            assert dates == dated + [None] * (len(dates) - len(dated))
            assert dated == sorted(dated, reverse=sort == "-date")
        assert all(len(page) == limit for page in pages[:-1])


def test_a_page_that_has_become_empty_leads_back():
    publish(*(document("visit", name, dates=day(f"2022-03-0{number}")) for number, name in enumerate("abc", 1)))
    first = selectors.records_page(RecordQuery(), limit=2)
    withdraw("visit:a")
    beyond = selectors.records_page(RecordQuery(), limit=2, cursor=first.next_cursor)
    assert (beyond.texts, beyond.next_cursor) == ([], None)
    assert uids(selectors.records_page(RecordQuery(), limit=2, cursor=beyond.previous_cursor)) == [
        "visit:c",
        "visit:b",
    ]


def test_records_that_come_and_go_shift_nothing():
    publish(*(document("visit", name, dates=day(f"2022-03-0{number}")) for number, name in enumerate("abcd", 1)))
    first = selectors.records_page(RecordQuery(), limit=2)
    publish(document("visit", "newest", dates=day("2022-04-01")))
    assert uids(selectors.records_page(RecordQuery(), limit=2, cursor=first.next_cursor)) == [
        "visit:b",
        "visit:a",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "x", "é", "A" * 500, "bnVsbA", "W10", "//8", base64.urlsafe_b64encode(b"[" * 290).decode()]
    + [
        base64.urlsafe_b64encode(json.dumps(each, separators=(",", ":")).encode()).rstrip(b"=").decode()
        for each in (
            ["date", 1, "2022-01-01", "visit:a"],
            ["-date", 1, "2022-02-30", "visit:a"],
            ["-date", 1, "2022-01-01", "' OR 1=1"],
            ["-date", 1, 5, "visit:a"],
            ["-date", 2, None, "visit:a"],
            ["-date", 1, None, ["visit:a"]],
            ["-date", 1, "2022-01-01", "visit:a", 1],
            ["-date", 1, "2022-01-01", "visit:\x00"],
        )
    ],
)
def test_bad_cursors(text):
    with pytest.raises(BadCursor):
        selectors.records_page(RecordQuery(), cursor=text)


def test_filters():
    dates = {"start": "2022-03-01", "end": None, "ongoing": True, "precision": "day"}
    unknown = {"start": None, "end": "2022-02-10", "ongoing": False, "precision": "day"}
    publish(
        document("city", "busan"),
        document("visit", "march", cities=("city:busan",), topics=["topic:education"], dates=day("2022-03-14")),
        document("visit", "undated", topics=["topic:health"]),
        document("activity", "going-on", dates=dates),
        document("works", "until", dates=unknown),
        document("menu", "main"),
    )

    def found(**members):
        return set(uids(selectors.records_page(RecordQuery(**members))))

    assert found() == {"city:busan", "visit:march", "visit:undated", "activity:going-on", "works:until"}
    assert found(types=("menu",)) == {"menu:main"}
    assert found(types=("city", "visit")) == {"city:busan", "visit:march", "visit:undated"}
    assert found(city="city:busan") == {"visit:march"}
    assert found(city="city:nowhere") == set()
    assert found(topic="topic:health") == {"visit:undated"}
    assert found(start=datetime.date(2022, 3, 14)) == {"visit:march", "activity:going-on"}
    assert found(start=datetime.date(2022, 3, 15)) == {"activity:going-on"}
    assert found(end=datetime.date(2022, 3, 1)) == {"activity:going-on", "works:until"}
    assert found(start=datetime.date(2022, 2, 10), end=datetime.date(2022, 2, 28)) == {"works:until"}
    assert found(end=datetime.date(2022, 2, 9)) == set()
    assert found(uids=("visit:march",)) == {"visit:march"}
    moment = CurrentRecord.objects.get(uid="menu:main").modified_at
    publish(document("visit", "march", title=both("改")))
    assert found(updated_since=CurrentRecord.objects.get(uid="visit:march").modified_at) == {"visit:march"}
    assert "visit:march" in found(updated_since=moment)


def test_queries_of_a_page(django_assert_max_num_queries):
    publish(*(document("visit", f"v{number}") for number in range(5)))
    with django_assert_max_num_queries(4):
        head = selectors.head()
        page = selectors.records_page(RecordQuery(types=("visit",)), limit=2, form="en", stamp=head.stamp)
    assert page.count == 5
    with django_assert_max_num_queries(3):
        head = selectors.head()
        assert selectors.records_page(RecordQuery(types=("visit",)), limit=2, stamp=head.stamp).count == 5
    before = selectors.stamp()
    publish(document("visit", "another"))
    head = selectors.head()
    assert selectors.stamp() == head.stamp != before
    assert selectors.records_page(RecordQuery(types=("visit",)), limit=2, stamp=head.stamp).count == 6


def test_addresses():
    publish(document("visit", "a"), document("visit", "b"))
    assert selectors.record_at("/visits/a/").uid == "visit:a"
    publish(document("visit", "a", path="/visits/moved/"))
    assert selectors.record_at("/visits/a/").path == "/visits/moved/"
    withdraw("visit:b", both("下架說明", None))
    gone = selectors.record_at("/visits/b/")
    assert (gone.state, selectors.tombstone(gone).note) == ("withdrawn", both("下架說明", None))
    publish(document("visit", "c", path="/visits/b/"))
    assert selectors.record_at("/visits/b/").uid == "visit:c"
    assert selectors.record_at("/visits/\x00/") is None
    assert selectors.record_at("/" + "x" * 400) is None
    assert selectors.record("visit:\x00") is None


def test_versions_and_redaction():
    publish(document("visit", "a"))
    publish(document("visit", "a", title=both("改")))
    assert [each.members["version"] for each in selectors.versions("visit:a")] == [1, 2]
    row = redact("visit:a")
    first = selectors.version("visit:a", 1)
    assert (first.document, first.redacted_by) == (None, row.seq)
    record = selectors.record("visit:a")
    assert record.state == "redacted"
    assert selectors.redaction_notice(record.row_id).date == "2022-07-01"
    assert selectors.version("visit:a", 9) is None
    assert selectors.versions("visit:nobody") == []


def test_changes():
    publish(document("visit", "a"), document("visit", "b"))
    assert [each.members["seq"] for each in selectors.changes(0, 1)] == [1]
    assert [each.members["seq"] for each in selectors.changes(1, 10, until=2)] == [2]
    assert selectors.changes(2, 10) == []


def test_frame():
    now = datetime.datetime(2022, 3, 1, tzinfo=datetime.UTC)
    publish(
        document("menu", "main"),
        document("banner", "always"),
        document("banner", "over", ends_at="2022-03-01T00:00:00Z"),
        document("banner", "begun", starts_at="2022-03-01T00:00:00Z"),
        document("banner", "later", starts_at="2022-03-01T00:00:01Z"),
    )
    frame = selectors.frame()
    assert list(frame.menus) == ["main"]
    assert [each["uid"] for each in frame.banners_at(now)] == ["banner:always", "banner:begun"]
