"""``manage.py publication reconcile | rebuild | redact``: the log against the pages, and what the law takes out."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from cms.base.models import page_model
from cms.publishing import PublicationError
from cms.redaction import redact_record
from cms.scope import publishing_scope
from portal.core.batches import batches
from portal.core.languages import language_map
from portal.publication import current, log
from portal.publication.models import CurrentRecord, LogRow
from portal.publication.types import TYPES

#: Pages per scope, so that editors are not held up for long.
_CHUNK = 200


class Command(BaseCommand):
    """The keeper's commands on the publication log."""

    help = _(
        "reconcile: bring the log up to the state of all pages; rebuild: make the current records anew; "
        "redact: take versions out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("reconcile", help=_("bring the log up to the state of all pages"))
        actions.add_parser("rebuild", help=_("make the current records anew from the log"))
        redact = actions.add_parser("redact", help=_("take versions of a record out, under a row that says why"))
        redact.add_argument("uid")
        redact.add_argument("--versions", help=_("such as 1,2; all of them if left out"))
        redact.add_argument("--ground", required=True, help=_("the legal ground, in Chinese"))
        redact.add_argument("--ground-en", help=_("the legal ground, in English"))
        redact.add_argument("--authority", required=True, help=_("who ordered it, in Chinese"))
        redact.add_argument("--authority-en", help=_("who ordered it, in English"))
        redact.add_argument(
            "--date", default=datetime.date.today().isoformat(), help=_("the date of the decision, ISO 8601")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["action"])(**options)

    def reconcile(self, **_options: Any) -> None:
        """Settle every page, and withdraw every public record whose page is gone."""
        before = LogRow.objects.count()
        uids: set[str] = set()
        try:
            for record_type in TYPES:
                pages = list(page_model(record_type).objects.order_by("pk").values_list("pk", "uid"))
                uids |= {uid for _pk, uid in pages}
                for chunk in batches([pk for pk, _uid in pages], _CHUNK):
                    with publishing_scope() as touched:
                        touched.pages.update(chunk)
            orphans = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC).exclude(uid__in=uids)
            with publishing_scope() as touched:
                touched.deleted.update(orphans.values_list("uid", "type"))
        except PublicationError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_("%(count)d rows appended") % {"count": LogRow.objects.count() - before})

    def rebuild(self, **_options: Any) -> None:
        """Make the current records anew, for instance after an upgrade that shows more of them."""
        with transaction.atomic(durable=True):
            log.lock()
            count = current.rebuild()
        self.stdout.write(_("%(count)d current records") % {"count": count})

    def redact(self, **options: Any) -> None:
        """Redact versions of a record everywhere."""
        try:
            datetime.date.fromisoformat(options["date"])
            versions = [int(number) for number in options["versions"].split(",")] if options["versions"] else None
            row = redact_record(
                options["uid"],
                versions,
                ground=language_map(options["ground"], options["ground_en"]) or {},
                authority=language_map(options["authority"], options["authority_en"]) or {},
                date=options["date"],
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("redacted by row %(seq)d") % {"seq": row.seq})
