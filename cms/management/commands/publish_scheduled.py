"""``manage.py publish_scheduled``: what has come due, each item in a scope of its own.

Wagtail's command of this name stops at the first failing item; here one that fails is rolled back alone and shown to
the editors.
"""

import datetime
import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.desk.models import PublicationFailure
from cms.scope import publishing_scope

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Expires and publishes what has come due, oldest first."""

    help = _(
        "Publish and expire what was scheduled; an item that fails is rolled back alone and listed for the editors."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dryrun", action="store_true", help=_("only say what would happen"))

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at").values_list("pk", flat=True)
        due = (
            Revision.page_revisions.filter(approved_go_live_at__lt=now)
            .order_by("approved_go_live_at")
            .values_list("pk", "object_id")
        )
        if options["dryrun"]:
            self.stdout.write(
                _("%(expired)d to expire, %(due)d to publish") % {"expired": expired.count(), "due": due.count()}
            )
            return
        for pk in list(expired):
            self._attempt(pk, lambda pk=pk: _expire(pk, now))
        for pk, page_id in list(due):
            self._attempt(int(page_id), lambda pk=pk: _publish(pk, now))

    def _attempt(self, page_id: int, act: Any) -> None:
        try:
            with publishing_scope():
                act()
                PublicationFailure.objects.filter(page_id=page_id).delete()
        except Exception as failure:
            # One faulty record must not keep the others from their time; the editors' desk shows it until it succeeds.
            logger.exception("scheduled publication failed", extra={"page": page_id})
            PublicationFailure.objects.update_or_create(page_id=page_id, defaults={"message": str(failure)[:1000]})


def _expire(pk: int, now: datetime.datetime) -> None:
    """Take a page back, unless it was given more time meanwhile."""
    if page := Page.objects.filter(pk=pk, live=True, expire_at__lt=now).first():
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int, now: datetime.datetime) -> None:
    """Publish a revision, unless its schedule was cancelled meanwhile."""
    if revision := Revision.objects.filter(pk=pk, approved_go_live_at__lt=now).first():
        revision.publish(log_action="wagtail.publish.scheduled")
