"""Appending: numbers, versions, moments, the chain, and the refusal of what fits no schema."""

import hashlib
import json

import pytest
from django.db import transaction
from django.utils import timezone

from portal.publication import current, log, rows, verify
from portal.publication.models import Content, FileUse, Head, LogRow, PublicFile
from portal.publication.schemas import DocumentInvalid
from tests.factories.documents import both, document, picture, publish, redact, withdraw

pytestmark = pytest.mark.django_db


def chain():
    return list(LogRow.objects.order_by("seq"))


def entry(made, action=LogRow.Action.PUBLISH):
    return log.Entry(made["uid"], made["type"], action, made)


def test_numbers_versions_and_actions():
    publish(document("visit", "a"), document("city", "b"))
    publish(document("visit", "a", title=both("改")))
    withdraw("visit:a", both("下架"))
    publish(document("visit", "a"))
    assert [(row.seq, row.uid, row.version, row.action) for row in chain()] == [
        (1, "visit:a", 1, "publish"),
        (2, "city:b", 1, "publish"),
        (3, "visit:a", 2, "publish"),
        (4, "visit:a", 3, "withdraw"),
        (5, "visit:a", 4, "publish"),
    ]
    assert Head.objects.get().seq == 5
    assert list(verify.chain()) == []


def test_the_format_that_anyone_can_check():
    """Worked out here with nothing but the standard library, as a reader would."""
    publish(document("visit", "a"), document("visit", "b", title=both("第二", None)))
    withdraw("visit:a")
    previous = "0" * 64
    for row in chain():
        content = row.content
        nonce = bytes.fromhex(content.nonce)
        assert len(nonce) == 32
        canonical = json.dumps(json.loads(content.document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert content.document == canonical
        assert row.commitment == hashlib.sha256(nonce + canonical.encode()).hexdigest()
        assert row.previous == previous
        members = {
            "seq": row.seq,
            "uid": row.uid,
            "type": row.type,
            "version": row.version,
            "action": row.action,
            "published_at": row.published_at,
            "commitment": row.commitment,
            "previous": row.previous,
        }
        canonical_row = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(canonical_row.encode()).hexdigest()
        assert rows.row_hash(log.members(row)) == previous
    assert len({content.nonce for content in Content.objects.all()}) == 3


def test_moments_never_go_back(monkeypatch):
    publish(document("visit", "a"))
    earlier = timezone.now() - timezone.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    publish(document("visit", "a", title=both("改")))
    first, second = (row.published_at for row in chain())
    assert second == first
    assert len(first) == 27
    assert first.endswith("Z")
    assert rows.instant(first).tzinfo is not None


def test_the_lock_needs_a_transaction(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        log.lock()


@pytest.mark.parametrize(
    "broken",
    [
        {"title": None},
        {"title": {"zh-Hant": "", "en": None}},
        {"unknown": 1},
        {"uid": "city:a"},
        {"schema": "visit.9"},
        {"dates": {"start": "2022-02-30", "end": None, "ongoing": False, "precision": "day"}},
        {"path": "visits/a"},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_what_fits_no_schema_is_not_appended(broken):
    good = document("visit", "good")
    with pytest.raises(DocumentInvalid), transaction.atomic():
        log.lock()
        log.append([entry(good), entry(document("visit", "a") | broken)])
    assert not LogRow.objects.exists()


@pytest.mark.parametrize("action", [LogRow.Action.WITHDRAW, LogRow.Action.REDACT])
def test_withdrawals_and_redactions_have_schemas_too(action):
    publish(document("visit", "a"))
    with pytest.raises(DocumentInvalid), transaction.atomic():
        log.lock()
        log.append([log.Entry("visit:a", "visit", action, {"note": "not a language map", "covers": []})])


def test_uses_of_files_are_noted():
    sha256 = hashlib.sha256(b"x").hexdigest()
    PublicFile.objects.create(sha256=sha256, name="x/x", type="image/png", size=1)
    publish(document("visit", "a", media=[picture(sha256)]), files=frozenset({sha256}))
    assert list(FileUse.objects.values_list("file_id", "row_id")) == [(sha256, 1)]


def test_nothing_appended_changes_nothing():
    publish(document("visit", "a"))
    with transaction.atomic():
        log.lock()
        assert log.append([]) == []
    assert Head.objects.get().seq == 1


def test_a_version_after_a_redaction_goes_on_counting():
    publish(document("visit", "a"))
    redact("visit:a")
    [row] = publish(document("visit", "a", title=both("乾淨的")))
    assert (row.seq, row.version) == (3, 3)
    assert [finding.problem for finding in verify.chain()] == [False]


def test_rows_and_current_records_appear_together():
    with pytest.raises(RuntimeError), transaction.atomic():
        log.lock()
        log.append([entry(document("visit", "a"))])
        current.refresh(["visit:a"])
        raise RuntimeError
    assert not LogRow.objects.exists()
