"""Public files: what is used is served for ever, what is not is not there."""

import io

import pytest
from django.test import Client

from portal.publication import files
from portal.publication.models import FileUse, LogRow
from tests.factories.documents import redact


@pytest.mark.parametrize(
    ("name", "media_type"), [("original.png", "image/png"), ("8.avif", "image/avif"), ("8.webp", "image/webp")]
)
def test_a_picture(client: Client, portal, name, media_type):
    response = client.get(f"/media/{portal}/{name}")
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert b"".join(response.streaming_content)
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "attachment" not in response.get("Content-Disposition", "")
    again = client.get(f"/media/{portal}/{name}", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_other_files_are_saved(client: Client, portal):
    sha256 = files.expose(io.BytesIO(b"<script>alert(1)</script>"), media_type="text/plain")
    assert client.get(f"/media/{sha256}/original.txt").status_code == 404
    FileUse.objects.create(file_id=sha256, row=LogRow.objects.first())
    response = client.get(f"/media/{sha256}/original.txt")
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["original.jpg", "9.avif", "8.png", "x.png", "0.avif", "99999999999999999999.avif"])
def test_other_names_are_not_there(client: Client, portal, name):
    assert client.get(f"/media/{portal}/{name}").status_code == 404


def test_a_redacted_file_is_gone(client: Client, portal):
    for uid in ("visit:mayor", "exhibit:keys"):
        redact(uid)
    for name in ("original.png", "8.avif"):
        assert client.get(f"/media/{portal}/{name}").status_code == 404
