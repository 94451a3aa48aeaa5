"""The page that lays published counts beside the cases: for those who may edit the dataset, and what it names."""

import datetime

import pytest
from django.utils import timezone

from cms.datasets.counted import draft_counts
from cms.datasets.models import DatasetPage
from tests.factories.accounts import account
from tests.factories.cases import complaint_values, received
from tests.factories.pages import change, section, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/desk/counts/"
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


def receive(number, stage="first-complaint"):
    for _each in range(number):
        received(received_at=datetime.datetime(2022, 6, 15, 10, tzinfo=TAIPEI), values=complaint_values(stage=stage))


@pytest.fixture
def publish():
    """Count June, and publish it."""

    def run():
        draft_counts(kind="consumer-complaint", period="2022-06", now=timezone.now())
        return change(DatasetPage.objects.get(), summary_zh_hant="每月件數", summary_en="Cases by month")

    section("dataset")
    receive(40)
    receive(9, "second-complaint")
    receive(2, "mediation")
    return run


def row(html, key):
    """The text of the table's row of a figure."""
    at = html.index(f"<code>{key}</code>")
    return " ".join(html[at : html.index("</tr>", at)].split())


def test_it_says_which_month_which_kind_how_many_and_that_sums_agree(publish):
    publish()
    english = signed_in(headers={"accept-language": "en"}).get(ADDRESS, headers={"accept-language": "en"})
    html = english.content.decode()
    assert "no-store" in english["Cache-Control"]
    assert '<option value="consumer-complaint" selected>' in html and '<option value="2022-06" selected>' in html
    assert row(html, "received.total.total.2022-06").count("51") == 2
    assert "counts-apart" not in html
    # What readers may not see is not told here either.
    assert "colspan" in row(html, "received.mediation.total.2022-06")
    assert "colspan" in row(html, "received.second-complaint.total.2022-06")


def test_a_difference_is_named_with_the_version_that_it_was_published_in(publish):
    publish()
    change(DatasetPage.objects.get(), summary_en="Cases")
    receive(1)
    html = signed_in().get(ADDRESS, {"kind": "consumer-complaint", "period": "2022-06"}).content.decode()
    told = row(html, "received.first-complaint.total.2022-06")
    assert "40" in told and "41" in told
    assert "第1版" in told
    assert html.count("counts-apart") == 6


def test_what_is_not_public_has_nothing_to_compare(publish):
    draft_counts(kind="consumer-complaint", period="2022-06", now=timezone.now())
    answer = signed_in().get(ADDRESS)
    assert answer.status_code == 200 and "現時計數" not in answer.content.decode()
    assert "received." not in answer.content.decode()


def test_only_for_those_who_may_edit_the_dataset(publish):
    publish()
    assert signed_in(account("wu")).get(ADDRESS).status_code in (302, 403)
    editor = signed_in(account("lin", "Editors"))
    assert ADDRESS in editor.get("/admin/").content.decode()
    assert editor.get(ADDRESS).status_code == 200
    assert editor.get(ADDRESS, {"kind": "consultation"}).status_code in (302, 403)
