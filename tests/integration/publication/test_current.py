"""Current records kept row by row are, byte for byte, those that the log alone gives."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.publication import current, selectors
from portal.publication.models import Address, CurrentRecord, Head, LogRow
from tests import invariants
from tests.factories.documents import both, day, document, publish, redact, text_block, withdraw

pytestmark = pytest.mark.django_db

CITIES = ("city:a", "city:b")
UIDS = (*CITIES, "visit:c", "visit:d", "alert:e")


@st.composite
def documents(draw):
    """A document of one of a few records that may cite any of the others."""
    uid = draw(st.sampled_from(UIDS))
    record_type, _, slug = uid.partition(":")
    others = [each for each in UIDS if each != uid]
    cited = draw(st.sampled_from(others))
    related = draw(st.lists(st.sampled_from(others), unique=True, max_size=2))
    cities = draw(st.lists(st.sampled_from([each for each in CITIES if each != uid]), unique=True, max_size=2))
    relations = {"cities": cities, "related": related}
    if record_type == "alert":
        relations["supersedes"] = None
    link = f'<p><a href="record:{cited}">見</a></p>'
    dates = {"dates": day(draw(st.sampled_from(["2022-03-01", "2022-04-01"])))} if record_type != "city" else {}
    return document(
        record_type,
        slug,
        title=both(draw(st.sampled_from(["甲", "乙"]))),
        path=f"/{draw(st.sampled_from(['x', 'y']))}/{slug}/",
        relations=relations,
        body=draw(st.sampled_from([[], [text_block(link, link)]])),
        **dates,
    )


steps = st.lists(
    st.one_of(
        st.lists(documents(), min_size=1, max_size=3, unique_by=lambda made: made["uid"]).map(
            lambda made: ("publish", made)
        ),
        st.sampled_from(UIDS).map(lambda uid: ("withdraw", uid)),
        st.sampled_from(UIDS).map(lambda uid: ("redact", uid)),
    ),
    max_size=8,
)


class TestFromTheLogAlone(TestCase):
    """Any order of publishing, withdrawing and redacting."""

    @given(steps=steps)
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    def test_same_bytes(self, steps):
        for action, what in steps:
            if action == "publish":
                publish(*what)
            elif CurrentRecord.objects.filter(uid=what, state=CurrentRecord.State.PUBLIC).exists():
                withdraw(what) if action == "withdraw" else redact(what)
        assert invariants.faults() == []
        kept = invariants.snapshot()
        current.rebuild()
        assert invariants.snapshot() == kept
        current.refresh(UIDS)
        assert invariants.snapshot() == kept


def ready(uid):
    return json.loads(CurrentRecord.objects.get(uid=uid).ready)


def test_rebuilding_needs_nothing_but_the_log():
    publish(document("visit", "a"), document("city", "b"))
    publish(document("visit", "a", path="/visits/moved/"))
    withdraw("city:b")
    kept = invariants.snapshot()
    Address.objects.all().delete()
    CurrentRecord.objects.all().delete()
    assert current.rebuild() == 2
    assert invariants.snapshot() == kept
    assert selectors.record_at("/visits/a/").path == "/visits/moved/"


def test_old_addresses_of_redacted_records_outlive_a_rebuild():
    publish(document("visit", "a"))
    redact("visit:a")
    current.rebuild()
    assert selectors.record_at("/visits/a/").state == "redacted"


def test_an_address_keeps_its_last_row_though_that_was_redacted():
    publish(document("visit", "a"))
    publish(document("visit", "a", title=both("改名")))
    redact("visit:a", 2)
    kept = invariants.snapshot()
    current.rebuild()
    assert invariants.snapshot() == kept


def test_who_cites_is_made_anew_and_nobody_else():
    publish(document("city", "a"), document("visit", "b", cities=("city:a",)), document("visit", "c"))
    before = {record.uid: record.etag for record in CurrentRecord.objects.all()}
    publish(document("city", "a", title=both("改名")))
    after = {record.uid: record.etag for record in CurrentRecord.objects.all()}
    assert {uid for uid in after if after[uid] != before[uid]} == {"city:a", "visit:b"}
    assert ready("visit:b")["related"][0]["title"]["zh-Hant"] == "改名"


def test_the_stamp_changes_with_anything_served():
    publish(document("visit", "a"))
    first = Head.objects.get()
    publish(document("visit", "b"))
    second = Head.objects.get()
    assert first.stamp != second.stamp
    assert first.changed_at < second.changed_at


def test_moments_of_first_and_latest_version():
    publish(document("visit", "a"))
    publish(document("visit", "a", title=both("改")))
    first, second = LogRow.objects.order_by("seq").values_list("published_at", flat=True)
    record = ready("visit:a")
    assert (record["version"], record["published_at"], record["modified_at"]) == (2, first, second)
    withdraw("visit:a")
    publish(document("visit", "a"))
    assert (ready("visit:a")["version"], ready("visit:a")["published_at"]) == (4, first)


def test_texts_of_what_is_gone_are_empty():
    publish(document("visit", "a", title=both("消失Gg1")))
    withdraw("visit:a")
    record = CurrentRecord.objects.get()
    assert (record.ready, record.ready_zh_hant, record.ready_en, record.title_zh_hant, record.path) == (
        "",
        "",
        "",
        "",
        None,
    )


def test_an_exchange_of_unknown_day_counts_but_is_never_the_last():
    publish(
        document("city", "a"),
        document("visit", "dated", cities=("city:a",), dates=day("2022-03-01")),
        document("visit", "undated", cities=("city:a",)),
        document("announcement", "c", relations={"cities": ["city:a"], "related": []}),
    )
    derived = ready("city:a")["derived"]
    assert derived["counts"] == {"exhibit": 0, "visit": 2, "agreement": 0, "activity": 0}
    assert derived["last_exchange"]["uid"] == "visit:dated"


def test_links_in_rich_text_become_addresses_of_their_language():
    link = '<p><a href="record:city:a">釜山</a></p>'
    publish(document("city", "a"), document("visit", "b", body=[text_block(link, link)]))
    value = ready("visit:b")["body"][0]["value"]
    assert value == {
        "zh-Hant": '<p><a href="/cities/a/">釜山</a></p>',
        "en": '<p><a href="/en/cities/a/">釜山</a></p>',
    }
    withdraw("city:a")
    assert ready("visit:b")["body"][0]["value"]["en"] == "<p>釜山</p>"
