"""The whole report stands in the records: each numeral with its proof, each sentence with a phrase quoted.

The report's text is not part of the project; ``REPORT_TEXT`` names the file.
"""

import os
from pathlib import Path

import pytest

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
