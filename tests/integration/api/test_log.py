"""Versions and changes: old versions stay, redacted ones say so, and the log can be read from beginning to
end.
"""

import hashlib

import pytest
from django.test import Client

from portal.core.canonical import canonical_json
from portal.publication import rows
from tests.factories.documents import both, document, publish, redact, withdraw

pytestmark = pytest.mark.django_db

MEMBERS = ["seq", "uid", "type", "version", "action", "published_at", "commitment", "previous", "nonce", "document"]


def test_versions(client: Client):
    publish(document("visit", "a", title=both("舊", "Old")))
    publish(document("visit", "a", title=both("新", "New"), change_note=both("更正標題", "Title corrected")))
    listed = client.get("/api/v1/records/visit:a/versions/").json()
    assert (listed["count"], listed["uid"], listed["state"]) == (2, "visit:a", "public")
    assert [row["version"] for row in listed["results"]] == [1, 2]
    assert "change_note" not in listed["results"][0]
    assert listed["results"][1]["change_note"] == both("更正標題", "Title corrected")
    english = client.get("/api/v1/records/visit:a/versions/?lang=en").json()
    assert english["results"][1]["change_note"] == "Title corrected"
    old = client.get("/api/v1/records/visit:a/versions/1/").json()
    new = client.get("/api/v1/records/visit:a/versions/2/?lang=en").json()
    assert (old["title"], old["version"], old["state"]) == (both("舊", "Old"), 1, "superseded")
    assert (new["title"], new["version"], new["state"]) == ("New", 2, "current")
    assert new["published_at"] == old["modified_at"] == old["published_at"] < new["modified_at"]
    assert old["commitment"] == listed["results"][0]["commitment"]


def test_versions_of_a_withdrawn_record(client: Client):
    publish(document("visit", "a", title=both("仍可讀")))
    withdraw("visit:a", both("說明", "Note"))
    listed = client.get("/api/v1/records/visit:a/versions/?lang=en").json()
    assert (listed["state"], listed["results"][1]["action"], listed["results"][1]["change_note"]) == (
        "withdrawn",
        "withdraw",
        "Note",
    )
    old = client.get("/api/v1/records/visit:a/versions/1/").json()
    assert (old["title"]["zh-Hant"], old["state"]) == ("仍可讀", "withdrawn")
    gone = client.get("/api/v1/records/visit:a/versions/2/")
    assert (gone.status_code, gone.json()["tombstone"]["version"]) == (410, 2)


def test_versions_of_a_redacted_record(client: Client):
    publish(document("visit", "a", title=both("個資")))
    before = client.get("/api/v1/records/visit:a/versions/1/")
    assert before.status_code == 200
    row = redact("visit:a")
    for address in ("records/visit:a/versions/", "changes/", "records/", "records/visit:a/"):
        assert "個資" not in client.get(f"/api/v1/{address}").content.decode()
    listed = client.get("/api/v1/records/visit:a/versions/").json()
    assert (listed["state"], listed["results"][0]["redacted_by"]) == ("redacted", row.seq)
    for version in (1, 2):
        gone = client.get(f"/api/v1/records/visit:a/versions/{version}/", headers={"If-None-Match": before["ETag"]})
        assert (gone.status_code, gone.json()["redaction"]["seq"]) == (451, row.seq)


def test_the_log_verifies(client: Client):
    publish(*(document("visit", f"v{number}") for number in range(4)))
    withdraw("visit:v1")
    publish(document("visit", "v2", title=both("改")))
    redact("visit:v3")
    read, after = [], 0
    while True:
        answer = client.get(f"/api/v1/changes/?after={after}&limit=3").json()
        assert answer["head"] == 7
        if not answer["results"]:
            break
        read += answer["results"]
        assert answer["next_after"] == read[-1]["seq"]
        after = answer["next_after"]
    assert [row["seq"] for row in read] == list(range(1, 8))
    previous = "0" * 64
    for row in read:
        redacted = row["seq"] == 4
        assert list(row) == (MEMBERS if not redacted else [*MEMBERS[:8], "redacted_by", *MEMBERS[8:]])
        assert row["previous"] == previous
        previous = hashlib.sha256(canonical_json({member: row[member] for member in rows.MEMBERS})).hexdigest()
        if redacted:
            assert (row["nonce"], row["document"], row["redacted_by"]) == (None, None, 7)
        else:
            assert rows.commitment(row["nonce"], canonical_json(row["document"])) == row["commitment"]


def test_the_document_is_the_text_that_was_committed_to(client: Client):
    made = document("visit", "a")
    publish(made)
    assert canonical_json(made) in client.get("/api/v1/changes/").content


def test_edges_of_changes(client: Client):
    assert client.get("/api/v1/changes/").json() == {"results": [], "next_after": 0, "head": 0}
    publish(document("visit", "a"))
    for after in (1, 2, 2**63 - 1):
        assert client.get(f"/api/v1/changes/?after={after}").json() == {"results": [], "next_after": after, "head": 1}
