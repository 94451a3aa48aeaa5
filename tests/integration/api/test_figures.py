"""Figures at addresses of their own: as of any version, with their proofs and the checks that count with them."""

import pytest
from django.test import Client

from portal.rendering.tables import LIMIT
from tests.factories.datasets import check, dataset
from tests.factories.documents import both, publish, redact, withdraw

pytestmark = pytest.mark.django_db

WORKERS, TEMPORARY = "headcount.workers.2022-05", "headcount.temporary.2022-05"
_HEADER = "period,measure,staff,value,status,note_zh,note_en\n"
_LINES = """\
2022-04,headcount,workers,5500,normal,,
2022-05,headcount,workers,{workers},normal,只有學校,Schools only
2022-05,headcount,temporary,1705,normal,,
2022-05,rate,workers,27.50,normal,,
"""
CHECKS = [
    check(
        "sum", "headcount.workers", *["headcount.temporary"] * 2, explanation=both("來源如此。", "As in the source.")
    ),
    check("monotony", "headcount.*", direction="not-rising"),
    check("agreement", "headcount.*", "headcount.*", dataset="dataset:other"),
]


def table(workers: str = "5498") -> str:
    return _HEADER + _LINES.format(workers=workers)


def at(key: str = WORKERS, beyond: str = "", uid: str = "dataset:headcount") -> str:
    return f"/api/v1/figures/{uid}/{key}/{beyond}"


def test_a_figure(client: Client):
    publish(dataset(lines=table()))
    body = client.get(at()).json()
    assert (body["dataset"], body["key"], body["version"], body["state"]) == (
        "dataset:headcount",
        WORKERS,
        1,
        "current",
    )
    assert body["title"] == {"zh-Hant": "標題 headcount", "en": "Title headcount"}
    observation = body["observation"]
    [listed] = [
        each
        for each in client.get("/api/v1/datasets/dataset:headcount/observations/").json()["results"]
        if each["key"] == WORKERS
    ]
    assert observation == listed
    assert [each["quote"] for each in observation["source"]] == ["5,498人", "截至111年5月"]
    assert [each["section"] for each in observation["source"]] == ["壹、一", "壹、一"]
    assert body["url"]["en"] == f"/en/datasets/headcount/#figure-{WORKERS}"
    assert client.get(body["observations"]).status_code == client.get(body["record"]).status_code == 200


def test_languages_and_labels(client: Client):
    publish(dataset(lines=table()))
    body = client.get(at(beyond="?lang=en&labels=zh-Hant")).json()
    assert (body["title"], body["observation"]["note"]) == ("Title headcount", "Schools only")
    assert body["observation"]["labels"]["staff"] == "工友"
    assert body["url"] == f"/en/datasets/headcount/#figure-{WORKERS}"


def test_as_of_a_version(client: Client):
    publish(dataset(lines=table()))
    publish(dataset(lines=table("5499"), title=both("新標題", None)))
    old, new = client.get(at(beyond="?version=1")).json(), client.get(at()).json()
    assert (old["observation"]["value"], new["observation"]["value"]) == ("5498", "5499")
    assert (old["version"], old["state"], new["version"], new["state"]) == (1, "superseded", 2, "current")
    assert old["published_at"] < new["published_at"]
    assert old["url"]["zh-Hant"] == f"/datasets/headcount/versions/1/#figure-{WORKERS}"
    assert f'id="figure-{WORKERS}"' in client.get("/datasets/headcount/versions/1/").content.decode()
    asked = client.get(at(beyond="?version=2")).json()
    assert asked == new | {"observations": f"{new['observations']}?version=2"}
    assert client.get(old["observations"]).json()["results"][1]["value"] == "5498"
    assert client.get(old["record"]).json()["title"]["zh-Hant"] == "標題 headcount"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (at("headcount.workers.2023"), ("2", "headcount.workers.2023")),
        (at("nonsense"), ("nonsense",)),
        (at("rate.workers.2022-05"), ("2", "rate.workers.2022-05")),
        (at(beyond="?version=3"), ("3", "dataset:headcount")),
        (at(uid="dataset:none"), ("dataset:none",)),
        (at(uid="visit:one"), ("visit:one",)),
        (at(beyond="checks/1/"), ("1", WORKERS)),
    ],
)
@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_what_is_not_there_is_named(client: Client, address, said, language):
    publish(dataset(lines=table()))
    publish(dataset(lines=table().rpartition("2022-05,rate")[0]))
    assert client.get(at("rate.workers.2022-05", "?version=1")).status_code == 200
    response = client.get(address, {"lang": language} | ({"version": 3} if "version" in address else {}))
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert all(words in response.json()["detail"] for words in said)
    assert response["Content-Language"] == language


@pytest.mark.parametrize(
    "query", ["version=0", "version=x", "version=1&version=2", "version=2147483648", "labels=fr", "limit=1"]
)
def test_bad_parameters(client: Client, query):
    publish(dataset(lines=table()))
    response = client.get(at(beyond=f"?{query}"))
    assert (response.status_code, response.json()["parameter"]) == (400, query.partition("=")[0])


def test_a_dataset_that_is_withdrawn_or_redacted(client: Client):
    publish(dataset(lines=table(), checks=CHECKS))
    publish(dataset(lines=table("5499"), checks=CHECKS))
    withdraw("dataset:headcount", both("說明", None))
    assert client.get(at()).json()["tombstone"]["note"]["zh-Hant"] == "說明"
    assert client.get(at(beyond="?version=3")).status_code == 410
    old = client.get(at(beyond="?version=1")).json()
    assert (old["observation"]["value"], old["state"]) == ("5498", "withdrawn")
    assert f'id="figure-{WORKERS}"' in client.get(old["url"]["zh-Hant"].partition("#")[0]).content.decode()
    redact("dataset:headcount", 1)
    for address in (at(beyond="?version=1"), at(beyond="checks/1/?version=1")):
        assert client.get(address).status_code == 451
    assert client.get(at(beyond="?version=2")).status_code == 200


