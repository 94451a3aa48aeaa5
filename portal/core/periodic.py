"""Tasks that are done every so often, beside the consumers of the log: rooms register them when they are ready, and
``manage.py follow`` does what is due.

Several hosts may follow: a task is idempotent, and harmless where it is done at the same time elsewhere.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass
class _Task:
    name: str
    seconds: float
    do: Callable[[], object]
    due: float = 0.0


_TASKS: dict[str, _Task] = {}


def register(name: str, do: Callable[[], object], *, seconds: float) -> None:
    """Have ``do`` called at once, and again whenever ``seconds`` have gone by."""
    _TASKS[name] = _Task(name, seconds, do)


def registered() -> tuple[str, ...]:
    """The names of all tasks."""
    return tuple(_TASKS)


def run_due() -> int:
    """Do what is due; how many tasks. One that fails is logged by the kind of its fault alone, since what a database or
    a mail server says may hold personal data, and is done again when it is due next.
    """
    done = 0
    for task in _TASKS.values():
        if time.monotonic() < task.due:
            continue
        task.due = time.monotonic() + task.seconds
        try:
            task.do()
        except Exception as fault:
            logger.error("a periodic task failed", extra={"task": task.name, "fault": type(fault).__name__})
        done += 1
    return done
