"""``manage.py reconcile_counts``: published counts of cases beside the cases."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.datasets.reconciling import Agreement, agreements
from portal.cases.counts.asking import NotCounted
from portal.cases.counts.sent import Statement, statements


class Command(BaseCommand):
    """A line per published figure; exits with 1 if one does not agree. Hidden figures stay hidden here."""

    help = _("Compare the published counts of a kind with its cases, month by month.")

    def add_arguments(self, parser: CommandParser) -> None:
        """The kind, and a month if it is only one."""
        parser.add_argument("--kind", required=True, help=_("the kind of case, such as consumer-complaint"))
        parser.add_argument("--period", help=_("only this month, such as 2022-06"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare."""
        compared = apart = 0
        months: dict[str, None] = {}
        try:
            for each in agreements(kind=options["kind"], period=options["period"], now=timezone.now()):
                compared += 1
                months[each.period] = None
                apart += not each.reconciled.agrees
                self.stdout.write(f"{options['kind']} {_line(each)}")
        except NotCounted as reason:
            raise CommandError(str(reason)) from reason
        for sent in (each for month in months for each in statements(options["kind"], month)):
            apart += not sent.agrees
            self.stdout.write(f"{options['kind']} {_sent_line(sent)}")
        if apart:
            raise CommandError(
                ngettext("%(count)d figure does not agree", "%(count)d figures do not agree", apart) % {"count": apart}
            )
        self.stdout.write(
            ngettext("%(count)d figure agrees", "%(count)d figures agree", compared) % {"count": compared}
        )


def _sent_line(sent: Statement) -> str:
    told = {
        "period": sent.period,
        "module": sent.module,
        "agency": sent.agency,
        "version": sent.version,
        "at": sent.sent_at.isoformat(timespec="seconds"),
        "checksum": sent.checksum,
    }
    line = _(
        "%(period)s: counts sent by %(module)s of %(agency)s at %(at)s, version %(version)s, checksum %(checksum)s"
    )
    sums = _("sums agree") if sent.sums_agree else _("sums do NOT agree")
    checksum = _("checksum agrees") if sent.checksum_agrees else _("checksum does NOT agree")
    return f"{line % told}: {sums}, {checksum}"


def _line(agreement: Agreement) -> str:
    found = agreement.reconciled
    if found.is_hidden:
        return _("%(period)s %(key)s: not shown") % {"period": agreement.period, "key": agreement.key}
    told = {
        "period": agreement.period,
        "key": agreement.key,
        "published": found.published.value,
        "counted": "–" if found.counted is None else found.counted,
        "sums": ", ".join(str(each) for each in found.sums),
    }
    if found.sums:
        return _("%(period)s %(key)s: published %(published)s, counted %(counted)s, sum of its parts %(sums)s") % told
    return _("%(period)s %(key)s: published %(published)s, counted %(counted)s") % told
