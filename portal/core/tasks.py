"""Wagtail's tasks, run by this process once the transaction that asked for them has been committed."""

import json
import threading

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class _Thread(threading.local):
    """The tasks that ran after a commit, of the transaction that this thread is in; None before it asks for one."""

    ran: set[str] | None = None


class AfterCommitBackend(ImmediateBackend):
    """Runs a task after commit, or at once outside a transaction; a failure never reaches its caller.

    Index tasks asked for within a transaction deadlock on PostgreSQL when two editors save, and an error of
    the database that they swallow would abort the editor's transaction.

    What a transaction asks for several times runs once: tasks bring an index or a storage to what has been committed,
    and publishing saves a page three or four times.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._thread = _Thread()

    def _execute_task(self, task_result):
        run = super()._execute_task
        asked = json.dumps([task_result.task.module_path, task_result.args, task_result.kwargs], sort_keys=True)
        ran = self._thread.ran
        if ran is None:
            ran = self._thread.ran = set()

        def once():
            # The transaction is over: what is asked for from now on belongs to another.
            self._thread.ran = None
            if asked not in ran:
                ran.add(asked)
                run(task_result)

        transaction.on_commit(once, robust=True)
