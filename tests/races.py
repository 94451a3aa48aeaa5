"""Several people at once: each in a thread with a database connection of their own."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms.models import PlainPage
from cms.scope import publishing_scope
from portal.publication import verify
from portal.publication.models import CurrentRecord, LogRow
from tests.factories.documents import both, document, publish
from tests.factories.pages import add, form_data, fresh, home, new, section, signed_in, superuser

Act = Callable[[], Any]


def at_once(acts: Sequence[Act], *, timeout: float = 600) -> list[BaseException]:
    """Begin all of them at the same moment, wait for their ends, and return what went wrong."""
    start, faults = threading.Barrier(len(acts)), []

    def run(act: Act) -> None:
        try:
            start.wait()
            act()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout)
        assert not thread.is_alive(), "somebody waits for ever"
    return faults


def followed(writers: Sequence[Act]) -> list[int]:
    """Let writers write while a reader follows ``changes/`` from its first row; the numbers that the reader was given,
    in the order in which it was given them.
    """
    running, seen = threading.Event(), []
    running.set()

    def read() -> None:
        client, after = Client(), 0
        while True:
            last_round = not running.is_set()
            answer = client.get(f"/api/v1/changes/?after={after}&limit=50").json()
            seen.extend(row["seq"] for row in answer["results"])
            after = answer["next_after"]
            if last_round and not answer["results"]:
                connection.close()
                return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    faults = at_once(writers)
    running.clear()
    reader.join(60)
    assert faults == [], faults
    return seen


def log_writers_and_a_reader(writers: int, rounds: int) -> None:
    """Writers append to the log itself, one to three rows at a time, some slowly, some in vain: the reader is given
    every row once, in order, none before another that it has not seen, and none that was rolled back.
    """
    appended = []

    def write(number: int) -> None:
        chance, rows = random.Random(number), 0
        for turn in range(rounds):
            count = chance.randint(1, 3)
            documents = [document("visit", f"w{number}-{place}", title=both(f"第{turn}次")) for place in range(count)]
            with suppress(_InVain), transaction.atomic():
                publish(*documents)
                if chance.random() < 0.1:
                    time.sleep(0.01)
                if chance.random() < 0.1:
                    raise _InVain
                rows += count
        appended.append(rows)

    seen = followed([lambda number=number: write(number) for number in range(writers)])
    assert LogRow.objects.count() == sum(appended)
    assert seen == list(range(1, sum(appended) + 1))
    assert [finding for finding in verify.chain() if finding.problem] == []


class _InVain(Exception):
    """The writer changes their mind."""


def editing_writers_and_a_reader(writers: int, rounds: int) -> None:
    """The same with pages: writers publish, edit, take back and move pages of their own between shared sections."""
    parent, shelf = section("visit"), add(PlainPage, publish=True)
    pages = [add(parent=parent) for _writer in range(writers)]
    before, appended = LogRow.objects.count(), []

    def write(number: int) -> None:
        chance, page, rows = random.Random(number), pages[number], 0
        for turn in range(rounds):
            with publishing_scope():
                edited = fresh(page)
                if edited.live and chance.random() < 0.2:
                    edited.unpublish()
                else:
                    edited.summary_zh_hant = f"第{number}位第{turn}次"
                    edited.save_revision().publish()
                rows += 1
            if chance.random() < 0.2:
                with publishing_scope():
                    here = fresh(page)
                    here.move(fresh(shelf if here.get_parent().pk == parent.pk else parent), pos="last-child")
        appended.append(rows)

    seen = followed([lambda number=number: write(number) for number in range(writers)])
    assert LogRow.objects.count() == before + sum(appended)
    assert seen == list(range(1, before + sum(appended) + 1))
    assert [finding for finding in verify.chain() if finding.problem] == []
    assert Page.find_problems() == ([], [], [], [], [])


def publish_against_restrict(times: int) -> None:
    """One publishes what another makes private, by each of the ways: whoever is first, nobody sees it in the end."""
    ways = [_restrict_above, _restrict_itself, _move_below_private]
    for turn in range(times):
        shelf = add(PlainPage, parent=home(), publish=True)
        page = add(parent=shelf)
        hide = ways[turn % len(ways)](page, shelf)
        faults = at_once([lambda page=page: _publish(page), hide])
        assert faults == [], faults
        assert fresh(page).live
        assert not CurrentRecord.objects.filter(uid=page.uid, state="public").exists(), turn
        with publishing_scope():
            Page.objects.get(pk=shelf.pk).delete()


def _publish(page: Any) -> None:
    with publishing_scope():
        page.get_latest_revision().publish()


def _restrict(page: Any) -> Act:
    def act() -> None:
        with publishing_scope():
            PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")

    return act


def _restrict_above(_page: Any, shelf: Any) -> Act:
    return _restrict(shelf)


def _restrict_itself(page: Any, _shelf: Any) -> Act:
    return _restrict(page)


def _move_below_private(page: Any, shelf: Any) -> Act:
    private = add(PlainPage, parent=shelf, publish=True)
    _restrict(private)()

    def act() -> None:
        with publishing_scope():
            fresh(page).move(fresh(private), pos="last-child")

    return act


def editors_at_once(editors: int, rounds: int) -> None:
    """Editors publish in the admin, their own pages and new ones in one section: no request fails, nothing is lost."""
    parent = section("visit")
    pages = [add(parent=parent, publish=True) for _editor in range(editors)]
    clients = [signed_in(superuser(f"editor{number}")) for number in range(editors)]
    edits = [[form_data(_edited(page, turn)) | {"action-publish": "1"} for turn in range(rounds)] for page in pages]
    news = [form_data(new(), parent=parent) | {"action-publish": "1"} for _editor in range(editors)]
    before = LogRow.objects.count()

    def edit(number: int) -> None:
        client, page = clients[number], pages[number]
        for data in edits[number]:
            response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
            assert response.status_code == 302, response.context["form"].errors
        address = reverse("wagtailadmin_pages:add", args=["cms", "visitpage", parent.pk])
        assert client.post(address, news[number]).status_code == 302

    faults = at_once([lambda number=number: edit(number) for number in range(editors)])
    assert faults == [], faults
    assert LogRow.objects.count() == before + editors * (rounds + 1)
    assert [finding for finding in verify.chain() if finding.problem] == []
    assert Page.find_problems() == ([], [], [], [], [])


def _edited(page: Any, turn: int) -> Any:
    edited = fresh(page)
    edited.summary_zh_hant = f"第{turn}次"
    return edited
