"""Scheduled publication and expiry, each item by itself."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.management.commands import publish_scheduled
from cms.models import PublicationFailure, VisitPage
from portal.publication import selectors
from tests import readers
from tests.factories.pages import AdminClient, add, change, changing, fresh, history, section, send


@pytest.fixture
def clock(monkeypatch):
    """A clock that can be put forward or back by hours."""
    now = timezone.now
    hours = [0]
    monkeypatch.setattr(timezone, "now", lambda: now() + datetime.timedelta(hours=hours[0]))

    def put(forward):
        hours[0] += forward

    return put


@pytest.fixture
def due(django_capture_on_commit_callbacks):
    def run(**options):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled", verbosity=0, **options)

    return run


def soon(hours=1):
    return timezone.now() + datetime.timedelta(hours=hours)


def test_a_new_record_comes_when_it_is_time(editor, clock, due):
    page = add(headline_zh_hant="預定Sd1")
    send(editor, page, go_live_at=soon())
    assert fresh(page).approved_schedule
    due()
    assert history(page) == []
    assert readers.tables_with("Sd1") == set()
    clock(2)
    due(dryrun=True)
    assert history(page) == []
    due()
    due()
    assert history(page) == ["publish"]


def test_an_edit_of_a_public_record_comes_when_it_is_time(editor, clock, due):
    page = add(publish=True)
    send(editor, page, go_live_at=soon(), headline_zh_hant="預定Sd2")
    assert history(page) == ["publish"]
    assert readers.tables_with("Sd2") == set()
    clock(2)
    due()
    assert history(page) == ["publish", "publish"]
    assert selectors.versions(page.uid)[-1].document["title"]["zh-Hant"] == "預定Sd2"


def test_expiry(editor, clock, due):
    page = add(publish=True)
    send(editor, page, expire_at=soon(3))
    assert history(page) == ["publish"]
    clock(2)
    due()
    assert history(page) == ["publish"]
    clock(2)
    due()
    assert history(page) == ["publish", "withdraw"]
    assert fresh(page).expired


def test_a_schedule_that_was_cancelled(editor, clock, due):
    page = add()
    send(editor, page, go_live_at=soon())
    revision = fresh(page).scheduled_revision
    editor.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))
    clock(2)
    due()
    assert history(page) == []


def test_a_private_record_comes_to_nobody(editor, clock, due):
    page = add(headline_zh_hant="預定Sd3")
    send(editor, page, go_live_at=soon())
    editor.post(reverse("wagtailadmin_pages:set_privacy", args=[section("visit").pk]), {"restriction_type": "login"})
    clock(2)
    due()
    assert fresh(page).live
    assert history(page) == []
    assert readers.tables_with("Sd3") == set()


def test_one_that_fails_stands_alone_and_is_shown(editor: AdminClient, clock, due):
    good, bad, leaving = add(), add(slug="taken-later"), add(publish=True)
    for page in (bad, good):
        send(editor, page, go_live_at=soon())
    send(editor, leaving, expire_at=soon())
    with changing():
        VisitPage.objects.filter(pk=bad.pk).update(slug="somewhere-else")
    other = add(publish=True, slug="taken-later")
    clock(2)
    due()
    assert (history(good), history(bad), history(leaving)) == (["publish"], [], ["publish", "withdraw"])
    assert not fresh(bad).live
    [failure] = PublicationFailure.objects.all()
    assert failure.page_id == bad.pk
    assert "taken-later" in failure.message
    shown = editor.get(reverse("cms_failures"))
    assert "taken-later" in shown.content.decode()
    change(other, slug="made-room")
    due()
    assert history(bad) == ["publish"]
    assert not PublicationFailure.objects.exists()


def test_the_log_never_goes_back_in_time(clock):
    page = add(publish=True)
    clock(-5)
    change(page, summary_zh_hant="早了")
    moments = [version.members["published_at"] for version in selectors.versions(page.uid)]
    assert moments == sorted(moments)


@pytest.mark.parametrize("what", ["unscheduled", "given more time", "deleted"])
def test_what_changes_while_others_come_due(editor, clock, due, monkeypatch, what):
    """The list of what is due was read before: each item is looked at again when its turn comes."""
    first, second = add(publish=True), add(publish=what == "given more time")
    send(editor, first, expire_at=soon())
    send(editor, second, **({"expire_at": soon()} if what == "given more time" else {"go_live_at": soon()}))
    clock(2)
    expire = publish_scheduled._expire

    def meanwhile(pk, now):
        if pk == first.pk:
            if what == "deleted":
                Page.objects.get(pk=second.pk).delete()
            elif what == "unscheduled":
                Revision.objects.for_instance(second).update(approved_go_live_at=None)
            else:
                page = fresh(second)
                page.expire_at = soon(5)
                page.save()
        expire(pk, now)

    monkeypatch.setattr(publish_scheduled, "_expire", meanwhile)
    due()
    assert history(first) == ["publish", "withdraw"]
    assert history(second) == (["publish"] if what == "given more time" else [])
    assert not PublicationFailure.objects.exists()


def test_what_is_scheduled_is_locked_until_it_is_unscheduled(editor, clock, due):
    page = add()
    send(editor, page, go_live_at=soon())
    send(editor, page, go_live_at=None)
    assert history(page) == []
    revision = fresh(page).scheduled_revision
    editor.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))
    send(editor, page, go_live_at=None)
    assert history(page) == ["publish"]
    clock(2)
    due()
    assert history(page) == ["publish"]
