"""The process that delivers: one receiver that hangs holds up no other, and being killed loses nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from portal.cases.models import Delivery, Webhook
from portal.cases.personal import rotating
from portal.cases.webhooks import delivering
from portal.cases.webhooks.running import Runner
from portal.settings.env import BASE_DIR
from tests.factories.cases import received
from tests.factories.webhooks import receiving, verified, webhook

pytestmark = pytest.mark.django_db(transaction=True)


def until(holds):
    """Wait until something holds; a test that waits for a minute in vain fails."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_one_that_hangs_holds_up_no_other(settings):
    with receiving(settings) as hanging, receiving(settings) as quick:
        hanging.hold.clear()
        slow, other = webhook(hanging.url), webhook(quick.url)
        for _each in range(3):
            received()
        runner = Runner()
        running = threading.Thread(target=runner.run)
        running.start()
        try:
            until(lambda: len(quick.messages) == 3 and hanging.messages)
            assert quick.seqs == [1, 2, 3]
            assert len(hanging.messages) == 1
            hanging.hold.set()
            until(lambda: Webhook.objects.get(pk=slow.pk).position == 3)
        finally:
            hanging.hold.set()
            runner.stop()
            running.join()
        assert hanging.seqs == [1, 2, 3]
        assert Webhook.objects.get(pk=other.pk).position == 3


def test_once_sends_all_that_is_due(settings):
    with receiving(settings) as receiver:
        hook = webhook(receiver.url)
        for _each in range(60):
            received()
        call_command("webhooks", "deliver", once=True)
        assert receiver.seqs == list(range(1, 61))
        assert Webhook.objects.get(pk=hook.pk).claim == ""


def test_one_that_cannot_be_worked_on_is_left_alone_and_the_others_go_on(settings, monkeypatch):
    with receiving(settings) as receiver:
        broken, hook = webhook(receiver.url), webhook(receiver.url)
        received()
        tried = []

        def deliver(key, is_stopping):
            tried.append(key)
            if key == broken.pk:
                raise RuntimeError
            delivering.deliver(key, is_stopping)

        monkeypatch.setattr("portal.cases.webhooks.running.delivering", SimpleNamespace(deliver=deliver))
        call_command("webhooks", "deliver", once=True)
        assert sorted(tried) == [broken.pk, hook.pk]
        assert receiver.seqs == [1]


def test_a_killed_process_loses_nothing(settings):
    """The real command, killed while a receiver has a message and has not answered."""
    with receiving(settings) as receiver:
        hook = webhook(receiver.url)
        received()
        receiver.hold.clear()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "webhooks", "deliver"], cwd=BASE_DIR, env=os.environ | _environment(receiver)
        )
        try:
            until(lambda: receiver.messages)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        receiver.hold.set()
        assert Webhook.objects.get().position == 0
        assert not Delivery.objects.exists()
        Webhook.objects.update(claimed_until=None)
        call_command("webhooks", "deliver", once=True)
        assert receiver.seqs == [1, 1]
        first, again = receiver.messages
        assert first.headers["webhook-id"] == again.headers["webhook-id"]
        assert verified(again, hook.given_secret)


def _environment(receiver):
    """This test's database, and its receiver."""
    given = connection.settings_dict
    address = f"sqlite:///{given['NAME']}"
    if connection.vendor == "postgresql":
        address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(given)
    return {
        "PORTAL_ENV": "test",
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "WEBHOOK_TRIAL_ADDRESSES": f"127.0.0.1:{receiver.port}",
    }


def test_secrets_come_under_the_current_key(settings):
    with receiving(settings) as receiver:
        hook = webhook(receiver.url)
        settings.PERSONAL_DATA_KEYS = {"new": bytes(range(32))} | settings.PERSONAL_DATA_KEYS
        assert rotating.in_use()[0].rows == {"development": 1}
        call_command("personal_data", "rotate")
        assert rotating.in_use()[0].rows == {"new": 1}
        settings.PERSONAL_DATA_KEYS = {"new": bytes(range(32))}
        received()
        call_command("webhooks", "deliver", once=True)
        assert verified(receiver.messages[0], hook.given_secret)
