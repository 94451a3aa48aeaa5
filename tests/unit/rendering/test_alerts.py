"""How an alert stands on a day."""

import datetime

import pytest
from django.utils.translation import override

from portal.rendering import alerts
from tests.factories.documents import UNDATED, both, document

DAY = datetime.date(2022, 6, 15)
UNTIL = {"start": "2022-04-01", "end": "2022-06-30", "ongoing": False, "precision": "day"}


def alert(slug: str = "one", **members):
    supersedes = members.pop("supersedes", None)
    made = document("alert", slug, **members)
    made["relations"]["supersedes"] = supersedes
    return made | {"labels": {"topics": {}}, "url": None}


@pytest.mark.parametrize(
    ("members", "state"),
    [
        ({}, alerts.ISSUED),
        ({"updated": "2022-06-15"}, alerts.UPDATED),
        ({"updated": "2022-06-16"}, alerts.ISSUED),
        ({"withdrawn": "2022-06-15"}, alerts.WITHDRAWN),
        ({"withdrawn": "2022-06-16"}, alerts.ISSUED),
        ({"issued": "2022-06-16"}, alerts.COMING),
        ({"issued": None, "dates": dict(UNDATED)}, alerts.ISSUED),
        ({"issued": None, "dates": UNTIL}, alerts.ISSUED),
        ({"dates": UNTIL | {"end": "2022-06-15"}}, alerts.ISSUED),
        ({"dates": UNTIL | {"end": "2022-06-14"}}, alerts.EXPIRED),
        ({"kind": "inspection"}, alerts.NOTICE),
        ({"kind": "notice", "withdrawn": "2022-05-01"}, alerts.NOTICE),
        ({"kind": "recall"}, alerts.ISSUED),
    ],
)
def test_the_state_depends_on_the_day(members, state):
    assert alerts.state(alert(**members), DAY) == state


def test_a_successor_replaces_it_from_its_own_day_of_issue():
    one, two = alert(), alert("two", issued="2022-06-15", supersedes="alert:one")
    assert alerts.state(one, DAY, [two]) == alerts.SUPERSEDED
    assert alerts.state(one, DAY - datetime.timedelta(days=1), [two]) == alerts.ISSUED
    assert alerts.state(alert(withdrawn="2022-05-01"), DAY, [two]) == alerts.WITHDRAWN


def test_the_steps_say_where_it_stands():
    two = alert("two", issued="2022-06-15", supersedes="alert:one", title=both("後", "After"))
    with override("en"):
        view = alerts.alert_view(
            alert(updated="2022-05-01", remedy=both("停用。\n退貨。", None)), [alert(), two], "en", DAY
        )
    assert [step.name for step in view.steps if step.is_present] == ["Replaced"]
    assert [step.name for step in view.steps if step.is_reached] == ["Issued", "Updated", "Replaced"]
    assert [link.is_shown for link in view.chain] == [True, False]
    assert view.successor is not None and view.successor.title["en"] == "After"
    assert (view.actions, view.actions_are_chinese) == (["停用。", "退貨。"], True)


def test_the_last_step_of_one_with_a_last_day_is_its_expiry():
    with override("en"):
        ends = alerts.alert_view(alert(dates=UNTIL), [], "en", DAY)
        ended = alerts.alert_view(alert(dates=UNTIL), [], "en", datetime.date(2022, 7, 1))
    assert (ends.steps[-1].name, ends.steps[-1].is_reached) == ("Expires", False)
    assert (ended.steps[-1].name, ended.steps[-1].is_present) == ("Expired", True)
    assert (ends.is_in_force, ended.is_in_force) == (True, False)


def test_a_line_says_what_an_alert_that_does_not_warn_has_become():
    two = alert("two", issued="2022-06-15", supersedes="alert:one", title=both("後", "After"))
    why = both("合格", "It passed.")
    with override("en"):
        marks = [
            alerts.mark(alert(change_note=why, **members), successors, "en", DAY)
            for members, successors in (
                ({}, []),
                ({"kind": "inspection", "withdrawn": "2022-05-01"}, []),
                ({"issued": "2022-06-16"}, []),
                ({}, [two]),
                ({"withdrawn": "2022-05-01"}, [two]),
            )
        ]
    assert marks[:3] == [None, None, alerts.Mark("not yet in force")]
    assert marks[3].name == "replaced" and marks[3].successor.title["en"] == "After"
    assert marks[4] == alerts.Mark("withdrawn", is_struck=True, reason=why)
