"""What holds after every change, however it was made.

- What is public is what is live and public in Wagtail, worked out here from the page tables by Wagtail's own queries.
- The log verifies, and its triggers are there.
- The current records, citations and addresses are those that the log alone would give.
- Looking again at every page finds nothing to publish and nothing to withdraw.
"""

from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.base.models import RecordPage
from cms.publishing import settle
from cms.scope import Touched
from portal.publication import current, verify
from portal.publication.models import Address, Citation, CurrentRecord, Head, LogRow

_KEPT = [field.attname for field in CurrentRecord._meta.concrete_fields if field.name != "changed_at"]


def public_pages() -> set[str]:
    """The uids of the records that are live and have no view restriction on themselves or above."""
    pages = Page.objects.live().public().specific()
    return {page.uid for page in pages if isinstance(page, RecordPage)}


def public_records() -> set[str]:
    """The uids of the records that readers are given."""
    return set(CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC).values_list("uid", flat=True))


def faults() -> list[str]:
    """What is wrong with the log."""
    found = [f"{finding.seq}: {finding.message}" for finding in verify.chain() if finding.problem]
    return found + verify.missing_triggers()


def snapshot() -> dict[str, Any]:
    """Everything that follows from the log, but for the moments at which it was worked out."""
    return {
        "records": list(CurrentRecord.objects.order_by("uid").values(*_KEPT)),
        "citations": sorted(Citation.objects.values_list("source", "target", "role")),
        "addresses": sorted(Address.objects.values_list("path", "uid", "since")),
    }


def check() -> None:
    """Assert all of it; nothing is changed."""
    assert public_records() == public_pages()
    assert faults() == []
    last = LogRow.objects.order_by("-seq").first()
    assert (Head.objects.get(pk=1).seq if last else 0) == (last.seq if last else 0)
    with transaction.atomic():
        kept = snapshot()
        current.rebuild()
        rebuilt = snapshot()
        missed = settle(Touched(pages=set(Page.objects.values_list("pk", flat=True))))
        transaction.set_rollback(True)
    assert rebuilt == kept
    assert missed == []
