"""The checks of published datasets, in the API and on their pages, now and in earlier versions."""

import pytest
from django.test import Client

from tests.factories.datasets import check, dataset
from tests.factories.documents import both, publish, withdraw

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/datasets/dataset:headcount/checks/"
_LINES = """\
period,measure,staff,value,status,note_zh,note_en
2022-05,headcount,workers,{workers},normal,,
2022-05,headcount,temporary,1705,normal,,
"""
_AGREEMENT = check("agreement", "headcount.workers", "headcount.workers", dataset="dataset:other")


def table(workers: str = "5498") -> str:
    return _LINES.format(workers=workers)


def outcomes(client: Client) -> list[str]:
    return [each["outcome"] for each in client.get(ADDRESS).json()["results"]]


def test_formula_numbers_and_result(client: Client):
    publish(dataset(lines=table(), checks=[check("difference", "headcount.workers", *["headcount.temporary"] * 2)]))
    [result] = client.get(f"{ADDRESS}?lang=en").json()["results"]
    assert (result["number"], result["kind"], result["outcome"]) == (1, "difference", "fails")
    [finding] = result["findings"]
    assert finding["formula"] == "1,705 − 1,705 = 0 ≠ 5,498"
    assert finding["result"] == {"key": "headcount.workers.2022-05", "value": "5498"}
    assert finding["computed"] == "0"


def test_agreement_follows_the_other_dataset(client: Client):
    publish(dataset(lines=table(), checks=[_AGREEMENT]))
    assert outcomes(client) == ["open"]
    publish(dataset("other", table()))
    assert outcomes(client) == ["holds"]
    publish(dataset("other", table("5499")))
    assert outcomes(client) == ["fails"]
    withdraw("dataset:other")
    assert outcomes(client) == ["open"]


def test_the_answer_is_known_by_its_etag_until_anything_is_published(client: Client):
    publish(dataset(lines=table(), checks=[_AGREEMENT]))
    etag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    publish(dataset("other", table()))
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200


def test_what_has_no_checks_here(client: Client):
    publish(dataset())
    assert client.get(ADDRESS).json()["results"] == []
    assert client.get("/api/v1/datasets/dataset:none/checks/").status_code == 404
    assert client.get("/api/v1/datasets/visit:x/checks/").status_code == 404
    assert client.get(f"{ADDRESS}?check=1").status_code == 400
    withdraw("dataset:headcount")
    assert client.get(ADDRESS).status_code == 410


@pytest.mark.parametrize(
    ("path", "holds", "fails", "statement"),
    [
        ("/datasets/headcount/", "相符", "不相符", "人數 · 工友 = 人數 · 臨時人員 + 人數 · 臨時人員"),
        ("/en/datasets/headcount/", "Holds", "Does not hold", "Headcount · Workers ="),
    ],
)
def test_the_page_shows_them(client: Client, path, holds, fails, statement):
    explained = check(
        "sum", "headcount.workers", *["headcount.temporary"] * 2, explanation=both("來源如此。", "As in the source.")
    )
    publish(dataset("other", table()), dataset(lines=table(), checks=[_AGREEMENT, explained]))
    shown = client.get(path).content.decode()
    assert '<li id="check-1" class="holds">' in shown
    assert '<li id="check-2" class="fails">' in shown
    assert holds in shown and fails in shown and statement in shown
    assert "5,498 = 5,498" in shown
    assert "1,705 + 1,705 = 3,410 ≠ 5,498" in shown
    assert ("來源如此。" if path.startswith("/datasets") else "As in the source.") in shown
    assert 'href="/api/v1/datasets/dataset:headcount/checks/"' in shown


def test_an_old_version_shows_what_held_then(client: Client):
    publish(dataset("other", table()))
    publish(dataset(lines=table(), checks=[_AGREEMENT]))
    publish(dataset("other", table("5499")), dataset(lines=table("5499"), checks=[_AGREEMENT]))
    old = client.get("/datasets/headcount/versions/1/").content.decode()
    assert "5,498 = 5,498" in old
    assert '<li id="check-1" class="holds">' in old
    assert "5,499 = 5,499" in client.get("/datasets/headcount/").content.decode()
