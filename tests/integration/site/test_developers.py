"""The developers' page: what it tells to run is run as it stands, against a portal with the seeded records."""

import csv
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from cms.models import PlainPage
from portal.api.v1 import parameters, search
from portal.opendata import formats, making, renewal
from portal.publication.models import CurrentRecord, LogRow
from portal.site import feeds
from search.answers import LONGEST_QUERY
from tests.factories.pages import changing, home


class Listings(HTMLParser):
    """The code of a page: (language, text)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._within = False

    def handle_starttag(self, tag, attrs):
        if tag == "code" and (dict(attrs).get("class") or "").startswith("language-"):
            self._within = True
            self.found.append((dict(attrs)["class"].removeprefix("language-"), ""))

    def handle_endtag(self, tag):
        self._within &= tag != "code"

    def handle_data(self, data):
        if self._within:
            language, text = self.found[-1]
            self.found[-1] = (language, text + data)


@pytest.fixture
def portal(transactional_db, live_server, settings) -> str:
    """The address of a server with the seeded records, the files of a dataset, the collections and a dump."""
    settings.BASE_URL = live_server.url
    # An emptied database lacks Wagtail's own root.
    home()
    with changing():
        PlainPage.objects.all().delete()
    call_command("seed", verbosity=0)
    making.follow(list(LogRow.objects.filter(uid="dataset:headcount-2022")))
    renewal.renew()
    return live_server.url


def listings(address: str) -> list[tuple[str, str]]:
    with urlopen(address) as answer:
        parser = Listings()
        parser.feed(answer.read().decode())
    return parser.found


def run(language: str, text: str, folder: Path) -> str:
    """Run an example as a reader would, and give what it prints."""
    command = ["bash", "-euo", "pipefail", "-c", text] if language == "shell" else [sys.executable, "-c", text]
    proxies = {f"{name}_proxy" for name in ("http", "https", "all", "no")}
    environment = {name: value for name, value in os.environ.items() if name.lower() not in proxies}
    done = subprocess.run(
        command, cwd=folder, env=environment | {"PYTHONUTF8": "1"}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{text}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.mark.needs_curl
@pytest.mark.django_db(transaction=True)
def test_every_example_runs_as_it_stands(portal, tmp_path):
    found = listings(f"{portal}/developers/")
    assert found == listings(f"{portal}/en/developers/")
    assert {language for language, _text in found} == {"shell", "python"}
    folder = tmp_path / "reader"
    folder.mkdir()
    said = [run(language, text, folder) for language, text in found]
    start, visits, figures, _file, _lists, dump, changes, chain, resolved, cached, refused = said

    assert '"openapi"' in start and '"uid":"dataset:headcount-2022"' in start
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC)
    assert len(visits.splitlines()) == public.filter(type="visit").count()
    assert "德國在台協會" in visits and "German Institute" in visits

    assert '"value":"6131"' in figures and '"holds"' in figures and '"key":"headcount.workers.total.2022-05"' in figures
    rows = list(csv.DictReader((folder / "headcount.csv").open(encoding="utf-8")))
    assert {"5498", "633", "6131"} <= {row["value"] for row in rows}

    lines = (folder / "visits.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["visit"] * public.filter(type="visit").count()
    cities = csv.DictReader((folder / "cities-en.csv").open(encoding="utf-8-sig"))
    assert {row["Identifier"] for row in cities} == set(public.filter(type="city").values_list("uid", flat=True))

    assert "records.jsonl.gz: OK" in dump and "head.json: OK" in dump
    assert dump.split()[-1] == str(public.count())

    last = LogRow.objects.latest("seq")
    assert len(changes.splitlines()) == last.seq
    assert (folder / "last-row.txt").read_text() == str(last.seq)
    assert f"The chain holds up to row {last.seq}" in chain
    # Run again, it goes on from where it stood.
    assert run(*found[6], folder) == ""

    assert '"kind":"record"' in resolved and '"uid":"visit:german-institute-2022"' in resolved
    assert '"slot":"main"' in resolved and '"uid":"banner:source-of-contents"' in resolved

    assert cached.split() == ["304"]
    assert json.loads(refused)["parameter"] == "topic"
    assert broken_links(portal) == []


def broken_links(portal: str) -> list[str]:
    """The addresses that the page leads to and that do not answer."""
    found = []
    for page in ("/developers/", "/en/developers/"):
        with urlopen(portal + page) as answer:
            content = answer.read().decode().partition("<main")[2].partition("</main>")[0]
        addresses = set(re.findall(r'href="(/[^"#]*)"', content))
        assert len(addresses) > 10
        for address in addresses:
            try:
                urlopen(portal + address).close()
            except HTTPError as error:
                found.append(f"{page}: {address} answers {error.code}")
    return found


def test_what_the_page_says_of_limits_is_so():
    """Each number of the table is the program's."""
    page = yaml.safe_load((settings.BASE_DIR / "fixtures/records/pages/developers.yaml").read_text("utf-8"))
    [limits] = [block for block in page["body"] if block["id"] == "rules-table"]
    told = {row[0]["en"]: (row[1]["en"], row[2]["en"]) for row in limits["rows"]}
    assert told == {
        "Lists of records, the log, observations, differences": (
            str(parameters.LIMIT_USUAL),
            str(parameters.LIMIT_MOST),
        ),
        "Observations with format=csv or jsonl": ("All", "All, as a stream"),
        "Search": (str(search._LIMIT_USUAL), f"{search._LIMIT_MOST}; a query of {LONGEST_QUERY:,} characters"),
        "Suggestions": (str(search._SUGGESTIONS_USUAL), str(search._SUGGESTIONS_MOST)),
        "Atom feeds": (f"The latest {feeds.ENTRIES}",) * 2,
        "ODS and XLSX of a dataset": ("All", f"{formats.SPREADSHEET_ROWS:,} rows; a larger one has no such files"),
    }
    assert renewal.PAUSE < 60
