"""Wagtail's tasks run after commit and never disturb who asked for them."""

import pytest
from django.db import transaction
from django_tasks import task

ran: list[str] = []


@task()
def note(word: str) -> None:
    """Remember that the task ran."""
    ran.append(word)


@task()
def fail() -> None:
    """A task that fails."""
    raise RuntimeError("broken index")


@pytest.fixture(autouse=True)
def nothing_ran():
    ran.clear()


@pytest.mark.django_db
def test_a_task_waits_for_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            note.enqueue("later")
        assert ran == []
    assert ran == ["later"]


@pytest.mark.django_db
def test_a_task_of_a_transaction_that_fails_never_runs(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValueError), transaction.atomic():
        note.enqueue("never")
        raise ValueError
    assert ran == []


@pytest.mark.django_db
def test_a_failing_task_does_not_reach_its_caller(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        fail.enqueue()
        note.enqueue("after")
    assert ran == ["after"]


@pytest.mark.django_db
def test_what_a_transaction_asks_for_several_times_runs_once(django_capture_on_commit_callbacks):
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            note.enqueue("often")
            with transaction.atomic():
                note.enqueue("often")
                note.enqueue(word="often")
            note.enqueue("often")
    assert ran == ["often", "often"] * 2


@pytest.mark.django_db
def test_a_task_runs_where_only_a_part_that_asked_for_it_failed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with pytest.raises(ValueError), transaction.atomic():
            note.enqueue("kept")
            raise ValueError
        note.enqueue("kept")
    assert ran == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_task_runs_each_time_at_once():
    note.enqueue("now")
    note.enqueue("now")
    assert ran == ["now", "now"]


@task()
def note_in_a_transaction(word: str) -> None:
    """A task that asks for another, twice."""
    with transaction.atomic():
        note.enqueue(word)
        note.enqueue(word)


@pytest.mark.django_db(transaction=True)
def test_a_task_may_ask_for_what_the_same_commit_has_run():
    with transaction.atomic():
        note.enqueue("again")
        note_in_a_transaction.enqueue("again")
        note.enqueue("again")
    assert ran == ["again", "again"]
