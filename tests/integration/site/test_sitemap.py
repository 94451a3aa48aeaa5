"""The sitemap: every public page, in both languages."""

from xml.etree.ElementTree import Element, fromstring

from django.test import Client

from portal.publication.types import LISTED
from portal.site import sitemaps
from tests.factories.documents import document, publish, redact, withdraw
from tests.validity import parse

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def urls(client: Client, address: str = "/sitemap.xml") -> dict[str, Element]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = fromstring(response.content).findall(f"{NS}url")
    named = {each.findtext(f"{NS}loc"): each for each in found}
    assert len(named) == len(found)
    return named


def test_every_address_is_a_page_that_names_itself(client: Client, portal, settings):
    found = urls(client)
    paths = {address.removeprefix(settings.BASE_URL) for address in found}
    assert {"/", "/en/", "/about/", "/en/cities/busan/", "/opendata/", "/follow/", "/visits/mayor/"} <= paths
    assert {f"/en/{kind.plural}/" for kind in LISTED} <= paths
    for path in paths:
        response = client.get(path)
        assert (path, response.status_code) == (path, 200)
        links = {(each.get("rel"), each.get("href")) for each in parse(response.content.decode()).iter("link")}
        assert ("canonical", settings.BASE_URL + path) in links


def test_an_address_names_its_alternates(client: Client, portal, settings):
    found = urls(client)
    chinese, english = f"{settings.BASE_URL}/visits/mayor/", f"{settings.BASE_URL}/en/visits/mayor/"
    for address in (chinese, english):
        alternates = {each.get("hreflang").lower(): each.get("href") for each in found[address].findall(LINK)}
        assert alternates == {"zh-hant": chinese, "en": english, "x-default": chinese}


def test_only_what_is_public_is_in_it(client: Client, db, settings):
    publish(document("visit", "here"), document("visit", "gone"), document("visit", "taken"), document("menu"))
    withdraw("visit:gone")
    redact("visit:taken")
    records = {address.removeprefix(settings.BASE_URL) for address in urls(client) if address.count("/") > 4}
    assert {path for path in records if not path.startswith(("/en/", "/services/"))} == {"/visits/here/"}
    lastmod = urls(client)[f"{settings.BASE_URL}/visits/here/"].findtext(f"{NS}lastmod")
    assert lastmod == urls(client)[f"{settings.BASE_URL}/visits/"].findtext(f"{NS}lastmod")
    assert lastmod == urls(client)[f"{settings.BASE_URL}/en/"].findtext(f"{NS}lastmod")


def test_a_long_one_is_an_index_of_parts(client: Client, portal, settings, monkeypatch):
    whole = urls(client)
    assert client.get("/sitemap-1.xml").status_code == 404
    monkeypatch.setattr(sitemaps, "ADDRESSES", 20)
    publish(document("page", "new", path="/new/"))
    index = fromstring(client.get("/sitemap.xml").content)
    assert index.tag == f"{NS}sitemapindex"
    parts = [each.text.removeprefix(settings.BASE_URL) for each in index.iter(f"{NS}loc")]
    assert len(parts) > 1
    found = [address for part in parts for address in urls(client, part)]
    assert sorted(found) == sorted({*whole, f"{settings.BASE_URL}/new/", f"{settings.BASE_URL}/en/new/"})
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
