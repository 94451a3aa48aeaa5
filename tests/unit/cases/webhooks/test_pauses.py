"""Pauses between attempts grow, and are never quite the same."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from portal.cases.webhooks.pauses import pause

HOURS = datetime.timedelta(hours=1)


@given(st.integers(1, 100_000), st.none() | st.integers(0, 10_000_000))
def test_they_have_bounds(attempts, asked):
    assert datetime.timedelta(seconds=5) <= pause(attempts, asked) <= 10 * HOURS


@given(st.integers(1, 6))
def test_they_grow(attempts):
    assert pause(attempts + 1) > pause(attempts)


def test_they_differ():
    assert len({pause(3) for _time in range(20)}) > 1


def test_the_receiver_may_ask_for_a_longer_one():
    assert pause(1, 600) >= datetime.timedelta(minutes=10)
    assert pause(20, 1) >= 8 * HOURS
