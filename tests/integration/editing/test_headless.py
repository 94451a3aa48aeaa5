"""Drafts in a separate front end: read with the token of a preview alone, for a while, and by no other origin."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as present
from django.test import Client
from django.urls import reverse
from wagtail_headless_preview.models import PagePreview

from cms.models import DatasetPage, VisitPage
from cms.redaction import redact_record
from portal.publication.ready import addresses
from tests.factories.accounts import account
from tests.factories.documents import both
from tests.factories.filled import FIELDS, TABLE
from tests.factories.pages import (
    add,
    attachment,
    changing,
    draft,
    form_data,
    fresh,
    home,
    image,
    picture,
    section,
    send,
    signed_in,
    stream,
    text_block,
)

pytestmark = pytest.mark.django_db

ORIGIN = "https://front.example"


@pytest.fixture
def front_end(settings) -> None:
    """A separate front end that shows drafts."""
    settings.HEADLESS_PREVIEW_URL = f"{ORIGIN}/show/"
    settings.HEADLESS_PREVIEW_ORIGIN = ORIGIN


def token_in(response) -> str:
    """The token in the address of the front end that a preview shows in its frame."""
    assert response.status_code == 200
    address = unescape(re.search(r'<iframe src="([^"]+)"', response.content.decode())[1])
    assert address.startswith(f"{ORIGIN}/show/?")
    return parse_qs(urlsplit(address).query)["token"][0]


def previewed(editor: Client, page, **sent: str) -> str:
    """The token of a preview of a form as it stands."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, form_data(page) | sent).json()["is_valid"]
    return token_in(editor.get(address, {"mode": "front-end"}))


def read(token: str, **parameters: str):
    """What a stranger gets with a token."""
    return Client().get("/admin/drafts/", {"token": token, **parameters}, headers={"Origin": ORIGIN})


def refused(response, status: int) -> str:
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["status"] == status and body["detail"]
    return body["detail"]


def test_there_is_none_unless_a_setting_names_it(editor):
    page = add(VisitPage)
    assert present.HEADLESS_PREVIEW_URL == ""
    assert [mode for mode, _name in page.preview_modes] == ["zh-Hant", "en"]
    response = Client().get("/admin/drafts/", {"token": "x"}, headers={"Origin": ORIGIN})
    refused(response, 404)
    assert "Access-Control-Allow-Origin" not in response
    assert not PagePreview.objects.exists()


def test_the_record_as_the_api_would_serve_it(front_end, editor, client):
    page = add(VisitPage, publish=True, slug="mayor", headline_zh_hant="已發布", headline_en="Published")
    served = client.get("/api/v1/records/visit:mayor/").json()
    edited = draft(page)
    edited.headline_zh_hant, edited.headline_en = "草稿的標題", "Title of the draft"
    token = previewed(editor, edited)
    kept = read(token).json()["record"]
    assert kept["title"] == both("草稿的標題", "Title of the draft")
    assert kept.keys() == served.keys()
    assert kept["version"] == 0
    assert read(token, lang="en").json()["record"]["title"] == "Title of the draft"
    assert client.get("/api/v1/records/visit:mayor/").json() == served


