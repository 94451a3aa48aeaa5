"""What closed cases add up to: rounds, shops, visitors; by their dimensions, hidden as counts are."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.datasets.counted import draft_counts
from portal.cases.counts.counting import count
from portal.cases.kinds import KINDS
from portal.core.periods import parse_period
from portal.statistics.selectors import every_row
from tests.factories.cases import moved, received
from tests.factories.kinds import values_of
from tests.factories.pages import draft, section

pytestmark = pytest.mark.django_db

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
JUNE = parse_period("2022-06")


def day(number):
    return datetime.datetime(2022, 6, number, 10, tzinfo=TAIPEI)


def session(visitors, number=2, **changes):
    """A session that was held with so many visitors, or called off with None."""
    case = received("clinic-session", values=values_of("clinic-session", **changes), received_at=day(1))
    if visitors is None:
        moved(case, "cancel", occurred_at=day(number))
    else:
        moved(case, "hold", {"visitors": visitors}, occurred_at=day(number))


def sums(kind, *dimensions):
    return count(KINDS[kind], JUNE, dimensions, timezone.now()).sums


def test_the_visitors_of_all_sessions_of_a_month():
    session(7)
    session(0)
    session(None)
    session(5, service="consumer-law")
    assert sums("clinic-session") == {"attendance": {(): 12}}
    assert sums("clinic-session", "service", "outcome") == {
        "attendance": {("debt-clinic", "held"): 7, ("consumer-law", "held"): 5}
    }


def test_rounds_and_shops():
    for step, rounds, shops, more in (
        ("conform", 2, 10, {}),
        ("find-violations", 1, 4, {"shops_in_violation": 3}),
    ):
        case = received("inspection", values=values_of("inspection"), received_at=day(1))
        done = {"inspected_on": "2022-06-02", "rounds": rounds, "shops": shops}
        moved(case, step, done | more, occurred_at=day(3))
    assert sums("inspection", "subject") == {
        "inspections": {("food",): 3},
        "businesses": {("food",): 14},
        "businesses-in-violation": {("food",): 3},
    }


def test_kinds_without_sums_ask_nothing_more():
    assert sums("consumer-complaint") == {}


def rows(kind):
    """Measure and codes → value or status, of a draft of the kind's counts."""
    page = draft_counts(kind=kind, period="2022-06", now=timezone.now()).page
    return {
        (row.measure, *row.dimensions.values()): None if row.value is None else Decimal(row.value)
        for row in every_row(draft(page).table_digest)
    }


def test_a_sum_becomes_a_figure_of_the_dataset():
    section("dataset")
    for visitors in (20, 30, 40, 34):
        session(visitors)
    found = rows("clinic-session")
    assert found["attendance", "debt-clinic", "held"] == found["attendance", "total", "total"] == 124
    assert found["closed", "debt-clinic", "held"] == 4


def test_a_sum_over_few_cases_is_hidden_and_cannot_be_subtracted():
    section("dataset")
    for _each in range(5):
        session(10)
    session(9, service="consumer-law")
    found = rows("clinic-session")
    assert found["attendance", "consumer-law", "held"] is None
    assert found["attendance", "debt-clinic", "held"] is None
    assert found["attendance", "total", "total"] == 59


def test_few_visitors_of_many_sessions_are_hidden():
    section("dataset")
    for visitors in (1, 1, 0, 0, 0):
        session(visitors)
    found = rows("clinic-session")
    assert found["closed", "debt-clinic", "held"] == 5
    assert found["attendance", "debt-clinic", "held"] is None


def test_what_is_about_no_person_is_shown_however_few():
    section("dataset")
    case = received("maintenance", values=values_of("maintenance"), received_at=day(1))
    moved(case, "accept", {"completed_on": "2022-06-02"}, occurred_at=day(2))
    found = rows("maintenance")
    assert found["closed", "lift", "done"] == found["in-time", "lift", "total"] == 1
