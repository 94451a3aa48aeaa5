"""Work that is done over and over: what takes long, or fails, holds nothing else up."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from portal.publication import lanes
from portal.publication.lanes import Lane


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


def test_a_turn_tells_whether_there_is_more_at_once(pool, monkeypatch):
    # However slow the machine is.
    monkeypatch.setattr(lanes, "PATIENCE", 60)
    left = [True, True, False]
    lane = Lane(lambda: left.pop(0))
    assert [lane.turn(pool) for _ in range(3)] == [True, True, False]


def test_what_takes_long_is_gone_past_and_not_begun_again(pool, monkeypatch):
    monkeypatch.setattr(lanes, "PATIENCE", 0.01)
    free, begun = threading.Event(), []

    def slow() -> bool:
        begun.append(1)
        return free.wait(60)

    held, other = Lane(slow), Lane(lambda: True)
    assert [held.turn(pool) for _ in range(3)] == [False] * 3
    while not other.turn(pool):
        pass
    free.set()
    while not held.turn(pool):
        pass
    assert len(begun) == 1


def test_what_fails_is_tried_again_after_a_pause_that_grows(pool, monkeypatch):
    """However long it has failed: what it feeds is level again within a minute of its return."""
    now, tries, broken = [100.0], [], [True]
    monkeypatch.setattr(lanes, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(lanes, "PATIENCE", 60)

    def work() -> bool:
        tries.append(now[0])
        if broken[0]:
            raise OSError("away")
        return False

    lane = Lane(work)

    def pause() -> float:
        """Seconds until it is tried again."""
        begun, seen = now[0], len(tries)
        while lane.turn(pool) or len(tries) == seen:
            now[0] += 0.25
        return now[0] - begun

    lane.turn(pool)
    assert [pause() for _ in range(9)] == [0.25, 0.5, 1, 2, 4, 8, 15, 15, 15]
    broken[0] = False
    assert [pause(), pause()] == [15, 0]
    broken[0] = True
    assert [pause(), pause(), pause()] == [0, 0.25, 0.5]
