"""A month of cases becomes a draft of a dataset, and what it must not tell does not leave."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from cms.base.figures import public_source
from cms.datasets.models import DatasetPage
from portal.statistics.selectors import every_row
from tests.factories.cases import complaint_values, received
from tests.factories.pages import change, draft, fresh, history, section

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
UID = "dataset:consumer-complaint-cases"


@pytest.fixture(autouse=True)
def _section():
    section("dataset")


def run(command, **asked):
    said = StringIO()
    with override("en"):
        call_command(command, **{"kind": "consumer-complaint"} | asked, stdout=said)
    return said.getvalue()


def count(period="2022-06", **asked):
    return run("count_cases", period=period, **asked)


def receive(number, stage="first-complaint", month=6):
    for _each in range(number):
        received(
            received_at=datetime.datetime(2022, month, 15, 10, tzinfo=TAIPEI), values=complaint_values(stage=stage)
        )


def page():
    return DatasetPage.objects.get(uid=UID)


def cells(edited, measure="received", period="2022-06"):
    """Stage → value, or the status of what has none, at the total of outcomes."""
    return {
        row.dimensions["stage"]: row.value or row.status
        for row in every_row(edited.table_digest)
        if row.measure == measure and row.period == period and row.dimensions["outcome"] == "total"
    }


def publish():
    return change(page(), summary_zh_hant="每月件數", summary_en="Cases by month")


def test_a_month_is_drafted_and_nothing_is_published():
    receive(40)
    assert "new draft" in count()
    assert cells(draft(page())) == {
        "first-complaint": "40",
        "second-complaint": "0",
        "mediation": "0",
        "total": "40",
    }
    assert not fresh(page()).live
    assert history(UID) == []


def test_the_same_counts_make_no_new_draft():
    receive(5)
    count()
    revision = fresh(page()).latest_revision_id
    assert "as they were" in count()
    assert fresh(page()).latest_revision_id == revision


def test_one_case_more_is_seen_once_an_editor_publishes_it():
    receive(40)
    count()
    publish()
    receive(1)
    count()
    assert cells(fresh(page()))["total"] == "40"
    assert cells(draft(page()))["total"] == "41"
    publish()
    assert public_source(UID).figure("received.total.total.2022-06")["value"] == "41"


def test_from_two_to_three_stays_hidden():
    receive(40)
    receive(9, "second-complaint")
    receive(2, "mediation")
    count()
    before = cells(draft(page()))
    assert before["mediation"] == before["second-complaint"] == "suppressed"
    publish()
    receive(1, "mediation")
    count()
    after = cells(draft(page()))
    assert after == before | {"total": "52"}
    receive(1, "mediation")
    count()
    assert cells(draft(page()))["mediation"] == "suppressed"


def test_other_months_and_an_editors_own_rows_stay():
    receive(5, month=5)
    receive(6)
    count("2022-05")
    count()
    assert cells(draft(page()), period="2022-05")["total"] == "5"
    assert cells(draft(page()))["total"] == "6"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "nothing"}, "There is no kind nothing"),
        ({"period": "2022"}, "by months"),
        ({"period": "2022-13"}, "calendar"),
        ({"period": "2099-01"}, "not over"),
    ],
)
def test_what_cannot_be_counted_is_said(asked, said):
    with pytest.raises(CommandError, match=said):
        count(**asked)
    assert not DatasetPage.objects.exists()


def test_a_code_that_the_dataset_lacks_is_named_and_nothing_written():
    receive(5)
    count()
    edited = draft(page())
    kept = edited.dimensions.raw_data
    kept[0]["value"]["codes"] = [code for code in kept[0]["value"]["codes"] if code["value"]["code"] != "mediation"]
    digest = edited.table_digest
    change(page(), publish=False, dimensions=edited.dimensions, table_digest="")
    receive(1, "mediation")
    with pytest.raises(CommandError, match="mediation"):
        count()
    assert digest and not draft(page()).table_digest


def test_what_is_published_is_reconciled_with_the_cases():
    receive(40)
    receive(9, "second-complaint")
    receive(2, "mediation")
    count()
    with pytest.raises(CommandError, match="No counts"):
        run("reconcile_counts")
    publish()
    lines = [line.removeprefix("consumer-complaint 2022-06 ") for line in run("reconcile_counts").splitlines()]
    assert "received.first-complaint.total.2022-06: published 40, counted 40" in lines
    assert "received.mediation.total.2022-06: not shown" in lines
    assert "closed.mediation.total.2022-06: published 0, counted 0, sum of its parts 0" in lines
    receive(1)
    with pytest.raises(CommandError, match="6 figures do not agree"):
        run("reconcile_counts", period="2022-06")
