"""Reading personal data. Whoever reads leaves an audit row: nothing is returned before that is kept.

``actor`` is ``user:``, ``module:`` or ``system:`` and an id, ``purpose`` one of `Reading.Purpose`. Permission is the
caller's to check.
"""

import base64
import json
from collections import defaultdict
from collections.abc import Collection, Iterable

from portal.cases.attachments.keeping import content_of
from portal.cases.attachments.sealing import file_key
from portal.cases.models import Attachment, Case, PersonalIndex, PersonalValue, Reading
from portal.cases.personal import auditing, ciphers, indexing
from portal.cases.personal.keys import data_keys, index_keys
from portal.cases.personal.wrapped import Personal

_COLUMNS = ("case_id", "case__reference", "event", "field", "sealed", "key")


def read(case: Case, *, fields: Collection[str], actor: str, purpose: str) -> dict[str, Personal]:
    """What was last said for these fields of a case; a field for which nothing was said, or is kept, or that was taken
    out, is left out. Raises `keys.Unreadable` where a key is missing or a value was altered.
    """
    kept = PersonalValue.objects.filter(case=case, field__in=fields).order_by("event").values_list(*_COLUMNS)
    last = {field: value for _case, _event, field, value in _decrypted(kept)}
    values = {field: value for field, value in last.items() if value}
    reading = auditing.noted(
        Reading.Act.READ,
        actor=actor,
        purpose=purpose,
        fields=fields,
        found=len(values),
        reference=case.reference,
    )
    auditing.keep([reading])
    return values


def read_events(
    events: Iterable[tuple[int, int]], *, actor: str, purpose: str
) -> dict[tuple[int, int], dict[str, Personal]]:
    """What these events, each the number of its case and its own, have said; those that said nothing are left out, and
    what one has taken out is empty. One query, and one statement for the audit rows: one for each case of which
    something was read.
    """
    wanted = set(events)
    kept = PersonalValue.objects.filter(
        case__in={case for case, _event in wanted}, event__in={event for _case, event in wanted}
    ).values_list(*_COLUMNS)
    said: dict[tuple[int, int], dict[str, Personal]] = defaultdict(dict)
    read_of: dict[str, list[str]] = defaultdict(list)
    rows = [row for row in kept if (row[0], row[2]) in wanted]
    references = {row[0]: row[1] for row in rows}
    for case, event, field, value in _decrypted(rows):
        said[case, event][field] = value
        read_of[references[case]].append(field)
    readings = [
        auditing.noted(
            Reading.Act.READ,
            actor=actor,
            purpose=purpose,
            fields=fields,
            found=len(fields),
            reference=reference,
        )
        for reference, fields in read_of.items()
    ]
    auditing.keep(readings)
    return dict(said)


def find(by: str, value: Personal, *, actor: str, purpose: str) -> list[int]:
    """The numbers of the cases in which just this telephone number or e-mail address was said (`PersonalIndex.By`),
    newest first. Raises ValueError for what is none. The audit row does not hold it.
    """
    form = indexing.normalised(by, value)
    keys = index_keys()
    digests = [indexing.digest(by, form, keys.key(identity)) for identity in keys.ids]
    matching = PersonalIndex.objects.filter(by=by, digest__in=digests)
    cases = sorted(set(matching.values_list("value__case_id", flat=True)), reverse=True)
    reading = auditing.noted(Reading.Act.FIND, actor=actor, purpose=purpose, fields=[by], found=len(cases))
    auditing.keep([reading])
    return cases


def export(case: Case, *, actor: str) -> Personal:
    """All that is kept of a person in a case, its files in base64 included, and when and for what it was read, as JSON
    for the person's own request. Who has read it is not in it.
    """
    kept = PersonalValue.objects.filter(case=case).order_by("event", "field").values_list(*_COLUMNS)
    values = [
        {"event": event, "field": field, "value": value.reveal()}
        for _case, event, field, value in _decrypted(kept)
        if value
    ]
    files = [
        {"event": each.event, "media_type": each.media_type, "size": each.size, "content": _content(each)}
        for each in Attachment.objects.filter(case=case, erased_at=None).select_related("case").order_by("event")
    ]
    readings = Reading.objects.filter(reference=case.reference).order_by("at")
    read_before = [
        {"at": at.isoformat(timespec="seconds"), "act": act, "purpose": purpose, "fields": fields}
        for at, act, purpose, fields in readings.values_list("at", "act", "purpose", "fields")
    ]
    reading = auditing.noted(
        Reading.Act.EXPORT,
        actor=actor,
        purpose=Reading.Purpose.REQUEST,
        fields=[*(str(value["field"]) for value in values), *["attachment"] * bool(files)],
        found=len(values) + len(files),
        reference=case.reference,
    )
    auditing.keep([reading])
    exported = {"reference": case.reference, "values": values, "files": files, "readings": read_before}
    return Personal(json.dumps(exported, ensure_ascii=False, indent=2))


def _content(attachment: Attachment) -> str:
    key = file_key(attachment, data_keys())
    return base64.b64encode(content_of(attachment.uid, key, attachment.digest)).decode()


def _decrypted(rows: Iterable[tuple]) -> Iterable[tuple[int, int, str, Personal]]:
    keys = data_keys()
    for case, reference, event, field, sealed, key in rows:
        yield case, event, field, ciphers.decrypted(sealed, ciphers.Place(reference, event, field), key, keys)
