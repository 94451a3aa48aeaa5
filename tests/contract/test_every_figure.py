"""From every figure of the seeded report to its dataset, its proof and its place on the site."""

import csv
import hashlib
import io
from pathlib import Path

import pytest
from django.test import Client

from cms.seeding.seed import seed
from portal.opendata import making
from portal.publication.models import CurrentRecord, LogRow
from portal.publication.selectors import version
from portal.statistics.selectors import every_row
from tests.validity import parse

FIXTURES = Path(__file__).parents[2] / "fixtures"

#: All that the report adds, subtracts and divides.
ARITHMETIC = {
    "5,498 + 633 = 6,131",
    "685 + 28 + 11 + 15 = 739",
    "739 + 1,705 = 2,444",
    "6,131 + 2,444 = 8,575",
    "8,462 − 6,131 = 2,331",
    "2,331 ÷ 8,462 = 27.55%",
    "3,462 − 2,444 = 1,018",
    "1,018 ÷ 3,462 = 29.40%",
    "1,390 − 685 = 705",
    "705 ÷ 1,390 = 50.72%",
    "3,186.2 + 3,092.8 + 1,506 = 7,785",
    "3,186.2 ÷ 7,785 = 40.93%",
    "3,092.8 ÷ 7,785 = 39.73%",
    "1,506 ÷ 7,785 = 19.34%",
    "7,785 + 1,013.1 = 8,798.1",
    "4,620 − 3,186.2 = 1,433.8",
}


def test_every_figure(client: Client, datasets: dict[str, list[str]], subtests: pytest.Subtests):
    """One test for all of it: seeding takes a while, and nothing here changes what was seeded."""
    for check in (
        leads_to_its_dataset_its_proof_and_its_row,
        stands_in_a_file_of_its_dataset,
        is_derived_at_an_address_of_its_own,
        is_cited_as_its_dataset_has_it,
    ):
        with subtests.test(check.__name__):
            check(client, datasets)


@pytest.fixture
def datasets(db) -> dict[str, list[str]]:
    """The keys of the observations of every dataset that is seeded, straight from the tables."""
    seed(FIXTURES)
    public = CurrentRecord.objects.filter(type="dataset", state="public").values_list("uid", "version")
    return {uid: [row.key for row in every_row(_document(uid, number)["table"]["digest"])] for uid, number in public}


def _document(uid: str, number: int) -> dict:
    found = version(uid, number)
    assert found is not None and found.document is not None
    return found.document


def leads_to_its_dataset_its_proof_and_its_row(client: Client, datasets: dict[str, list[str]]) -> None:
    """Every figure does."""
    tables = [io.StringIO(table.read_text("utf-8")) for table in (FIXTURES / "tables").glob("*.csv")]
    assert sum(map(len, datasets.values())) == sum(len(list(csv.DictReader(table))) for table in tables)
    anchors: dict[str, set[str | None]] = {}
    for uid, keys in datasets.items():
        for key in keys:
            figure = client.get(f"/api/v1/figures/{uid}/{key}/").json()
            assert (figure.get("dataset"), figure.get("key"), figure.get("version")) == (uid, key, 1), (uid, key)
            proofs = figure["observation"]["source"]
            assert proofs, (uid, key)
            assert all(proof["document"] and proof["section"] and proof["quote"] for proof in proofs), (uid, key)
            assert client.get(figure["record"]).json()["uid"] == uid
            for url in figure["url"].values():
                address, _hash, fragment = url.partition("#")
                if address not in anchors:
                    tree = parse(client.get(address).content.decode())
                    anchors[address] = {each.get("id") for each in tree.iter() if isinstance(each.tag, str)}
                assert fragment in anchors[address], url


def stands_in_a_file_of_its_dataset(client: Client, datasets: dict[str, list[str]]) -> None:
    """Every figure does."""
    making.follow(list(LogRow.objects.filter(type="dataset")))
    for uid, keys in datasets.items():
        dataset = client.get(f"/api/v1/datasets/{uid}/").json()
        file = next(each for each in dataset["distributions"] if each["format"] == "csv")
        content = b"".join(client.get(file["url"].removeprefix("http://testserver")))
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        parts = ("measure", *(dimension["code"] for dimension in dataset["dimensions"]), "period")
        lines = {".".join(line[part] for part in parts): line for line in csv.DictReader(content.decode().splitlines())}
        assert list(lines) == keys
        for key in keys:
            observation = client.get(f"/api/v1/figures/{uid}/{key}/").json()["observation"]
            assert lines[key]["value"] == (observation["value"] or ""), (uid, key)
            assert lines[key]["unit"] == observation["unit"], (uid, key)


def is_derived_at_an_address_of_its_own(client: Client, datasets: dict[str, list[str]]) -> None:
    """Everything that the report computes is: 5,498 + 633 = 6,131, 2,331 ÷ 8,462 = 27.55% and all the others."""
    formulas = set()
    for uid in datasets:
        for check in client.get(f"/api/v1/datasets/{uid}/checks/").json()["results"]:
            for finding in check["findings"]:
                address = f"/api/v1/figures/{uid}/{finding['result']['key']}/checks/{check['number']}/"
                derived = client.get(address).json()
                assert (derived["value"], derived["formula"]) == (finding["computed"], finding["formula"]), address
                for term in (*derived["terms"], derived["result"]):
                    assert client.get(term["url"]).json()["observation"]["value"] == term["value"], term
                formulas.add(derived["formula"])
    assert formulas >= ARITHMETIC


def is_cited_as_its_dataset_has_it(client: Client, datasets: dict[str, list[str]]) -> None:
    """Every figure that a record cites is."""
    cited = 0
    for uid in CurrentRecord.objects.filter(state="public").values_list("uid", flat=True):
        for block in client.get(f"/api/v1/records/{uid}/").json()["body"]:
            for figure in [block] if block["type"] == "figure" else block.get("figures", []):
                at = f"/api/v1/figures/{figure['dataset']}/{figure['key']}/"
                answer = client.get(f"{at}?version={figure['version']}").json()
                assert answer["observation"]["value"] == figure["value"]
                assert answer["url"] == figure["url"]
                cited += 1
    assert cited > 20
