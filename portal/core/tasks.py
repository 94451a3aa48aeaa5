"""Wagtail's tasks, run by this process once the transaction that asked for them has been committed."""

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class AfterCommitBackend(ImmediateBackend):
    """Runs a task after commit, or at once outside a transaction; a failure never reaches its caller.

    Index tasks asked for within a transaction deadlock on PostgreSQL when two editors save, and an error of
    the database that they swallow would abort the editor's transaction.
    """

    def _execute_task(self, task_result):
        run = super()._execute_task
        transaction.on_commit(lambda: run(task_result), robust=True)
