"""Editors submit, moderators approve; who may not do something changes nothing."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from portal.publication.models import LogRow
from tests import readers
from tests.factories.pages import add, change, form_data, fresh, history, home, new, section, send, signed_in


def member(name, user_model, *permissions):
    """A browser of somebody in a group with these permissions on all pages."""
    group = Group.objects.create(name=f"{name}s of the test")
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(access)
    for permission in permissions:
        GroupPagePermission.objects.create(
            group=group,
            page=home(),
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{permission}_page"),
        )
    user = user_model.objects.create_user(name, f"{name}@example.org", "x")
    user.groups.add(group)
    return signed_in(user), group


@pytest.fixture
def author(django_user_model):
    return member("author", django_user_model, "add", "change")[0]


@pytest.fixture
def moderator(django_user_model):
    client, group = member("moderator", django_user_model, "add", "change", "publish")
    workflow = Workflow.objects.create(name="Approval", active=True)
    task = GroupApprovalTask.objects.create(name="A moderator agrees", active=True)
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.filter(page=home()).delete()
    WorkflowPage.objects.create(workflow=workflow, page=home())
    return client


def act(client, page, action):
    state = fresh(page).current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), {})


def test_approval_publishes(author, moderator):
    parent = section("visit")
    address = reverse("wagtailadmin_pages:add", args=["cms", "visitpage", parent.pk])
    author.post(address, form_data(new(headline_zh_hant="待審Rr8"), parent=parent) | {"action-submit": "1"})
    page = Page.objects.child_of(parent).get().specific
    assert page.current_workflow_state is not None
    assert history(page) == []
    assert readers.tables_with("Rr8") == set()
    act(moderator, page, "approve")
    assert fresh(page).live
    assert history(page) == ["publish"]


def test_approval_of_an_edit(author, moderator):
    page = add(publish=True)
    send(author, page, "action-submit", summary_zh_hant="改過了")
    assert history(page) == ["publish"]
    act(moderator, page, "approve")
    assert history(page) == ["publish", "publish"]


def test_rejection_publishes_nothing(author, moderator):
    page = add(publish=True)
    send(author, page, "action-submit", summary_zh_hant="退回Rr9")
    act(moderator, page, "reject")
    assert history(page) == ["publish"]
    assert readers.tables_with("Rr9") == set()


def test_authors_cannot_approve(author, moderator):
    page = add(publish=True)
    send(author, page, "action-submit", summary_zh_hant="改過了")
    act(author, page, "approve")
    assert history(page) == ["publish"]


@pytest.mark.parametrize(
    "name", ["publish", "unpublish", "delete", "set_privacy", "copy", "bulk publish", "bulk unpublish", "bulk delete"]
)
def test_what_authors_may_not_do_changes_nothing(author, name):
    page = add(publish=True)
    change(page, publish=False, summary_zh_hant="草稿")
    rows, pages, revisions = LogRow.objects.count(), Page.objects.count(), Revision.objects.count()
    if name == "publish":
        send(author, page, "action-publish", headline_zh_hant="不准")
        assert Revision.objects.count() == revisions + 1
    elif name == "set_privacy":
        author.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"})
    elif name == "copy":
        data = {"new_title": "x", "new_slug": "x", "new_parent_page": section("visit").pk, "publish_copies": "on"}
        author.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
        assert not Page.objects.child_of(section("visit")).exclude(pk=page.pk).live().exists()
        pages = Page.objects.count()
    elif name.startswith("bulk"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name.split()[1]])
        author.post(f"{address}?id={page.pk}")
    else:
        author.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
    assert (LogRow.objects.count(), Page.objects.count()) == (rows, pages)
    assert fresh(page).live


def test_strangers_change_nothing(client):
    page = add(publish=True)
    for name in ("unpublish", "delete", "set_privacy", "copy", "edit"):
        response = client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"restriction_type": "login"})
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]
    assert history(page) == ["publish"]
