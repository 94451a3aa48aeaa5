"""A month's counts of cases that were received and closed the ordinary way."""

import datetime
from collections import Counter

import pytest
from django.utils import timezone

from portal.cases.calendar_table import office_calendar
from portal.cases.counts.counting import count
from portal.cases.kinds import KINDS
from portal.cases.merging import merge
from portal.cases.models import Case
from portal.cases.time_limits import limits
from portal.cases.transitions import reopen
from portal.core.periods import parse_period
from tests.factories.cases import Remembering, complaint_values, moved, received

pytestmark = pytest.mark.django_db

KIND = KINDS["consumer-complaint"]
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
MAY, JUNE = parse_period("2022-05"), parse_period("2022-06")


def day(month, number, hour=10):
    return datetime.datetime(2022, month, number, hour, tzinfo=TAIPEI)


def counted(period, *dimensions, now=None):
    return count(KIND, period, dimensions, now or timezone.now())


def settled(case, at):
    moved(case, "settle", {"amount_recovered": "0"}, occurred_at=at)


def test_cases_count_in_the_month_of_their_receipt_in_taipei():
    received(received_at=datetime.datetime(2022, 5, 31, 15, 59, tzinfo=datetime.UTC))
    received(received_at=datetime.datetime(2022, 5, 31, 16, 0, tzinfo=datetime.UTC), agency="other")
    received(received_at=day(6, 30, 23), values=complaint_values(stage="mediation", channel="post"))
    received("consultation", values={"channel": "counter", "subject": "food"}, received_at=day(6, 1))
    assert counted(MAY, "stage").received == {("first-complaint",): 1}
    assert counted(JUNE, "stage", "channel", "agency").received == {
        ("first-complaint", "online", "other"): 1,
        ("mediation", "post", "consumer-office"): 1,
    }
    assert counted(JUNE).received == {(): 2}


def test_closed_cases_count_in_the_month_of_closing_with_their_outcome_and_days():
    one, two, three = (received(received_at=day(5, 30)) for _each in range(3))
    settled(one, day(6, 2))
    settled(two, day(6, 9))
    moved(three, "withdraw", occurred_at=day(5, 31))
    assert counted(JUNE, "outcome").closed == {("settled",): {3: 1, 10: 1}}
    assert counted(MAY, "stage", "outcome").closed == {("first-complaint", "withdrawn"): {1: 1}}
    assert counted(MAY, "outcome").received == {(): 3}


def test_a_merged_case_is_not_counted():
    kept, duplicate = received(received_at=day(6, 1)), received(received_at=day(6, 2))
    merge(case_reference=duplicate.reference, into=kept.reference, actor="user:1", personal=Remembering())
    counts = counted(JUNE, "stage")
    assert (counts.received, counts.closed) == ({("first-complaint",): 1}, {})


def test_in_time_is_by_the_end_of_the_last_day():
    for closed_at in (day(6, 16, 23), datetime.datetime(2022, 6, 17, tzinfo=TAIPEI), None):
        case = received(received_at=day(6, 1))
        if closed_at:
            settled(case, closed_at)
    received(received_at=day(6, 20))
    received(received_at=day(6, 1), values=complaint_values(stage="mediation"))
    assert counted(JUNE, "stage").timeliness == {
        ("first-complaint", "in-time"): 1,
        ("first-complaint", "late"): 2,
    }
    assert counted(JUNE, "agency").timeliness == {("consumer-office", "in-time"): 1, ("consumer-office", "late"): 2}


def test_it_counts_in_the_month_of_its_last_day():
    settled(received(received_at=day(5, 25)), day(5, 26))
    assert counted(MAY).timeliness == {}
    assert counted(JUNE).timeliness == {("in-time",): 1, ("late",): 0}


def test_a_last_day_that_is_not_over_is_neither_in_time_nor_late():
    received(received_at=day(6, 1))
    assert counted(JUNE, now=day(6, 16, 23)).timeliness == {}
    assert counted(JUNE, now=day(6, 17, 0)).timeliness == {("in-time",): 0, ("late",): 1}


def test_days_of_the_citizen_do_not_count():
    case = received(received_at=day(6, 1))
    moved(case, "request-supplement", {"missing": "發票"}, occurred_at=day(6, 3))
    assert counted(JUNE).timeliness == {}
    moved(case, "supplement", actor="citizen", occurred_at=day(6, 7))
    assert counted(JUNE, "stage").timeliness == {("first-complaint", "late"): 1}
    settled(case, day(6, 21))
    assert counted(JUNE, "stage", "agency").timeliness == {("first-complaint", "consumer-office", "in-time"): 1}


def test_a_reopened_case_counts_by_its_last_clock():
    case = received(received_at=day(5, 2))
    settled(case, day(5, 3))
    reopen(case_reference=case.reference, actor="user:1", personal=Remembering(), occurred_at=day(6, 1))
    assert counted(MAY).timeliness == {}
    assert counted(JUNE).timeliness == {("late",): 1}
    assert counted(MAY).closed == {}


def test_however_long_its_citizen_took_a_case_counts_in_the_month_of_its_last_day():
    """The same months as if the clock of every case were looked at."""
    cases = []
    for received_on, asked_on, answered_on, closed_on in (
        (day(2, 1), day(2, 5), day(6, 2), day(6, 3)),
        (day(2, 1), day(2, 5), day(6, 2), None),
        (day(5, 10), day(5, 25), day(6, 8), day(6, 9)),
        (day(5, 10), day(5, 11), day(5, 20), day(5, 21)),
        (day(5, 17), day(5, 18), day(5, 19), day(5, 20)),
        (day(6, 10), day(6, 12), day(6, 28), day(7, 30)),
        (day(6, 17), day(6, 18), day(6, 19), None),
    ):
        case = received(received_at=received_on)
        moved(case, "request-supplement", {"missing": "發票"}, occurred_at=asked_on)
        moved(case, "supplement", actor="citizen", occurred_at=answered_on)
        if closed_on:
            settled(case, closed_on)
        cases.append(Case.objects.get(pk=case.pk))
    last_days = [limit.under(office_calendar()).due for limit in limits(cases).values()]
    months = Counter(last_day.month for last_day in last_days)
    assert len(months) > 1 and months[6] > 2
    for month, number in months.items():
        assert sum(counted(parse_period(f"2022-{month:02d}")).timeliness.values()) == number


@pytest.mark.parametrize("dimensions", [(), ("stage", "outcome", "category", "channel", "agency")])
def test_however_many_cases_a_few_queries(dimensions, django_assert_max_num_queries):
    for number in range(1, 9):
        settled(received(received_at=day(6, number)), day(6, 20))
    with django_assert_max_num_queries(7):
        counted(JUNE, *dimensions)
