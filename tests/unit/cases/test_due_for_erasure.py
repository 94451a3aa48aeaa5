"""When personal data is past its time."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from portal.cases.personal.erasing import due_for_erasure

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
moments = st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2100, 1, 1), timezones=st.just(datetime.UTC))


def test_an_open_case_is_never_due():
    assert not due_for_erasure(None, 0, NOW)


@given(moments, st.integers(0, 20_000))
def test_a_closed_case_is_due_from_the_very_moment(closed_at, days):
    due = closed_at + datetime.timedelta(days=days)
    assert due_for_erasure(closed_at, days, due)
    assert due_for_erasure(closed_at, days, due + datetime.timedelta(days=400))
    assert not due_for_erasure(closed_at, days, due - datetime.timedelta(microseconds=1))


@given(moments, moments)
def test_no_days_means_at_once_but_not_before(closed_at, now):
    assert due_for_erasure(closed_at, 0, now) is (closed_at <= now)
