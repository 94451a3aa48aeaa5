"""Reading attachments. Whoever reads one leaves an audit row, as with every other personal value: nothing is returned
before that is kept. Permission is the caller's to check.
"""

import uuid
from dataclasses import dataclass

from portal.cases.attachments.keeping import content_of
from portal.cases.attachments.refusals import AttachmentErased, AttachmentUnknown
from portal.cases.attachments.sealing import file_key
from portal.cases.kinds.fields import ATTACHMENT_NAME
from portal.cases.models import Attachment, Case, PersonalValue, Reading
from portal.cases.personal import auditing, ciphers
from portal.cases.personal.keys import data_keys
from portal.cases.personal.reading import read_events
from portal.cases.personal.wrapped import Personal

#: What audit rows call the content.
CONTENT = "attachment"


@dataclass(frozen=True, slots=True)
class Opened:
    """An attachment that was read."""

    attachment: Attachment
    name: Personal
    content: bytes


def attachments_of(case: Case) -> list[Attachment]:
    """The attachments of a case in order, those that were erased too. Nothing in them is personal but the digest."""
    return list(Attachment.objects.filter(case=case).order_by("event"))


def find(case: Case, uid: uuid.UUID) -> Attachment:
    """The attachment of a case. Raises `AttachmentUnknown`, and `AttachmentErased` for one that is kept no more."""
    found = Attachment.objects.select_related("case").filter(case=case, uid=uid).first()
    if found is None:
        raise AttachmentUnknown
    if found.erased_at is not None:
        raise AttachmentErased
    return found


def read(attachment: Attachment, *, actor: str, purpose: str) -> Opened:
    """An attachment with its name and its content. Raises `keys.Unreadable`."""
    content = content_of(attachment.uid, file_key(attachment, data_keys()), attachment.digest)
    reading = auditing.noted(
        Reading.Act.READ,
        actor=actor,
        purpose=purpose,
        fields=[CONTENT, ATTACHMENT_NAME.name],
        found=1,
        reference=attachment.case.reference,
    )
    opened = Opened(attachment, _name(attachment), content)
    auditing.keep([reading])
    return opened


def names(case: Case, *, actor: str, purpose: str) -> dict[int, Personal]:
    """What the attachments of a case are called, by the numbers of their events."""
    wanted = [(case.pk, each.event) for each in attachments_of(case) if each.erased_at is None]
    said = read_events(wanted, actor=actor, purpose=purpose) if wanted else {}
    return {event: values[ATTACHMENT_NAME.name] for (_case, event), values in said.items()}


def _name(attachment: Attachment) -> Personal:
    kept = PersonalValue.objects.get(case=attachment.case, event=attachment.event, field=ATTACHMENT_NAME.name)
    place = ciphers.Place(attachment.case.reference, kept.event, kept.field)
    return ciphers.decrypted(kept.sealed, place, kept.key, data_keys())
