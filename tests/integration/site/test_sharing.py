"""The pictures that stand for pages where they are shared."""

import io

import pytest
from django.test import Client
from PIL import Image

from portal.rendering.sharing import drawing
from tests.factories.documents import both, day, document, publish, redact, withdraw
from tests.themes import THEMES, choose


def size(content: bytes) -> tuple[str | None, tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as image:
        return image.format, image.size


def test_every_record_has_one_in_each_language(client: Client, portal):
    for path in ("/visits/mayor/", "/cities/busan/", "/works/lift/", "/datasets/staff/", "/about/", "/"):
        chinese, english = client.get(f"{path}share.png"), client.get(f"/en{path}share.png")
        for response in (chinese, english):
            assert response["Content-Type"] == "image/png"
            assert size(response.content) == ("PNG", (1200, 630))
            assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert chinese.content != english.content


def test_the_same_words_give_the_same_bytes(client: Client, db, monkeypatch):
    publish(document("visit", "a", dates=day("2022-06-09")))
    first = client.get("/visits/a/share.png")
    publish(document("visit", "a", dates=day("2022-06-09"), summary=both("摘要")), document("visit", "b"))
    with monkeypatch.context() as patched:
        # What is kept is not drawn again.
        patched.setattr(drawing, "drawn", None)
        again = client.get("/visits/a/share.png")
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    publish(document("visit", "a", dates=day("2022-06-10")))
    other = client.get("/visits/a/share.png")
    assert other["ETag"] != first["ETag"]
    assert other.content != first.content


@pytest.mark.parametrize("theme", THEMES)
def test_it_has_the_colours_of_the_theme(client: Client, portal, settings, theme):
    choose(settings, theme)
    tokens = (settings.BASE_DIR / "themes" / theme / "static/theme/tokens.css").read_text("utf-8")
    with Image.open(io.BytesIO(client.get("/visits/mayor/share.png").content)) as image:
        corner = "#{:02x}{:02x}{:02x}".format(*image.convert("RGB").getpixel((0, 0)))
    assert f"--paper: {corner};" in tokens


def test_it_is_not_sent_again(client: Client, portal, django_assert_num_queries):
    first = client.get("/visits/mayor/share.png")
    assert first["Cache-Control"].startswith("public, max-age=0")
    with django_assert_num_queries(1):
        again = client.get("/visits/mayor/share.png", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_gone_has_none(client: Client, db, prefix):
    publish(document("visit", "a"), document("visit", "b"))
    withdraw("visit:a")
    withdraw("visit:b")
    redact("visit:b")
    assert client.get(f"{prefix}/visits/a/share.png").status_code == 410
    assert client.get(f"{prefix}/visits/b/share.png").status_code == 451
    assert client.get(f"{prefix}/visits/never/share.png").status_code == 404


def test_an_empty_portal_has_the_picture_of_the_site(client: Client, db):
    assert size(client.get("/share.png").content) == ("PNG", (1200, 630))
