"""Whatever is cut off, and wherever: no record is told twice to anybody, and none is missed but where a mail was being
handed over.
"""

import datetime
import re
from collections import Counter
from unittest import mock

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.publication import consumers
from portal.subscriptions import erasing, noting, sending, signing_up
from portal.subscriptions.consumer import Teller
from portal.subscriptions.models import Choice, Mail, Notice, Subscription
from tests.factories.documents import both, document, publish
from tests.mailserver import Crash, Server

_TITLE = re.compile(r"Tk\d+x")
#: What may happen: a reader comes or goes, something is published, or the consumer does some of its work.
_ACTS = st.sampled_from(("come", "come", "leave", "visit", "visit", "alert", "note", "gather", "send", "erase", "wait"))


class World:
    """A portal whose consumer dies at the n-th statement to the database, or before or after a mail is taken."""

    def __init__(self) -> None:
        self.server, self.teller = Server(), Teller()
        self.now = timezone.now()
        self.fuse: int | None = None
        self.crashes = self.written = 0
        self.owed: set[tuple[str, str]] = set()
        self.server.before = self.server.after = lambda _message: self._burn()
        self.addresses = 0

    def _burn(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Crash

    def _execute(self, execute, sql, params, many, context):
        self._burn()
        return execute(sql, params, many, context)

    def dying(self, work, fuse: int | None) -> None:
        """Do some work that is cut off after so many steps, if it has as many."""
        self.fuse = fuse
        try:
            with connection.execute_wrapper(self._execute):
                work()
        except Crash:
            self.crashes += 1
        finally:
            self.fuse = None

    def come(self) -> None:
        """A reader confirms an address."""
        self.addresses += 1
        address = f"r{self.addresses}@example.org"
        head = consumers.LogRow.objects.count()
        subscription = Subscription.objects.create(
            address=address, language="en", pace="daily" if self.addresses % 3 == 0 else "at-once",
            after=head, confirmed_at=self.now,
        )  # fmt: skip
        Choice.objects.create(subscription=subscription, subject="all" if self.addresses % 2 else "type:visit")

    def leave(self) -> None:
        """The reader who came first is gone, and is owed nothing."""
        if first := Subscription.objects.order_by("pk").first():
            self.owed = {each for each in self.owed if each[0] != first.address}
            signing_up.erase(first.address)

    def publish(self, record_type: str) -> None:
        """Something new, with a title of its own, which those who follow it are owed."""
        self.written += 1
        title = f"Tk{self.written}x"
        publish(document(record_type, f"r{self.written}", title=both(title, title)))
        following = Choice.objects.filter(subject__in=("all", f"type:{record_type}"))
        self.owed |= {(address, title) for address in following.values_list("subscription__address", flat=True)}

    def act(self, name: str, fuse: int | None) -> None:
        """Let one thing happen."""
        work = {
            "note": lambda: consumers.step(self.teller),
            "gather": lambda: noting.gather(self.now),
            "send": lambda: sending.send(self.now),
            "erase": lambda: erasing.erase(self.teller.name, self.now),
        }
        if name in work:
            self.dying(work[name], fuse)
        elif name == "wait":
            self.now += datetime.timedelta(minutes=7)
        elif name in ("visit", "alert"):
            self.publish(name)
        else:
            getattr(self, name)()

    def finish(self) -> None:
        """The consumer lives on until all is done."""
        for _ in range(3):
            while consumers.step(self.teller):
                pass
            self.now += datetime.timedelta(days=1)
            noting.gather(self.now)
            while sending.send(self.now):
                pass

    def told(self) -> Counter[tuple[str, str]]:
        """How often each reader was told of each title, by what the server took."""
        return Counter(
            (message.to[0], title) for message in self.server.taken for title in set(_TITLE.findall(message.body))
        )

    def uncertain(self) -> set[tuple[str, str]]:
        """What mails would have told whose hand-over was cut off."""
        cut_off = Notice.objects.filter(mail__state=Mail.State.UNCERTAIN)
        return {
            (address, f"Tk{uid.partition(':r')[2]}x")
            for address, uid in cut_off.values_list("subscription__address", "uid")
        }


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.tuples(_ACTS, st.none() | st.integers(0, 30)), max_size=30))
def test_at_most_once_and_nothing_missed(acts):
    run(acts)


@pytest.mark.django_db
@pytest.mark.parametrize("work", ["note", "gather", "send"])
def test_a_crash_at_every_single_step(work):
    """The same short life, cut off at its first step, its second, and so on, until it is not cut off any more."""
    before = [("come", None), ("come", None), ("visit", None), ("alert", None)]
    steps = ["note", "wait", "gather", "send"]
    for fuse in range(200):
        crashes = run([*before, *((step, fuse if step == work else None) for step in steps)])
        if not crashes:
            break
    assert 2 < fuse < 199


def run(acts) -> int:
    """Live through these, and look at what was told; how often it was cut off."""
    with transaction.atomic():
        world = World()
        with mock.patch("django.core.mail.get_connection", world.server):
            for name, fuse in acts:
                world.act(name, fuse)
            world.finish()
        told, uncertain = world.told(), world.uncertain()
        assert [each for each, times in told.items() if times > 1] == []
        assert world.owed - set(told) <= uncertain
        assert Mail.objects.filter(state=Mail.State.UNCERTAIN).count() <= world.crashes
        assert not Mail.objects.filter(state__in=("waiting", "sending")).exists()
        transaction.set_rollback(True)
    return world.crashes
