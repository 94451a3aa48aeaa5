"""A published dataset with its files; records of every type."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from portal.opendata import making
from portal.publication.models import LogRow
from portal.publication.types import TYPES
from tests.factories.datasets import dataset
from tests.factories.documents import both, day, document, person, publish

LINES = """\
period,measure,staff,value,status,note_zh,note_en
2022-05,headcount,workers,5498,normal,,
2022-05,headcount,temporary,-1705.50,approximate,"=1+1，見\"\"說明\"\"","=HYPERLINK(\"\"http://example.org\"\")"
2022-05,rate,workers,27.50,normal,第一行,line
2022-05,rate,temporary,,missing,,
2022-02-01--2022-06-30,headcount,workers,123456789012345678.25,normal,只有學校,
"""


@pytest.fixture
def row(db) -> LogRow:
    """The log row of a dataset whose files are made."""
    [published] = publish(dataset(lines=LINES, title=both("員額、人數", "Headcount, <all>")))
    making.follow([published])
    return published


@pytest.fixture
def download(client: Client, row: LogRow, tmp_path: Path) -> Iterator:
    """Save the file of a format under its name, and give its path."""
    listed = client.get("/api/v1/datasets/dataset:headcount/distributions/").json()["results"]
    files = {each["format"]: each for each in listed}

    def save(code: str) -> Path:
        address = files[code]["url"].removeprefix("http://testserver")
        path = tmp_path / address.removeprefix("/media/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(client.get(address)))
        return path

    return save


@pytest.fixture
def published(db) -> None:
    """A record of each type, and some visits."""
    publish(*(document(code, "a") for code in TYPES))
    publish(
        document(
            "city",
            "sydney",
            title=both("雪梨", "Sydney"),
            location={"latitude": "-33.8688", "longitude": "151.2093"},
            since={"date": "1990-01-01", "precision": "year"},
        ),
        document(
            "visit",
            "b",
            cities=("city:sydney",),
            dates=day("2022-03-17"),
            topics=["topic:education", "topic:culture"],
            title=both("=HYPERLINK(1)", '+1, said "she"'),
            summary=both("第一行\n第二行", None),
            people=[person()],
            subjects=[both("教育", "Education"), both("文化", None)],
        ),
    )
