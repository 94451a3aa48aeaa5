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
