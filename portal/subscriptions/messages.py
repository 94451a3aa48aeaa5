"""What a mail says, made when it is sent from what is public then: what was withdrawn or redacted since it was noted is
not in it.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.http import urlencode

from portal.core.languages import in_language
from portal.publication import selectors
from portal.publication.models import Address, CurrentRecord
from portal.rendering.mails import Change, Links, Written, write_changes, write_confirmation
from portal.rendering.whole import BY_EMAIL
from portal.subscriptions.models import Mail, Notice, SignUp, Subscription
from portal.subscriptions.signing_up import CONFIRMATION
from portal.subscriptions.subjects import ALL, named

#: Records that one mail names.
MOST = 50

_State = CurrentRecord.State


def compose(mail: Mail, token: str, now: datetime.datetime) -> EmailMultiAlternatives | None:
    """The message of a mail, its links with a token; None where there is nothing left to say."""
    if mail.sign_up is not None:
        return _confirmation(mail, mail.sign_up, token, now)
    return _changes(mail, mail.subscription, token) if mail.subscription is not None else None


def _confirmation(mail: Mail, sign_up: SignUp, token: str, now: datetime.datetime) -> EmailMultiAlternatives | None:
    until = sign_up.made_at + CONFIRMATION
    if until <= now:
        return None
    written = write_confirmation(
        named(sign_up.subjects),
        is_everything=ALL in sign_up.subjects,
        link=_address("confirm/", token, sign_up.language),
        until=until,
        language=sign_up.language,
    )
    return _message(mail, sign_up.address, sign_up.language, written, {})


def _changes(mail: Mail, subscription: Subscription, token: str) -> EmailMultiAlternatives | None:
    changes = list(_told(mail.notices.order_by("seq")))
    if not changes:
        return None
    language = subscription.language
    links = Links(*(_address(page, token, language) for page in ("manage/", "unsubscribe/")))
    written = write_changes(changes[:MOST], left_out=len(changes[MOST:]), links=links, language=language)
    # RFC 8058: the mail program posts to this address, without a page in between.
    headers = {"List-Unsubscribe": f"<{links.end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return _message(mail, subscription.address, language, written, headers | {"List-Id": f"<follow.{_host()}>"})


def _told(notices: Iterable[Notice]) -> Iterator[Change]:
    """What there is to tell of each record, alerts first, then in the order of their last rows."""
    versions: dict[str, set[int]] = {}
    for notice in notices:
        versions[notice.uid] = versions.pop(notice.uid, set()) | {notice.version}
    records = {record.uid: record for record in CurrentRecord.objects.filter(uid__in=versions)}
    alerts = [uid for uid in versions if uid.startswith("alert:")]
    successors = selectors.successors(alerts) if alerts else {}
    for uid in sorted(versions, key=lambda uid: not uid.startswith("alert:")):
        change = _change(records[uid], versions[uid], successors.get(uid, ())) if uid in records else None
        if change is not None:
            yield change


def _change(record: CurrentRecord, versions: set[int], successors: Sequence[Mapping[str, Any]]) -> Change | None:
    """What rows of these versions mean now. A redacted record is passed over; so is a withdrawn one unless its
    withdrawal is among them, and unless the reader may have been told of it before.
    """
    is_new = 1 in versions
    if record.state == _State.PUBLIC:
        ready: Mapping[str, Any] = orjson.loads(record.ready)
        action = "new" if is_new else "changed"
        return Change(record.type, action, ready, ready["change_note"], record.path, successors)
    if record.state == _State.WITHDRAWN and record.version in versions and not is_new:
        paths = Address.objects.filter(uid=record.uid).order_by("-since").values_list("path", flat=True)
        return Change(record.type, "withdrawn", None, selectors.tombstone(record).note, paths.first())
    return None


def _message(
    mail: Mail, to: str, language: str, written: Written, headers: Mapping[str, str]
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=written.subject,
        body=written.text,
        to=[to],
        headers={
            "Message-ID": f"<{mail.key}@{_host()}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
            **headers,
        },
    )
    message.attach_alternative(written.html, "text/html")
    return message


def _address(page: str, token: str, language: str) -> str:
    return f"{settings.BASE_URL}{in_language(BY_EMAIL + page, language)}?{urlencode({'token': token})}"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
