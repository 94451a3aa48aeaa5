"""The whole report stands in the records: each numeral with its proof, each sentence with a phrase quoted.

The report's text is not part of the project; ``REPORT_TEXT`` names the file. The fixtures are checked as files, which
names the fault at once, and as they are published, which is what readers get.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from cms.seeding.seed import seed
from portal.publication.models import Content, CurrentRecord
from portal.statistics.selectors import every_row
from tests.report_coverage import (
    from_fixtures,
    source_problems,
    uncovered_numerals,
    uncovered_sentences,
    unfounded_figures,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def report() -> str:
    """The report's text; without it the tests are left out, or fail where everything is required."""
    path = os.environ.get("REPORT_TEXT")
    if path:
        return Path(path).read_text(encoding="utf-8")
    reason = "REPORT_TEXT is not set: it names the file with the text of the half-year report"
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def records() -> tuple[list, dict]:
    """The documents and observations to check."""
    return from_fixtures(FIXTURES)


def test_every_source_is_verbatim_and_proves_something(report: str, records: tuple[list, dict]) -> None:
    problems = source_problems(report, *records)
    assert not problems, "\n".join(problems)


def test_every_numeral_is_proven(report: str, records: tuple[list, dict]) -> None:
    found = uncovered_numerals(report, *records)
    assert not found, "\n".join(f"{one.position}: {one.context} – {one.reason}" for one in found)


def test_every_figure_stands_in_its_quote(report: str, records: tuple[list, dict]) -> None:
    found = unfounded_figures(report, *records)
    assert not found, "\n".join(found)


def test_every_sentence_is_quoted(report: str, records: tuple[list, dict]) -> None:
    found = uncovered_sentences(report, records[0])
    assert not found, "\n".join(f"{one.start}: {one.text}" for one in found)


@pytest.fixture
def published(db) -> tuple[list, dict]:
    """The documents in the log after seeding, and the observations of the tables that they name."""
    seed(FIXTURES)
    rows = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC).values_list("row_id", flat=True)
    documents = [json.loads(text) for text in Content.objects.filter(row__in=rows).values_list("document", flat=True)]
    observations = {
        document["uid"]: [
            {**asdict(row), "key": row.key, "note": row.note} for row in every_row(document["table"]["digest"])
        ]
        for document in documents
        if document["type"] == "dataset"
    }
    return documents, observations


def test_what_is_published_covers_the_report(report: str, published: tuple[list, dict]) -> None:
    assert len(published[0]) == len(from_fixtures(FIXTURES)[0])
    assert not source_problems(report, *published)
    assert not uncovered_numerals(report, *published)
    assert not unfounded_figures(report, *published)
    assert not uncovered_sentences(report, published[0])
