"""Each month a draft of every dataset that is fed by cases."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from cms.datasets.counted import draft_counts
from cms.datasets.models import DatasetPage
from cms.datasets.monthly import draft_months
from portal.cases.counts.asking import NotCounted
from portal.statistics.selectors import every_row
from tests.factories.cases import received
from tests.factories.pages import add, change, draft, fresh, history, section, send, signed_in, stream

pytestmark = pytest.mark.django_db
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


def moment(month, day=1):
    return datetime.datetime(2022, month, day, 3, tzinfo=TAIPEI)


@pytest.fixture
def page():
    """The dataset of complaints, with the counts of May."""
    section("dataset")
    received(received_at=moment(5, 9))
    return draft_counts(kind="consumer-complaint", period="2022-05", now=moment(6)).page


def months(page):
    return sorted({row.period for row in every_row(draft(page).table_digest)})


def test_the_month_that_is_over_is_drafted_and_nothing_is_published(page):
    public = change(page, summary_zh_hant="每月件數")
    told = [(each.uid, each.period, each.outcome.revision is None) for each in draft_months(moment(7))]
    assert told == [(page.uid, "2022-06", False)]
    assert months(page) == ["2022-05", "2022-06"]
    assert (len(history(page.uid)), fresh(page).table_digest) == (1, public.table_digest)


def test_it_can_be_run_again_and_makes_up_for_months_without_a_run(page):
    assert [each.period for each in draft_months(moment(9))] == ["2022-06", "2022-07", "2022-08"]
    revision = fresh(page).latest_revision_id
    assert [(each.period, each.outcome.revision) for each in draft_months(moment(9, 15))] == [("2022-08", None)]
    assert fresh(page).latest_revision_id == revision


def test_only_datasets_that_say_so_are_fed_and_one_that_cannot_be_is_no_hindrance(page):
    add(DatasetPage, uid="dataset:of-the-editors", date_start="2022-01-01", date_precision="day")
    label = {"zh_hant": "地點", "en": "Place"}
    code = {"code": "here", "label": label}
    broken = add(
        DatasetPage,
        uid="dataset:a",
        counted_kind="consultation",
        date_start="2022-01-01",
        date_precision="day",
        dimensions=stream({"type": "dimension", "value": {"code": "place", "label": label, "codes": [code]}}),
    )
    outcomes = {each.uid: each.outcome for each in draft_months(moment(7))}
    assert outcomes.keys() == {broken.uid, page.uid}
    assert isinstance(outcomes[broken.uid], NotCounted) and outcomes[page.uid].revision
    said = StringIO()
    with override("en"), pytest.raises(CommandError, match="Not every dataset"):
        call_command("count_cases", stdout=StringIO(), stderr=said)
    assert "dataset:a" in said.getvalue()


def test_a_kind_is_counted_into_one_dataset(page):
    other = add(DatasetPage, uid="dataset:other", date_start="2022-01-01", date_precision="day")
    answer = send(signed_in(), other, counted_kind="consumer-complaint")
    assert page.uid in str(answer.context["form"].errors["counted_kind"])
    assert not draft(other).counted_kind


def test_the_form_asks_which_cases_feed_it(page):
    answer = signed_in().get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert '<option value="consumer-complaint" selected>' in answer


def test_another_dataset_of_that_address_is_not_overwritten():
    section("dataset")
    add(DatasetPage, uid="dataset:consultation-cases", date_start="2022-01-01", date_precision="day")
    with pytest.raises(NotCounted):
        draft_counts(kind="consultation", period="2022-05", now=moment(6))
