"""``scripts/verify.py`` against a running portal: everything agrees, and no tampering goes unseen."""

import json

import pytest
from django.db import connection

from portal.core.canonical import canonical_json
from portal.publication.models import Content, CurrentRecord, Head, LogRow, Redaction
from scripts import verify
from tests.appendonly import lifted_triggers
from tests.factories.datasets import dataset
from tests.factories.documents import both, document, picture, publish, redact, text_block, withdraw

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def published():
    links = '<p><a href="record:city:busan">釜山</a>、<a href="record:visit:gone">某團</a>與<a href="https://example.org/">外部</a></p>'
    body = [text_block(links, links), {"id": "p", "type": "picture", "picture": picture("a" * 64)}]
    publish(
        document("city", "busan"),
        document("visit", "gone"),
        document("visit", "secret"),
        document("visit", "a", body=body, cities=("city:busan",), media=[picture("b" * 64)]),
        dataset(),
        document("menu", "main"),
        document("banner", "hello"),
        document("page", "home", path="/"),
    )
    publish(document("visit", "a", body=body, media=[picture("b" * 64)], title=both("改")))
    withdraw("visit:gone")
    redact("visit:secret")
    publish(document("visit", "gone", title=both("又回來")))
    withdraw("visit:gone", both("說明"))


def outcome(live_server, capsys) -> tuple[int, str]:
    status = verify.main([live_server.url, "--limit", "3"])
    return status, capsys.readouterr().out


def tamper(model, pk, **columns) -> None:
    """Change a row of the log as someone with the database in hand could."""
    with lifted_triggers(connection):
        model.objects.filter(pk=pk).update(**columns)


def test_everything_agrees(live_server, capsys):
    status, text = outcome(live_server, capsys)
    assert status == 0, text
    assert "13 rows of the log, 1 of them redacted; 6 current records." in text
    assert verify.main([f"{live_server.url}/api/v1/"]) == 0


def test_an_empty_portal_agrees(live_server, capsys):
    with lifted_triggers(connection):
        for model in (CurrentRecord, Redaction, Content, LogRow):
            model.objects.all().delete()
    Head.objects.all().delete()
    assert outcome(live_server, capsys)[0] == 0


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("title", {"zh-Hant": "竄改", "en": "Title"}),
        ("topics", ["topic:education"]),
        ("version", 3),
        ("modified_at", "2022-01-01T00:00:00.000000Z"),
        ("url", {"zh-Hant": "/visits/b/", "en": "/en/visits/b/"}),
        ("added", None),
        ("body", []),
        ("media", []),
    ],
)
def test_a_record_that_is_not_its_document(live_server, capsys, member, value):
    record = CurrentRecord.objects.get(uid="visit:a")
    CurrentRecord.objects.filter(uid="visit:a").update(ready=json.dumps(json.loads(record.ready) | {member: value}))
    status, text = outcome(live_server, capsys)
    assert status == 1
    assert f"visit:a: {member}" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('href=\\"/cities/busan/\\"', 'href=\\"/cities/daegu/\\"'),
        ("某團", '<a href=\\"/visits/gone/\\">某團</a>'),
        ("https://example.org/", "https://example.com/"),
    ],
)
def test_links_that_lead_elsewhere(live_server, capsys, old, new):
    record = CurrentRecord.objects.get(uid="visit:a")
    assert old in record.ready
    CurrentRecord.objects.filter(uid="visit:a").update(ready=record.ready.replace(old, new))
    status, text = outcome(live_server, capsys)
    assert (status, "visit:a: body/0/value/" in text) == (1, True)


def test_a_document_that_was_changed(live_server, capsys):
    row = LogRow.objects.get(uid="visit:a", version=1)
    changed = json.loads(row.content.document) | {"title": both("竄改")}
    tamper(Content, row.pk, document=canonical_json(changed).decode())
    status, text = outcome(live_server, capsys)
    assert status == 1
    assert f"row {row.pk} (visit:a): the document is not the one that was committed to" in text


@pytest.mark.parametrize("column", ["published_at", "commitment", "previous", "type"])
def test_a_row_that_was_changed(live_server, capsys, column):
    row = LogRow.objects.get(uid="visit:a", version=1)
    value = {"published_at": "2000-01-01T00:00:00.000000Z", "type": "city"}.get(column, "f" * 64)
    tamper(LogRow, row.pk, **{column: value})
    status, text = outcome(live_server, capsys)
    assert status == 1
    assert "the hash of the row before" in text


def test_a_document_that_is_missing_without_a_redaction(live_server, capsys):
    with lifted_triggers(connection):
        Content.objects.filter(row__uid="menu:main").delete()
    status, text = outcome(live_server, capsys)
    assert status == 1
    assert "(menu:main): has no document, and no redaction that covers it" in text


def test_a_redacted_document_that_is_still_there(live_server, capsys):
    row = LogRow.objects.get(uid="visit:secret", version=1)
    Content.objects.create(row=row, document=canonical_json(document("visit", "secret")).decode(), nonce="0" * 64)
    status, text = outcome(live_server, capsys)
    assert status == 1
    assert "its document is still served" in text


def test_records_that_appear_or_disappear(live_server, capsys):
    CurrentRecord.objects.filter(uid="menu:main").delete()
    CurrentRecord.objects.filter(uid="visit:gone").update(state="public", ready='{"uid":"visit:gone"}')
    status, text = outcome(live_server, capsys)
    assert status == 1
    assert "menu:main: in the log, not among the records" in text
    assert "visit:gone: among the records, not in the log" in text


def test_a_portal_that_cannot_be_read(live_server, capsys):
    for address in ("http://127.0.0.1:1", "ftp://example.org", "/etc", f"{live_server.url}/nothing"):
        assert verify.main([address, "--timeout", "2"]) == 2
        assert "Cannot be checked" in capsys.readouterr().err
