"""Who may do what: editors write and hand in, moderators publish, strangers sign in first, and not endlessly."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from wagtail.models import Task, TaskState

from cms.models import MenuPage, VisitPage
from tests.factories.accounts import PASSWORD, account
from tests.factories.pages import add, draft, form_data, fresh, history, home, new, section, send, signed_in

pytestmark = pytest.mark.django_db

_STRANGE = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/desk/translations/",
    "/admin/reports/locked/",
]


@pytest.fixture
def writer(db):
    """An editor's browser."""
    home()
    return signed_in(account("lin", "Editors"))


@pytest.fixture
def moderator(db):
    """A moderator's browser."""
    home()
    return signed_in(account("chen", "Moderators"))


def add_address():
    return reverse("wagtailadmin_pages:add", args=["cms", "visitpage", section("visit").pk])


def test_editors_write_drafts_and_cannot_publish(writer):
    sent = form_data(new(), parent=section("visit"))
    assert writer.get(add_address()).status_code == 200
    assert "action-publish" not in writer.get(add_address()).content.decode()
    assert writer.post(add_address(), sent | {"action-publish": "1"}).status_code == 302
    page = VisitPage.objects.get()
    assert (page.live, history(page)) == (False, [])
    send(writer, page, headline_zh_hant="再改")
    assert (draft(page).headline_zh_hant, fresh(page).live, history(page)) == ("再改", False, [])


@pytest.mark.parametrize("name", ["unpublish", "delete", "move", "set_privacy"])
def test_editors_cannot_take_back_what_is_public(writer, name):
    page = add(publish=True)
    writer.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"restriction_type": "login"})
    assert (fresh(page).live, history(page)) == (True, ["publish"])


def test_editors_cannot_publish_in_bulk_or_by_reverting(writer):
    page = add(publish=True)
    first = page.latest_revision
    send(writer, page, headline_zh_hant="草稿")
    writer.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    data = form_data(first.as_object()) | {"revision": first.pk, "action-publish": "1"}
    writer.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert history(page) == ["publish"]


def test_what_an_editor_hands_in_a_moderator_approves(writer, moderator):
    writer.post(add_address(), form_data(new(), parent=section("visit")) | {"action-submit": "1"})
    page = VisitPage.objects.get()
    [state] = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    assert (history(page), state.task) == ([], Task.objects.get())
    assert page.get_admin_display_title() in moderator.get("/admin/").content.decode()
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert writer.post(address).status_code in (302, 403)
    assert history(page) == []
    moderator.post(address)
    assert (fresh(page).live, history(page)) == (True, ["publish"])
    assert any("lin@example.org" in message.to for message in mail.outbox)


def test_what_is_sent_back_stays_a_draft(writer, moderator):
    page = add()
    send(writer, page, "action-submit")
    state = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    moderator.post(address, {"comment": "請補出處"})
    assert (fresh(page).live, history(page)) == (False, [])
    assert TaskState.objects.get().status == TaskState.STATUS_REJECTED


def test_what_is_handed_in_is_checked_like_what_is_published(writer):
    page = add(MenuPage, parent=home())
    response = send(writer, page, "action-submit", headline_en="x", headline_zh_hant="")
    assert set(response.context["form"].errors) == {"headline_zh_hant"}
    assert TaskState.objects.count() == 0


def test_moderators_publish(moderator):
    moderator.post(add_address(), form_data(new(), parent=section("visit")) | {"action-publish": "1"})
    assert history(VisitPage.objects.get()) == ["publish"]


@pytest.mark.parametrize("address", _STRANGE)
def test_strangers_get_the_login_page(client, address):
    home()
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
    assert client.post(address).status_code in (302, 403)
    assert "使用者" in client.get(response.url).content.decode()


def test_accounts_without_a_group_stay_outside(db):
    home()
    response = signed_in(account("nobody")).get("/admin/")
    assert response.status_code in (302, 403)


@pytest.mark.parametrize(
    ("header", "said"), [("zh-TW,zh;q=0.9", "登入嘗試次數過多"), ("en-GB,en;q=0.9", "Too many attempts to sign in")]
)
def test_sign_in_attempts_end(client, header, said):
    account("lin", "Editors")
    for number in range(settings.AXES_FAILURE_LIMIT + 1):
        sent = {"username": "lin", "password": PASSWORD if number == settings.AXES_FAILURE_LIMIT else "wrong"}
        response = client.post("/admin/login/", sent, headers={"Accept-Language": header})
    assert response.status_code == 429
    assert said in response.content.decode()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("header", "said"), [("zh-TW,zh;q=0.9", "密碼"), ("en-GB,en;q=0.9", "Password"), ("fr", "密碼"), ("", "密碼")]
)
def test_the_login_page_speaks_the_browsers_language(client, header, said):
    home()
    page = client.get("/admin/login/", headers={"Accept-Language": header}).content.decode()
    assert re.search(r'<label [^>]*for="id_password"[^>]*>\s*(\w+)', page)[1] == said


def test_an_editor_chooses_a_language(client):
    home()
    account("lin", "Editors", language="en")
    sent = {"username": "lin", "password": PASSWORD, "next": "/admin/"}
    response = client.post("/admin/login/", sent, follow=True, headers={"Accept-Language": "zh-TW"})
    assert response.status_code == 200
    assert 'lang="en' in response.content.decode()
