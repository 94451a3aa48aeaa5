"""Every page in both languages: it is there, whole, and leads to itself in the other language."""

import pytest
from django.test import Client

from portal.core.languages import CHINESE
from tests.factories.documents import both, document, publish
from tests.factories.portal import in_both
from tests.factories.seeded import publish_seed
from tests.validity import faults, parse


def test_every_page_is_there_and_valid(client: Client, portal):
    for address, language in in_both():
        response = client.get(address)
        assert (address, response.status_code) == (address, 200)
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert (address, faults(response.content.decode(), language)) == (address, [])
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("address", "language"), in_both(("/", "/visits/mayor/")))
def test_alternates_and_switch_lead_to_the_same_page(client: Client, portal, settings, address, language):
    tree = parse(client.get(address).content.decode())
    chinese = address.removeprefix("/en") if language == "en" else address
    links = {each.get("hreflang"): each.get("href") for each in tree.iter("link") if each.get("hreflang")}
    assert links == {
        "zh-Hant": settings.BASE_URL + chinese,
        "en": f"{settings.BASE_URL}/en{chinese}",
        "x-default": settings.BASE_URL + chinese,
    }
    canonical = [each.get("href") for each in tree.iter("link") if each.get("rel") == "canonical"]
    assert canonical == [settings.BASE_URL + address]
    switch = [each.get("href") for each in tree.iter("a") if each.get("hreflang")]
    assert switch == [chinese if language == "en" else f"/en{chinese}"]


def test_a_record_says_all_that_its_document_says(client: Client, portal):
    page = client.get("/visits/mayor/").content.decode()
    for words in (
        "只有中文的標題",
        "111年3月17日",
        "2022-03-17",
        "文志康",
        "111年3月17日",
        "存疑",
        "示意圖",
        "6,131",
        "visit:mayor",
    ):
        assert words in page
    assert 'href="/api/v1/records/visit:mayor/"' in page
    assert 'href="/cities/busan/"' in page
    assert 'href="#source-1"' in page


def test_chinese_in_an_english_page_is_marked(client: Client, portal):
    tree = parse(client.get("/en/visits/mayor/").content.decode())
    title = next(each for each in tree.iter("h1"))
    assert [each.get("lang") for each in title.iter("span")] == [CHINESE]
    quotes = [each.get("lang") for each in tree.iter("blockquote")]
    assert set(quotes) == {CHINESE}
    assert "17 March 2022" in "".join(tree.itertext())


def test_code_stands_as_it_can_be_run(client: Client, portal, settings):
    page = client.get("/en/visits/mayor/").content.decode()
    shell, program = parse(page).findall(".//pre/code")
    assert "".join(shell.itertext()) == f"curl {settings.BASE_URL}/api/v1/ | grep '<'\n"
    assert "".join(program.itertext()).startswith("print(1 + 1")
    assert "Example 1: Shell" in page
    assert "範例2：Python" in client.get("/visits/mayor/").content.decode()


def test_a_city_shows_its_exchanges(client: Client, portal):
    page = client.get("/en/cities/busan/").content.decode()
    assert 'href="/en/exhibits/keys/"' in page
    assert 'href="/en/visits/mayor/"' in page
    assert 'href="/en/activities/masks/"' not in page


def test_a_dataset_shows_its_table(client: Client, portal):
    page = client.get("/datasets/staff/").content.decode()
    assert "6,131" in page
    assert "−287" in page
    assert "約數" in page
    assert "/api/v1/datasets/dataset:staff/observations/" in page
    assert 'lang="zh-Hant">其他' in client.get("/en/datasets/staff/").content.decode()


def test_pictures_come_in_modern_formats(client: Client, portal):
    page = client.get("/exhibits/keys/").content.decode()
    assert f'type="image/avif" srcset="/media/{portal}/8.avif 8w"' in page
    assert f'<img src="/media/{portal}/original.png"' in page


def test_menus_and_banners_surround_the_page(client: Client, portal):
    page = client.get("/en/about/").content.decode()
    assert '<a href="/en/visits/">Visits</a>' in page
    assert '<a href="/api/v1/">Data</a>' in page
    assert "banner-info" in page
    assert 'aria-current="true"' in client.get("/en/visits/mayor/").content.decode()


def test_banners_are_one_landmark(client: Client, portal):
    publish(document("banner", "second", text=both("施工", "Works")))
    page = client.get("/en/about/").content.decode()
    assert page.count('class="banner ') == 2
    assert page.count("<aside") == 1


def test_a_banner_shows_only_in_its_time(client: Client, portal):
    publish(document("banner", ends_at="2022-01-01T00:00:00Z"))
    assert "banner-info" not in client.get("/about/").content.decode()


def test_without_a_menu_the_lists_stand_in_its_place(client: Client, db):
    publish(document("page", "about", path="/about/", title=both("關於", "About")))
    page = client.get("/en/about/").content.decode()
    assert 'href="/en/datasets/"' in page


def test_an_empty_portal_has_a_home_page(client: Client, db):
    for address, language in (("/", CHINESE), ("/en/", "en")):
        assert faults(client.get(address).content.decode(), language) == []


def test_what_documents_hold_is_escaped(client: Client, db):
    publish(document("visit", "x", title=both("<b>甲</b>", '"><script>alert(1)</script>')))
    for address in ("/visits/x/", "/en/visits/x/", "/visits/", "/en/"):
        page = client.get(address).content.decode()
        assert "<script>" not in page
        assert "<b>甲" not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/exhibits/keys/", "〈城市市鑰〉，《公開紀錄》，第1版，"),
        ("/en/exhibits/keys/", "“Keys”, The Public Record, version 1, "),
        ("/en/visits/mayor/versions/1/", "version 1, "),
    ],
)
def test_a_record_says_how_it_is_cited_by_an_address_that_stays(client: Client, portal, settings, address, words):
    tree = parse(client.get(address).content.decode())
    [citation] = ["".join(each.itertext()) for each in tree.iter() if each.get("id") == "citation"]
    assert words in citation
    versioned = address if "versions" in address else f"{address}versions/1/"
    assert settings.BASE_URL + versioned in citation
    assert client.get(versioned).status_code == 200


def test_the_menu_names_the_section_of_a_page(client: Client, portal):
    publish(document("menu", items=[{"label": both("開放資料", "Open data"), "uid": None, "address": "/opendata/"}]))
    assert '<a href="/en/opendata/" aria-current="true">Open data</a>' in client.get("/en/opendata/").content.decode()


def test_the_seeded_guide_tells_the_access_keys(client: Client, db):
    publish_seed()
    for address, words in (("/guide/", "Alt+U"), ("/en/guide/", "guide marks")):
        page = client.get(address).content.decode()
        assert words in page
        for key in "ucz":
            assert page.count(f'accesskey="{key}"') == 1
    home = client.get("/").content.decode()
    assert "高雄和熊本在111年做了什麼？" in home
    assert "6,131" in home
    assert faults(home, CHINESE) == []
