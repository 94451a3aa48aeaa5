"""Tasks that are done every so often."""

import logging

import pytest

from portal.core import periodic


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """No tasks but the test's, and the seconds that it says."""
    now = [100.0]
    monkeypatch.setattr(periodic, "_TASKS", {})
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def test_a_task_is_done_at_once_and_then_every_so_often(clock):
    done = []
    periodic.register("count", lambda: done.append(clock[0]), seconds=60)
    for clock[0] in (100, 100.25, 159.9, 160, 200, 300):
        periodic.run_due()
    assert done == [100, 160, 300]


def test_one_that_fails_is_said_without_what_it_says_and_holds_up_no_other(clock, caplog):
    done = []

    def fail():
        raise RuntimeError("林小美 0912345678")

    periodic.register("failing", fail, seconds=60)
    periodic.register("other", lambda: done.append(1), seconds=60)
    with caplog.at_level(logging.DEBUG):
        assert periodic.run_due() == 2
    assert done == [1]
    [record] = caplog.records
    assert (record.task, record.fault, record.exc_info) == ("failing", "RuntimeError", None)
    assert "林小美" not in str(record.__dict__)
    clock[0] = 160
    assert periodic.run_due() == 2
