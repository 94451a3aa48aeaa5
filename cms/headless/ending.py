"""The signals that end drafts: a page was published or deleted, an editor signed out."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published

from cms.headless import drafts


def connect() -> None:
    """Connect all signals; called once, when the application is ready."""
    page_published.connect(_page, dispatch_uid="cms.headless.published")
    post_delete.connect(_deleted, dispatch_uid="cms.headless.deleted")
    user_logged_out.connect(_signed_out, dispatch_uid="cms.headless.signed_out")


def _page(instance: Page, **_kwargs: Any) -> None:
    drafts.end_of_page(instance)


def _deleted(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        drafts.end_of_page(instance)


def _signed_out(user: Any, **_kwargs: Any) -> None:
    if user is not None:
        drafts.end_of_editor(user)
