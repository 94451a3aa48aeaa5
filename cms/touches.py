"""The signals that mark pages as touched. They decide nothing: what is public is decided by state, when the scope
settles.

Only of ``page_published`` something else is noted, that the record is published again and takes its figures anew.

``post_save`` fires for drafts too, and for every class of a page; QuerySet.update() fires nothing, so nothing here or
in the seeding uses it on pages.
"""

from typing import Any

from django.db.models import SET_NULL, Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, post_page_move

from cms.scope import touched

#: What Wagtail works out of an upload when it is first looked at, and stores, even to show a page of the admin.
_MEASURED = frozenset({"file_size", "file_hash"})


def connect() -> None:
    """Connect all signals; called once, when the application is ready."""
    pre_save.connect(_saving, dispatch_uid="cms.touches.saving")
    post_save.connect(_saved, dispatch_uid="cms.touches.saved")
    pre_delete.connect(_deleting, dispatch_uid="cms.touches.deleting")
    post_delete.connect(_restriction_deleted, sender=PageViewRestriction, dispatch_uid="cms.touches.unrestricted")
    page_published.connect(_published, dispatch_uid="cms.touches.published")
    post_page_move.connect(_moved, dispatch_uid="cms.touches.moved")


def citing(instance: Model) -> set[int]:
    """The pages whose live content refers to an object, by Wagtail's index of references."""
    references = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    return {int(pk) for pk in references.values_list("object_id", flat=True)}


def _saving(sender: type[Model], instance: Model, raw: bool = False, **_kwargs: Any) -> None:
    """Refuse before anything is written: outside a scope there may be no transaction to undo it."""
    if not raw and (isinstance(instance, Page | PageViewRestriction) or _parents(sender, instance)):
        touched()


def _saved(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **_kwargs: Any,
) -> None:
    if raw or (update_fields and update_fields <= _MEASURED):
        return
    if isinstance(instance, Page):
        touched().pages.add(instance.pk)
    elif isinstance(instance, PageViewRestriction):
        touched().subtrees.add(instance.page_id)
    elif isinstance(instance, get_image_model() | get_document_model()):
        if pages := citing(instance):
            touched().pages.update(pages)
    elif parents := _parents(sender, instance):
        touched().pages.update(parents)


def _deleting(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        uid = getattr(instance, "uid", None)
        if uid:
            touched().deleted[uid] = instance.record_type
        touched().pages.update(citing(instance) | _losing(instance))
    elif isinstance(instance, get_image_model() | get_document_model()):
        if pages := citing(instance):
            touched().pages.update(pages)
    elif parents := _parents(sender, instance):
        touched().pages.update(parents)


def _restriction_deleted(instance: PageViewRestriction, **_kwargs: Any) -> None:
    touched().subtrees.add(instance.page_id)


def _published(instance: Page, **_kwargs: Any) -> None:
    """That somebody published a page, not only touched it. A page that is only scheduled is not live."""
    if instance.live:
        touched().published.add(instance.pk)


def _moved(instance: Page, **_kwargs: Any) -> None:
    touched().subtrees.add(instance.pk)


def _parents(sender: type[Model], instance: Model) -> set[int]:
    """The pages that an object is a part of (their child by ParentalKey)."""
    keys = (field for field in sender._meta.get_fields() if isinstance(field, ParentalKey))
    parents = {getattr(instance, key.attname) for key in keys if issubclass(key.related_model, Page)}
    return parents - {None}


def _losing(instance: Model) -> set[int]:
    """The pages whose reference to a deleted page becomes null without a signal of their own."""
    found: set[int] = set()
    for relation in type(instance)._meta.get_fields(include_hidden=True):
        loses = relation.auto_created and not relation.concrete and getattr(relation, "on_delete", None) is SET_NULL
        if loses and issubclass(relation.related_model, Page):
            losing = relation.related_model._base_manager.filter(**{relation.field.name: instance.pk})
            found.update(losing.values_list("pk", flat=True))
    return found
