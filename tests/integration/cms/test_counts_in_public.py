"""What readers see of counted cases on the site, in the API and in the files, and what they must not learn."""

import csv
import datetime
import io
from collections import defaultdict

import pytest
from django.test import Client
from django.utils import timezone

from cms.datasets.counted import draft_counts
from cms.datasets.models import DatasetPage
from portal.opendata import making
from portal.publication.models import LogRow
from tests.factories.cases import complaint_values, moved, received
from tests.factories.pages import change, section

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
UID = "dataset:consumer-complaint-cases"
API = f"/api/v1/datasets/{UID}/observations/"
#: How a hidden count reads.
HIDDEN = (None, "suppressed")


def day(number):
    return datetime.datetime(2022, 6, number, 10, tzinfo=TAIPEI)


def receive(number, stage, settled_after=None):
    for _each in range(number):
        case = received(received_at=day(1), values=complaint_values(stage=stage))
        if settled_after:
            moved(case, "settle", {"amount_recovered": "0"}, occurred_at=day(1 + settled_after))


@pytest.fixture
def publish():
    """Count June, and publish it as an editor does, with the files that follow."""

    def run():
        draft_counts(kind="consumer-complaint", period="2022-06", now=timezone.now())
        page = change(DatasetPage.objects.get(uid=UID), summary_zh_hant="每月件數", summary_en="Cases by month")
        making.follow([LogRow.objects.filter(uid=UID).latest("seq")])
        return page

    section("dataset")
    receive(40, "first-complaint", settled_after=3)
    receive(9, "second-complaint", settled_after=5)
    receive(2, "mediation", settled_after=19)
    return run


def in_api(client, **asked):
    results = client.get(API, {"limit": 200, **asked}).json()["results"]
    return {each["key"]: (each["value"], each["status"]) for each in results}


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def in_csv(client):
    """The rows of the API's own stream, and of the file in codes, which say the same."""
    streamed = b"".join(client.get(API, {"format": "csv"})).decode()
    listed = client.get(f"/api/v1/datasets/{UID}/distributions/").json()["results"]
    address = next(each["url"] for each in listed if each["format"] == "csv")
    file = b"".join(client.get(address.removeprefix("http://testserver"))).decode()
    found = [
        {
            f"{row['measure']}.{row['stage']}.{row['outcome']}.{row['period']}": (row["value"] or None, row["status"])
            for row in rows_of(text)
        }
        for text in (streamed, file)
    ]
    assert found[0] == found[1]
    return found[0]


def on_site(client, page, language=""):
    return client.get(f"{language}{page.record_path}").content.decode()


def cell(html, key):
    """The row of the page's table that shows an observation."""
    at = html.index(key)
    return html[html.rindex("<tr", 0, at) : html.index("</tr>", at)]


@pytest.mark.django_db
def test_from_two_to_three_stays_hidden_on_the_site_in_the_api_and_in_the_csv(client: Client, publish):
    first = publish()
    key = "received.mediation.total.2022-06"
    before = in_api(client)
    assert (before["received.total.total.2022-06"], before["received.first-complaint.total.2022-06"]) == (
        ("51", "normal"),
        ("40", "normal"),
    )
    receive(1, "mediation", settled_after=19)
    receive(1, "first-complaint", settled_after=3)
    second = publish()
    after = in_api(client)
    assert (first.pk, after["received.first-complaint.total.2022-06"]) == (second.pk, ("41", "normal"))
    for told in (before, after, in_csv(client), in_api(client, version=1)):
        assert told[key] == told["median-days.mediation.total.2022-06"] == HIDDEN
        assert told["closed.mediation.settled.2022-06"] == told["median-days.mediation.settled.2022-06"] == HIDDEN
    assert in_csv(client) == after
    chinese, english = cell(on_site(client, second), key), cell(on_site(client, second, "/en"), key)
    assert "不公開（件數過少）" in chinese and "Not shown (few cases)" in english
    assert "41" in cell(on_site(client, second), "received.first-complaint.total.2022-06")


@pytest.mark.django_db
def test_nothing_hidden_is_left_alone_in_a_sum(client: Client, publish):
    """Whoever subtracts what is shown from a total that is shown is left with at least two hidden counts."""
    publish()
    receive(1, "mediation")
    publish()
    told = in_csv(client)
    lines = defaultdict(list)
    for key in told:
        measure, stage, outcome, _period = key.split(".")
        if measure in {"median-days", "in-time-share"}:
            continue
        lines[measure, "stages", outcome].append((stage, told[key]))
        lines[measure, stage, "outcomes"].append((outcome, told[key]))
    assert any(HIDDEN in dict(line).values() for line in lines.values())
    for line in lines.values():
        hidden = [code for code, figure in line if figure == HIDDEN]
        assert len(line) == 1 or len(hidden) != 1
    for measure, made_of in (("median-days", ["closed"]), ("in-time-share", ["due", "in-time", "late"])):
        for key in told:
            of, _dot, codes = key.partition(".")
            if of == measure:
                is_hidden = any(told[f"{count}.{codes}"] == HIDDEN for count in made_of)
                assert (told[key] == HIDDEN) == is_hidden


@pytest.mark.django_db
def test_the_metadata_of_the_csv_says_what_the_mark_means(client: Client, publish):
    publish()
    listed = client.get(f"/api/v1/datasets/{UID}/distributions/").json()["results"]
    address = next(each["url"] for each in listed if each["format"] == "csvw")
    answer = client.get(address.removeprefix("http://testserver"))
    assert "不公開（件數過少）" in b"".join(answer).decode()
