"""Fifteen days for a first complaint, but for those in which the citizen had the next step."""

import datetime

import pytest

from portal.cases import selectors, time_limits
from portal.cases.calendar_table import office_calendar
from tests.factories.cases import complaint_values, moved, received

pytestmark = pytest.mark.django_db

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


def day(number):
    return datetime.datetime(2022, 3, number, 10, tzinfo=TAIPEI)


def limit(case):
    case = selectors.case(case.reference)
    found = time_limits.running(case, selectors.timeline(case))
    return found and found.under(office_calendar())


def test_fifteen_days_from_receipt():
    case = received(received_at=day(1))
    assert limit(case).due == datetime.date(2022, 3, 16)
    assert "43" in str(limit(case).rule.basis)


def test_the_clock_stands_still_while_the_citizen_completes_it():
    case = received(received_at=day(1))
    moved(case, "request-supplement", {"missing": "發票"}, occurred_at=day(3))
    assert limit(case).is_stopped
    moved(case, "supplement", actor="citizen", occurred_at=day(7))
    assert limit(case).due == datetime.date(2022, 3, 21)
    assert limit(case).skipped[0].reason == {"zh-Hant": "待民眾補正", "en": "Waiting for the citizen to complete it"}


def test_other_stages_and_kinds_have_none():
    assert limit(received(values=complaint_values(stage="mediation"))) is None
    assert limit(received("consultation", values={"channel": "counter", "subject": "food"})) is None


def test_all_open_ones(django_assert_num_queries):
    first, second = received(received_at=day(1)), received(received_at=day(2))
    received("consultation", values={"channel": "counter", "subject": "food"})
    closed = received()
    moved(closed, "withdraw")
    moved(second, "forward")
    with django_assert_num_queries(3):
        found = list(time_limits.open_limits())
    assert [(each.reference, each.received) for each in found] == [
        (first.reference, day(1)),
        (second.reference, day(2)),
    ]
    assert list(time_limits.open_limits(kinds=["consultation"])) == []
