"""What is not published yet, through the templates of the public pages."""

import pytest

from portal.core.languages import LANGUAGES
from portal.publication.ready import Surroundings, ready_record
from portal.publication.types import TYPES
from portal.rendering.pages import render_preview
from tests.factories.documents import both, document
from tests.factories.portal import every_block
from tests.validity import faults

MOMENT = "2022-08-01T00:00:00.000000Z"


def ready(**members):
    given = document(**members)
    surroundings = Surroundings(cited={}, files={}, derived={})
    return ready_record(given, version=1, published_at=MOMENT, modified_at=MOMENT, surroundings=surroundings)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record_type", list(TYPES))
def test_every_type(record_type, language):
    page = render_preview(ready(record_type=record_type, slug="x"), language)
    assert faults(page, language) == []
    assert 'content="noindex"' in page
    assert ("Preview. Not published." if language == "en" else "預覽，尚未發布。") in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_without_its_surroundings(language):
    page = render_preview(ready(record_type="visit", slug="x", body=every_block("0" * 64)), language)
    assert faults(page, language) == []


def test_a_dataset_with_its_rows():
    row = {"dimensions": {}, "key": "number.2022", "measure": "number", "period": "2022", "status": "normal"}
    page = render_preview(
        ready(record_type="dataset", slug="x"), "en", observations=[row | {"value": "1234", "note": None}]
    )
    assert "1,234" in page


def test_a_banner_shows_whatever_its_time():
    page = render_preview(
        ready(record_type="banner", slug="x", text=both("稍後", "Later"), ends_at="2000-01-01T00:00:00Z"), "en"
    )
    assert "Later" in page
