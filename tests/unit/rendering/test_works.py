"""How works stand on a day, and what stands beside their bars."""

import datetime

import pytest
from django.utils.translation import override

from portal.rendering import works
from portal.rendering.time_bands import DASHED, SOLID
from tests.factories.documents import document

DAY = datetime.date(2022, 10, 30)
DUE = {"date": "2022-10-31", "precision": "day"}
YEAR = {"start": "2022-01-01", "end": "2022-12-31", "ongoing": False, "precision": "year"}


def project(slug: str = "one", **members):
    return document("works", slug, **members) | {"url": None}


@pytest.mark.parametrize(
    ("members", "day", "state", "note"),
    [
        ({"due": DUE}, DAY, works.DUE, "1 day left"),
        ({"due": DUE}, datetime.date(2022, 10, 1), works.DUE, "30 days left"),
        ({"due": DUE}, datetime.date(2022, 10, 31), works.DUE, "due today"),
        ({"due": DUE}, datetime.date(2022, 11, 1), works.PASSED, ""),
        ({"due": DUE, "status": "completed"}, DAY, works.DONE, "done"),
        ({"due": DUE, "completed": "2022-10-30"}, DAY, works.DONE, "done"),
        ({}, DAY, works.OPEN, ""),
        ({"due": {"date": "2022-01-01", "precision": "year"}, "dates": YEAR}, DAY, works.DUE, "62 days left"),
    ],
)
def test_the_state_and_the_note_depend_on_the_day(members, day, state, note):
    record = project(**members)
    assert works.state(record, day) == state
    with override("en"):
        assert works.note(record, day) == note


def test_bars_come_in_the_order_in_which_the_works_are_due():
    later = project("later", due={"date": "2022-11-30", "precision": "day"})
    band = works.works_band("works", [later, project(due=DUE), project("open")], "en", DAY)
    assert band is not None
    assert [each.line.label["en"] for each in band.lines] == ["Title one", "Title later"]
    assert {bar.mark for line in band.lines for bar in line.bars} == {DASHED}


def test_a_day_on_which_they_had_begun_begins_the_line():
    begun, planned = project(due=DUE, status="in-progress"), project("planned", due=DUE)
    band = works.works_band("works", [begun, planned], "en", DAY, known_on=datetime.date(2022, 6, 30))
    assert band is not None
    assert [[bar.mark for bar in line.bars] for line in band.lines] == [[DASHED, SOLID], [DASHED]]


def test_without_a_day_there_is_no_band():
    assert works.works_band("works", [project()], "en", DAY) is None