def test_the_checks_that_count_with_a_figure(client: Client):
    publish(dataset("other", table()), dataset(lines=table("3410"), checks=CHECKS))
    workers = client.get(at()).json()["checks"]
    assert [(each["number"], each["role"], each["outcome"]) for each in workers] == [
        (1, "result", "holds"),
        (2, "result", "holds"),
        (3, "result", "fails"),
    ]
    assert [each["formula"] for each in workers] == ["1,705 + 1,705 = 3,410", "5,500 ≥ 3,410", "5,498 = 5,498 ≠ 3,410"]
    assert [(each["number"], each["role"]) for each in client.get(at(TEMPORARY)).json()["checks"]] == [
        (1, "term"),
        (3, "result"),
    ]
    earlier = client.get(at("headcount.workers.2022-04")).json()["checks"]
    assert [(each["number"], each["role"], each["formula"]) for each in earlier] == [
        (1, "result", "? + ? = 5,500"),
        (2, "term", "5,500 ≥ 3,410"),
        (3, "result", "5,500 = 5,500"),
    ]
    assert client.get(at("rate.workers.2022-05")).json()["checks"] == []


def test_old_checks_are_as_they_were(client: Client):
    publish(dataset("other", table()), dataset(lines=table(), checks=CHECKS))
    publish(dataset("other", table("5499")))
    publish(dataset(lines=table("5499"), checks=CHECKS))
    old = client.get(at(beyond="?version=1")).json()["checks"]
    assert [each["outcome"] for each in old if each["kind"] == "agreement"] == ["holds"]


def test_a_figure_beyond_the_findings_that_are_listed(client: Client):
    """Only a hundred findings of a check are told, but every figure tells its own."""
    lines = "".join(f"{year},headcount,workers,1,normal,,\n" for year in range(1800, 2023))
    publish(
        dataset("other", _HEADER + lines),
        dataset(
            lines=_HEADER + lines.replace("2022,headcount,workers,1", "2022,headcount,workers,2"), checks=CHECKS[2:]
        ),
    )
    for year, outcome in ((1800, "holds"), (2021, "holds"), (2022, "fails")):
        [found] = client.get(at(f"headcount.workers.{year}")).json()["checks"]
        assert (found["outcome"], found["result"]["key"]) == (outcome, f"headcount.workers.{year}")


def test_a_derived_value(client: Client):
    publish(dataset("other", table()), dataset(lines=table(), checks=CHECKS))
    [found] = [each for each in client.get(at(TEMPORARY)).json()["checks"] if each["role"] == "term"]
    assert found["url"] == at(beyond="checks/1/")
    body = client.get(found["url"]).json()
    assert (body["check"], body["kind"], body["value"], body["unit"], body["period"]) == (
        1,
        "sum",
        "3410",
        "person",
        "2022-05",
    )
    assert (body["formula"], body["outcome"]) == ("1,705 + 1,705 = 3,410 ≠ 5,498", "fails")
    assert body["result"] == {"key": WORKERS, "value": "5498", "url": at()}
    assert [client.get(term["url"]).json()["observation"]["value"] for term in body["terms"]] == ["1705", "1705"]
    assert body["explanation"]["en"] == "As in the source."
    assert body["url"]["zh-Hant"] == "/datasets/headcount/#check-1"
    assert '<li id="check-1"' in client.get("/datasets/headcount/").content.decode()
    agreement = client.get(at(beyond="checks/3/")).json()
    assert [each["url"] for each in agreement["terms"]] == [at(uid="dataset:other")]
    assert client.get(at(beyond="checks/2/?lang=en")).json()["value"] is None


def test_a_derived_value_as_of_a_version(client: Client):
    publish(dataset(lines=table(), checks=CHECKS))
    publish(dataset(lines=table().replace("1705", "1700"), checks=CHECKS))
    old = client.get(at(beyond="checks/1/?version=1")).json()
    assert (old["value"], old["state"]) == ("3410", "superseded")
    assert client.get(old["terms"][0]["url"]).json()["observation"]["value"] == "1705"
    assert client.get(at(beyond="checks/1/")).json()["value"] == "3400"


def test_a_figure_beyond_the_rows_of_the_page(client: Client):
    lines = "".join(f"{year},headcount,workers,1,normal,,\n" for year in range(1200, 1201 + LIMIT))
    publish(dataset(lines=_HEADER + lines))
    page = client.get("/datasets/headcount/").content.decode()
    shown, beyond = (client.get(at(f"headcount.workers.{year}")).json()["url"]["zh-Hant"] for year in (1699, 1700))
    for url in (shown, beyond):
        address, _hash, fragment = url.partition("#")
        assert (address, f'id="{fragment}"' in page) == ("/datasets/headcount/", True)
    assert shown.endswith("#figure-headcount.workers.1699")


def test_the_answer_is_known_by_its_etag(client: Client):
    publish(dataset(lines=table(), checks=CHECKS))
    etag = client.get(at())["ETag"]
    assert client.get(at(), headers={"If-None-Match": etag}).status_code == 304
    publish(dataset("other", table()))
    assert client.get(at(), headers={"If-None-Match": etag}).status_code == 200
