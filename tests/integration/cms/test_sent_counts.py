"""Counts that a module sends come into the draft of the dataset, and are named where it is reconciled."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from cms.datasets.models import DatasetPage
from portal.cases.models import SentCounts
from portal.statistics.selectors import every_row
from tests.appendonly import lifted_triggers
from tests.factories.cases import complaint_values, received
from tests.factories.modules import Sender
from tests.factories.pages import change, draft, section
from tests.factories.sent_counts import ADDRESS, body, cell, checksum, empty

pytestmark = pytest.mark.django_db
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


@pytest.fixture(autouse=True)
def _section():
    section("dataset")


@pytest.fixture
def module():
    return Sender(agency="health-bureau")


def run(command, **asked):
    said = StringIO()
    with override("en"):
        call_command(command, kind="consumer-complaint", period="2022-06", stdout=said, **asked)
    return said.getvalue()


def receive(number, **given):
    moment = datetime.datetime(2022, 6, 15, 10, tzinfo=TAIPEI)
    return [received(received_at=moment, values=complaint_values(), **given) for _each in range(number)]


def page():
    return DatasetPage.objects.get(uid="dataset:consumer-complaint-cases")


def figures():
    """Measure, stage and outcome → value, or the status of what has none."""
    rows = every_row(draft(page()).table_digest)
    return {(row.measure, *row.dimensions.values()): row.value or row.status for row in rows}


def test_they_are_counted_with_the_cases_of_other_agencies(module):
    receive(5)
    closed = [cell(4, "closed", days=3), cell(6, "closed", days=20), cell(5, "closed", outcome="withdrawn", days=4)]
    module.put(ADDRESS, body(cell(40), *closed, cell(9, "in-time"), cell(11, "late")))
    run("count_cases")
    found = figures()
    assert found["received", "first-complaint", "total"] == "45"
    assert found["closed", "first-complaint", "settled"] == "10"
    assert found["closed", "total", "total"] == "15"
    assert found["median-days", "first-complaint", "settled"] == "20"
    assert found["median-days", "total", "total"] == "4"


def test_small_ones_are_hidden_as_others_are(module):
    module.put(ADDRESS, body(cell(40), cell(9, stage="second-complaint"), cell(2, stage="mediation")))
    run("count_cases")
    assert figures()["received", "mediation", "total"] == "suppressed"


def test_the_last_version_counts(module):
    module.put(ADDRESS, body(cell(40)))
    run("count_cases")
    module.put(ADDRESS, body(cell(41)), If_Match='"1"')
    run("count_cases")
    assert figures()["received", "total", "total"] == "41"
    module.put(ADDRESS, empty(), If_Match='"2"')
    run("count_cases")
    assert figures()["received", "total", "total"] == "0"


def test_cases_that_came_later_are_not_counted_twice(module):
    module.put(ADDRESS, body(cell(40)))
    cases = receive(5, agency="health-bureau")
    with pytest.raises(CommandError, match="health-bureau has sent counts"):
        run("count_cases")
    assert not DatasetPage.objects.exists()
    module.put(ADDRESS, empty(), If_Match='"1"')
    run("count_cases")
    assert figures()["received", "total", "total"] == str(len(cases))


def test_reconciling_names_who_has_sent_what(module):
    sent = body(cell(40))
    module.put(ADDRESS, sent)
    run("count_cases")
    change(page(), summary_zh_hant="每月件數", summary_en="Cases by month")
    told = run("reconcile_counts")
    (line,) = [line for line in told.splitlines() if "counts sent by" in line]
    assert line.startswith("consumer-complaint 2022-06: counts sent by 測試模組 of health-bureau at 20")
    assert line.endswith(f"version 1, checksum {checksum(sent['cells'])}: sums agree, checksum agrees")
    assert "received.total.total.2022-06: published 40, counted 40" in told
    module.put(ADDRESS, body(cell(41)), If_Match='"1"')
    with pytest.raises(CommandError, match="do not agree"):
        run("reconcile_counts")


def test_what_was_changed_behind_the_portals_back_is_found(module):
    module.put(ADDRESS, body(cell(40)))
    run("count_cases")
    change(page(), summary_zh_hant="每月件數", summary_en="Cases by month")
    call_command("cases", "verify", stdout=StringIO())
    with lifted_triggers(connection):
        SentCounts.objects.update(cells=[cell(39)])
    said = StringIO()
    with pytest.raises(CommandError), override("en"):
        call_command("reconcile_counts", kind="consumer-complaint", stdout=said)
    assert "sums do NOT agree, checksum does NOT agree" in said.getvalue()
    with pytest.raises(CommandError), override("en"):
        call_command("cases", "verify", stdout=said)
    assert "counts of consumer-complaint 2022-06 of health-bureau v1: they are not what was sent" in said.getvalue()
