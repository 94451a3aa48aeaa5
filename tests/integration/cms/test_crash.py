"""Publishing cut off at any step leaves both page and log row, or neither; and tried again it works."""

from inspect import isfunction

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from wagtail.models import Page, Revision

from cms import publishing, scope
from portal.publication import current, files, log
from portal.publication.models import Content, CurrentRecord, FileUse, Head, LogRow, PublicFile
from tests import invariants
from tests.factories.pages import add, change, fresh, history, home, image, picture, section, send, signed_in, stream


class Cut(Exception):
    """The power goes."""


def cut(*_args, **_options):
    raise Cut


def after(step):
    """The step is done, then the power goes."""

    def done(*args, **options):
        step(*args, **options)
        raise Cut

    return done


#: Every step of publishing, in order: where it is called, its name, and whether the cut comes before or after it. A
#: manager is asked for when it is needed: Django makes new ones whenever it looks at all models again.
STEPS = {
    "before the lock": (log, "lock", cut),
    "with the lock": (log, "lock", after(log.lock)),
    "building the document": (publishing, "build", cut),
    "exposing a file": (files, "expose", cut),
    "after exposing a file": (files, "expose", after(files.expose)),
    "noting a public file": (lambda: PublicFile.objects, "get_or_create", cut),
    "checking the schema": (log, "validate", cut),
    "writing the row": (lambda: LogRow.objects, "create", cut),
    "between row and content": (lambda: Content.objects, "create", cut),
    "between content and file uses": (lambda: FileUse.objects, "bulk_create", cut),
    "after the log": (log, "append", after(log.append)),
    "bringing current records up to date": (current, "refresh", cut),
    "between state and ready record": (current, "_make_ready", cut),
    "moving the head": (lambda: Head.objects, "update_or_create", cut),
    "after everything": (publishing, "settle", after(publishing.settle)),
}

#: What an editor does, and what it appends.
ACTS = {
    "publish": (lambda client, page: send(client, page, summary_zh_hant="改了"), "publish"),
    "unpublish": (
        lambda client, page: client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])),
        "withdraw",
    ),
    "delete": (lambda client, page: client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])), "withdraw"),
    "restrict": (
        lambda client, page: client.post(
            reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"}
        ),
        "withdraw",
    ),
}


def state(page):
    """Everything that an act may change."""
    return (
        list(Page.objects.order_by("pk").values()),
        list(type(page).objects.order_by("pk").values()),
        sorted(Revision.objects.values_list("pk", flat=True)),
        list(LogRow.objects.order_by("seq").values()),
        list(CurrentRecord.objects.order_by("uid").values()),
        list(PublicFile.objects.values()),
        list(Head.objects.values()),
    )


@pytest.mark.parametrize("step", STEPS)
def test_publishing_cut_off(editor, monkeypatch, step):
    page = add(publish=True)
    change(page, publish=False, media=stream(picture(image("red"))))
    before = state(page)
    place, name, how = STEPS[step]
    with monkeypatch.context() as power:
        power.setattr(place() if isfunction(place) else place, name, how)
        with pytest.raises(Cut):
            send(editor, page, summary_zh_hant="改了")
    assert state(page) == before
    invariants.check()
    assert send(editor, page, summary_zh_hant="改了").status_code == 302
    assert history(page) == ["publish", "publish"]
    assert fresh(page).summary_zh_hant == "改了"


@pytest.mark.parametrize("act", ["unpublish", "delete", "restrict"])
@pytest.mark.parametrize("step", ["between row and content", "bringing current records up to date", "after everything"])
def test_taking_back_cut_off(editor, monkeypatch, act, step):
    page = add(publish=True)
    before = state(page)
    place, name, how = STEPS[step]
    do, action = ACTS[act]
    with monkeypatch.context() as power:
        power.setattr(place() if isfunction(place) else place, name, how)
        with pytest.raises(Cut):
            do(editor, page)
    assert state(page) == before
    do(editor, page)
    assert history(page) == ["publish", action]


def test_a_scope_is_forgotten_after_a_cut(editor, monkeypatch):
    with monkeypatch.context() as power:
        power.setattr(publishing, "settle", cut)
        with pytest.raises(Cut):
            add(publish=True)
    with pytest.raises(scope.OutsidePublishingScope):
        scope.touched()


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails(monkeypatch):
    """The database says no at the very end."""
    home(), section("visit")
    editor = signed_in()
    page = add(publish=True)
    before = state(page)

    def refuse():
        raise OperationalError("disk full")

    with monkeypatch.context() as power:
        power.setattr(connection, "_commit", refuse)
        with pytest.raises(OperationalError), scope.publishing_scope():
            change_within(page)
    assert state(page) == before
    send(editor, page, summary_zh_hant="改了")
    assert history(page) == ["publish", "publish"]


def change_within(page):
    """Edit and publish within the running scope."""
    edited = fresh(page)
    edited.summary_zh_hant = "改了"
    edited.save_revision().publish()


@pytest.mark.django_db(transaction=True)
def test_what_runs_after_the_commit_undoes_nothing(monkeypatch):
    """Tasks that fail after the commit (Wagtail's indexes) leave the version published and the answer whole."""
    from wagtail import signal_handlers

    page = add(publish=True)
    editor = signed_in()
    with monkeypatch.context() as power:
        power.setattr(signal_handlers.ReferenceIndex, "create_or_update_for_object", cut)
        assert send(editor, page, summary_zh_hant="改了").status_code == 302
    assert history(page) == ["publish", "publish"]
