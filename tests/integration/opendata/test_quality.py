"""Quality: the score and its reasons, what is overdue, the national platform's preflight, the report, the command."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.opendata import making
from portal.opendata.entries import entry
from portal.opendata.models import Distribution, Making
from portal.opendata.preflight import preflight
from portal.opendata.punctuality import due
from portal.opendata.quality import Quality, quality
from portal.publication.files import storage
from portal.publication.models import LogRow, PublicFile
from tests.factories.accounts import account
from tests.factories.datasets import check, dataset
from tests.factories.documents import both, publish, withdraw

LINES = """\
period,measure,staff,value,status,note_zh,note_en
2022-H1,headcount,workers,5498,normal,,
2022-H1,headcount,temporary,633,normal,,
2022-H1,headcount,all,6131,normal,,
"""
MONTH = {"start": "2022-01-01", "end": "2022-06-30", "ongoing": False, "precision": "half-year"}
STAFF = [
    {
        "code": "staff",
        "label": both("類別", "Kind of staff"),
        "codes": [
            {"code": "workers", "label": both("工友", "Workers")},
            {"code": "temporary", "label": both("臨時人員", "Temporary staff")},
            {"code": "all", "label": both("合計", "All")},
        ],
    }
]
SUM = check("sum", "headcount.all", "headcount.workers", "headcount.temporary")
DAY = datetime.date(2022, 9, 1)


def best(slug: str = "headcount", **members) -> dict:
    """A dataset that lacks nothing."""
    whole = {
        "title": both("員額", "Headcount"),
        "summary": both("工友與臨時人員。", "Workers and temporary staff."),
        "coverage": both("高雄市政府", "Kaohsiung City Government"),
        "dates": MONTH,
        "frequency": "half-yearly",
        "checks": [SUM],
        "topics": ["topic:personnel"],
        "dimensions": STAFF,
    }
    return dataset(slug, LINES, **(whole | members))


def judged(*, today: datetime.date = DAY, **members) -> Quality:
    """The quality of a dataset that lacks only what is given here."""
    making.follow(publish(best(**members)))
    with translation.override("en"):
        return quality(entry("dataset:headcount"), today)


def points(found: Quality) -> dict[str, tuple[int, int]]:
    return {each.code: (each.points, each.out_of) for each in found.criteria}


@pytest.fixture
def reachable(settings) -> None:
    """A department that says how it can be reached."""
    contact = {"path": "/contact/", "phone": "07-1234567", "email": "data@example.org", "oid": "2.16.886.101.1"}
    settings.PORTAL_IDENTITY = settings.PORTAL_IDENTITY | {"contact": contact}


def test_nothing_is_wanting(db, reachable):
    found = judged()
    assert (found.score, found.wanting, found.overdue_since) == (100, [], None)
    assert sum(out_of for _points, out_of in points(found).values()) == 100


@pytest.mark.parametrize(
    ("members", "code", "share", "reason"),
    [
        ({"title": both("員額", None)}, "texts", 2 / 3, "Missing: English title."),
        ({"summary": None}, "texts", 1 / 3, "Missing: summary, English summary."),
        ({"source": []}, "sources", 0, "0 of 3 figures have a source."),
        ({"checks": []}, "checks", 0, "No check is declared."),
        ({"coverage": None}, "extent", 1 / 2, "What the figures cover is not stated."),
        ({"dimensions": [STAFF[0] | {"label": both("類別", None)}]}, "labels", 5 / 6, "5 of 6 names"),
    ],
)
def test_what_is_wanting_costs_points_and_is_said(db, reachable, members, code, share, reason):
    found = judged(**members)
    [wanting] = found.wanting
    assert wanting.code == code
    assert wanting.points == int(wanting.out_of * share)
    assert wanting.reason.startswith(reason)
    assert found.score == 100 - (wanting.out_of - wanting.points)


def test_some_figures_have_a_source(db, reachable):
    entry_of_one = {"proves": ["observations/headcount.all.2022-H1"], "document": "report-2022H1", "section": "壹"}
    found = judged(source=[entry_of_one | {"quote": "6,131", "occurrence": None, "doubt": None}])
    assert points(found)["sources"] == (6, 20)


def test_a_check_that_does_not_hold_costs_points_however_well_it_is_explained(db, reachable):
    wrong = LINES.replace("6131", "6132")
    making.follow(publish(dataset(lines=wrong, dimensions=STAFF, checks=[SUM | {"explanation": both("四捨五入")}])))
    with translation.override("en"):
        found = quality(entry("dataset:headcount"), DAY)
    [checks] = [each for each in found.criteria if each.code == "checks"]
    assert (checks.points, checks.reason) == (
        0,
        "0 of 1 declared checks hold. 1 does not, which is explained.",
    )


def test_checks_are_not_asked_of_two_figures(db, reachable):
    two = "".join(LINES.splitlines(keepends=True)[:3])
    making.follow(publish(dataset(lines=two, dimensions=STAFF)))
    found = quality(entry("dataset:headcount"), DAY)
    assert "checks" not in points(found)
    assert found.score < 100


def test_files_that_are_not_made_yet_cost_points(db, reachable):
    publish(best())
    assert points(quality(entry("dataset:headcount"), DAY))["formats"] == (0, 10)
    making.follow(LogRow.objects.all())
    Distribution.objects.filter(format="csv").delete()
    assert points(quality(entry("dataset:headcount"), DAY))["formats"] == (9, 10)


@pytest.mark.parametrize(
    ("frequency", "newest", "falls_due"),
    [
        ("monthly", "2022-01", "2022-03-31"),
        ("quarterly", "2022-Q1", "2022-07-31"),
        ("half-yearly", "2022-H1", "2023-01-31"),
        ("half-yearly", "2022-02-01--2022-06-30", "2023-01-31"),
        ("yearly", "2022", "2024-01-31"),
        ("yearly", "2023-02-28", "2024-03-31"),
        ("irregular", "2022", None),
        ("once", "2022", None),
        ("monthly", "", None),
    ],
)
def test_when_the_next_figures_are_due(frequency, newest, falls_due):
    found = due(frequency, newest)
    assert (found and found.isoformat()) == falls_due


def test_it_is_overdue_the_day_after(db, reachable):
    last = datetime.date(2023, 1, 31)
    assert judged(today=last).overdue_since is None
    late = judged(today=last + datetime.timedelta(days=1))
    assert late.overdue_since == last
    assert points(late)["punctual"] == (0, 10)
    assert "31 January 2023" in late.wanting[0].reason


def test_the_newest_period_is_the_tables_own(db):
    later = LINES + "2022-07,headcount,all,6000,normal,,\n"
    making.follow(publish(dataset(lines=later, dimensions=STAFF, dates=MONTH, frequency="monthly")))
    assert Making.objects.get().newest_period == "2022-07"
    Making.objects.all().delete()
    assert entry("dataset:headcount").newest_period == "2022-07"


def problems() -> dict[str, list[str]]:
    with translation.override("en"):
        return {each.code: list(each.problems) for each in preflight(entry("dataset:headcount"))}


def test_the_preflight_finds_nothing(db, reachable):
    making.follow(publish(best()))
    assert set(problems()) == {"metadata", "structure", "encoding_match", "desc_match", "linkable"}
    assert not any(problems().values())


def test_the_preflight_names_what_the_platform_would_refuse(db):
    making.follow(publish(best(summary=None)))
    assert problems()["metadata"] == [
        "Not stated: description.",
        "Not stated: object identifier (OID) of the department.",
        "Not stated: contact’s telephone number.",
        "Not stated: contact’s e-mail address.",
    ]


def test_the_preflight_looks_into_the_files(db, reachable):
    making.follow(publish(best()))
    stored = {each.format: each.file for each in Distribution.objects.select_related("file")}

    def overwrite(code: str, content: bytes) -> None:
        with storage().open(stored[code].name, "wb") as file:
            file.write(content)
        PublicFile.objects.filter(pk=stored[code].pk).update(size=len(content))

    overwrite("csv", "期別,項目\n1,2,3\n".encode())
    overwrite("csv-zh-hant", "期別".encode("big5"))
    storage().delete(stored["json"].name)
    found = problems()
    assert found["structure"] == ["Not every line of headcount-v1.csv has as many cells as its header."]
    assert found["encoding_match"] == ["headcount-v1-zh-hant.csv is not UTF-8."]
    assert found["desc_match"] == ["The columns of headcount-v1.csv are not those that are described."]
    assert found["linkable"] == ["headcount-v1.json cannot be had."]


def test_the_preflight_before_there_are_files(db, reachable):
    publish(best())
    assert problems()["linkable"] == ["There are no files yet."]
    assert problems()["structure"] == ["There is no table that programs can read."]


def test_the_report_is_for_those_who_may_enter(client: Client, db):
    assert client.get(reverse("opendata_quality")).status_code == 302


def test_the_report(client: Client, db, monkeypatch):
    client.force_login(account(superuser=True))
    assert "尚未發布資料集" in client.get(reverse("opendata_quality")).content.decode()
    making.follow(publish(best(), best("other", frequency="once")))
    [row] = publish(best("broken"))

    def fail(*_arguments, **_about):
        raise OSError("no space")

    monkeypatch.setattr(making.files, "keep", fail)
    with pytest.raises(OSError, match="no space"):
        making.follow([row])
    monkeypatch.undo()
    context = client.get(reverse("opendata_quality")).context_data
    assert [line.address for line in context["waiting"]] == ["/datasets/broken/"]
    assert {line.address for line in context["overdue"]} == {"/datasets/headcount/", "/datasets/broken/"}
    scores = [line.quality.score for line in context["lines"]]
    assert scores == sorted(scores)
    page = client.get(reverse("opendata_quality")).content.decode()
    assert "OSError: no space" in page
    assert "0／11" in page


def run(*arguments: str) -> list[str]:
    said = io.StringIO()
    with translation.override("en"):
        call_command("distributions", *arguments, stdout=said, stderr=said)
    return said.getvalue().splitlines()


def test_the_command_makes_what_is_missing_and_says_how_far_it_is(db):
    publish(best())
    publish(best(title=both("員額", "Staff")), best("other"))
    said = run("dataset:headcount")
    assert said[0] == "dataset:headcount v2: 0/11"
    assert said[-2:] == ["dataset:headcount v2: 11/11", "1 versions looked at"]
    assert set(Distribution.objects.values_list("row__uid", "row__version")) == {("dataset:headcount", 2)}
    assert run()[-1] == "2 versions looked at"
    assert run("--all")[-1] == "3 versions looked at"
    assert Distribution.objects.count() == 3 * 11


def test_the_command_goes_on_after_a_fault(db, monkeypatch):
    publish(best(), best("other"))
    keep = making.files.keep

    def sometimes(path, **about):
        if path.name.startswith("headcount"):
            raise OSError("no space")
        return keep(path, **about)

    monkeypatch.setattr(making.files, "keep", sometimes)
    with pytest.raises(CommandError, match="The files of 1 versions could not be made"):
        run()
    assert set(Distribution.objects.values_list("row__uid", flat=True)) == {"dataset:other"}


def test_the_command_knows_public_datasets_only(db):
    publish(best())
    withdraw("dataset:headcount")
    with pytest.raises(CommandError, match="no public dataset dataset:headcount, dataset:never"):
        run("dataset:never", "dataset:headcount")