def test_nobody_keeps_it_and_no_other_origin_reads_it(front_end, editor):
    response = read(previewed(editor, draft(add(VisitPage))))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == ORIGIN
    assert "Access-Control-Allow-Credentials" not in response
    assert "Origin" in response["Vary"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_token_shows_what_stood_in_the_form_then(front_end, editor):
    page = draft(add(VisitPage, headline_zh_hant="先寫的"))
    first = previewed(editor, page)
    page.headline_zh_hant = "後寫的"
    second = previewed(editor, page)
    assert read(first).json()["record"]["title"]["zh-Hant"] == "先寫的"
    assert read(second).json()["record"]["title"]["zh-Hant"] == "後寫的"


def test_what_nobody_has_saved(front_end, editor):
    home()
    parent = section("visit")
    page = VisitPage(headline_zh_hant="新的一筆", date_start="2022-03-14")
    address = reverse("wagtailadmin_pages:preview_on_add", args=["cms", "visitpage", parent.pk])
    assert editor.post(address, form_data(page, parent=parent)).json()["is_valid"]
    token = token_in(editor.get(address, {"mode": "front-end"}))
    assert read(token).json()["record"]["title"]["zh-Hant"] == "新的一筆"


def test_drafts_of_the_list(front_end, editor):
    page = add(VisitPage, headline_zh_hant="只是草稿")
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": "front-end"})
    assert read(token_in(response)).json()["record"]["title"]["zh-Hant"] == "只是草稿"


def test_the_first_rows_of_a_table_that_stands_in_the_box(front_end, editor):
    page = add(DatasetPage, **FIELDS[DatasetPage])
    rows = read(previewed(editor, draft(page), observations=TABLE.replace("5498", "87654"))).json()["observations"]
    assert "87654" in {row["value"] for row in rows}


def test_the_frame_allows_the_front_end_alone(front_end, editor):
    page = add(VisitPage)
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = editor.get(address, {"mode": "front-end"})
    assert "no-store" in response["Cache-Control"]
    assert f"frame-src {ORIGIN};" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


def test_pictures_and_files_are_opened_by_the_token(front_end, editor):
    attached = attachment(b"one,two\n")
    link = f'<p><a linktype="document" id="{attached.pk}">檔案</a></p>'
    page = add(VisitPage, media=stream(picture(image())), body=stream(text_block(link)))
    token = previewed(editor, draft(page))
    record = read(token).json()["record"]
    url = record["media"][0]["url"]
    shown = Client().get(url)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/png", "no-store")
    assert shown["Cross-Origin-Resource-Policy"] == "cross-origin"
    file = Client().get(unescape(re.search(r'href="([^"]+)"', record["body"][0]["value"]["zh-Hant"])[1]))
    assert b"".join(file.streaming_content) == b"one,two\n"
    assert "attachment" in file["Content-Disposition"]
    other = previewed(editor, draft(add(VisitPage)))
    refused(Client().get(urlsplit(url).path, {"token": other}), 404)
    refused(Client().get(urlsplit(url).path), 400)


def test_a_token_expires(front_end, editor, settings):
    token = previewed(editor, draft(add(VisitPage)))
    settings.HEADLESS_PREVIEW_SECONDS = -1
    assert "再" in refused(read(token), 410)
    assert "again" in refused(read(token, lang="en"), 410)
    # The next preview deletes what nobody can read any more.
    previewed(editor, draft(add(VisitPage)))
    assert not PagePreview.objects.filter(token=token).exists()


def test_publishing_ends_the_drafts_of_a_page(front_end, editor):
    page, other = add(VisitPage), add(VisitPage)
    token, of_other = previewed(editor, draft(page)), previewed(editor, draft(other))
    send(editor, page)
    assert fresh(page).live
    refused(read(token), 410)
    assert read(of_other).status_code == 200


def test_deleting_the_page_ends_them(front_end, editor):
    page = add(VisitPage)
    token = previewed(editor, draft(page))
    with changing():
        fresh(page).delete()
    refused(read(token), 410)


def test_redacting_ends_them(front_end, editor):
    page = add(VisitPage, publish=True)
    add_again = draft(page)
    add_again.headline_zh_hant = "第二版"
    send(editor, page, headline_zh_hant="第二版")
    token = previewed(editor, draft(page))
    redact_record(page.uid, [1], ground=both("法"), authority=both("市府"), date="2022-07-01")
    refused(read(token), 410)
    assert not PagePreview.objects.filter(token=token).exists()


def test_signing_out_ends_the_drafts_of_an_editor(front_end, editor):
    page = add(VisitPage)
    colleague = signed_in(account("colleague", superuser=True))
    token, of_colleague = previewed(editor, draft(page)), previewed(colleague, draft(page))
    editor.post(reverse("wagtailadmin_logout"))
    refused(read(token), 410)
    assert read(of_colleague).status_code == 200


def test_tokens_of_others_are_refused(front_end, editor):
    token = previewed(editor, draft(add(VisitPage)))
    for wrong in (f"{token}x", token[1:], "x", "a:b:c", "\x00"):
        refused(read(wrong), 403)
    refused(read(""), 400)
    refused(read(token, lang="fr"), 400)
    assert Client().post("/admin/drafts/", {"token": token}).status_code == 405


def test_a_token_names_neither_page_nor_editor(front_end, editor):
    page = add(VisitPage)
    token = previewed(editor, draft(page))
    assert page.uid not in token and "root" not in token
    assert re.fullmatch(r"[0-9a-f]{16}\.[0-9a-f]{16}\.[\w-]+:[\w-]+:[\w-]+", token)


def test_a_preview_that_is_renewed_while_somebody_types_leaves_few_behind(front_end, editor):
    page = draft(add(VisitPage))
    tokens = [previewed(editor, page) for _time in range(23)]
    assert PagePreview.objects.count() == 20
    assert read(tokens[-1]).status_code == 200
    refused(read(tokens[0]), 410)


def test_an_address_of_a_draft_is_the_one_that_it_will_have(front_end, editor):
    page = add(VisitPage, slug="mayor")
    assert read(previewed(editor, draft(page))).json()["record"]["url"] == addresses("/visits/mayor/")
