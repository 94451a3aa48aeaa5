"""``manage.py follow`` does what is due from time to time, besides driving the consumers."""

import pytest
from django.core.management import call_command

from portal.core import periodic
from portal.publication import consumers
from portal.publication.models import ConsumerPosition
from tests.factories.documents import document, publish

pytestmark = pytest.mark.django_db


def test_catching_up_once_does_what_is_due_and_a_failing_task_stops_nothing(monkeypatch):
    monkeypatch.setattr(periodic, "_TASKS", {})
    monkeypatch.setattr(consumers, "_SOURCES", [])
    done = []
    consumers.register(lambda: [consumers.Consumer("noting", lambda rows: done.extend(row.uid for row in rows))])
    periodic.register("failing", lambda: 1 // 0, seconds=60)
    periodic.register("due", lambda: done.append("due"), seconds=60)
    publish(document("visit", "one"))
    call_command("follow", "--once")
    assert done == ["visit:one", "due"]
    assert ConsumerPosition.objects.get().seq == 1
    call_command("follow", "--once")
    assert done == ["visit:one", "due"]
