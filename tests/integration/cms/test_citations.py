"""What a document may cite, and what happens to it when the cited record comes, goes or is moved."""

import json

import pytest
from django.urls import reverse
from wagtail.models import ReferenceIndex

from cms.base.models import CityLink
from cms.models import AlertPage, CityPage, MenuPage, RelatedLink
from portal.publication import selectors
from portal.publication.models import Citation, CurrentRecord
from tests.factories.pages import (
    add,
    change,
    changing,
    fresh,
    history,
    link_block,
    section,
    stream,
)


def document(page):
    """What the current version of a record says."""
    return selectors.versions(page.uid)[-1].document


def ready(page):
    """What readers are given of a record."""
    return json.loads(CurrentRecord.objects.get(uid=page.uid).ready)


def record_block(page):
    return {"type": "record", "id": "00000000-0000-4000-8000-000000000002", "value": {"record": page.pk, "text": {}}}


def menu_items(page):
    value = {"label": {"zh_hant": "頁", "en": "Page"}, "record": page.pk, "address": ""}
    return stream({"type": "link", "value": value})


#: The ways in which one record can point to another: what to set on the page that points.
WAYS = {
    "related": lambda page: {"related_links": [RelatedLink(target=page)]},
    "city": lambda page: {"city_links": [CityLink(city=page)]},
    "text": lambda page: {"body": stream(link_block(page))},
    "block": lambda page: {"body": stream(record_block(page))},
}


def target_of(way, **fields):
    return add(CityPage, headline_en="Busan", **fields)


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


def test_a_draft_is_not_named(way):
    city = target_of(way)
    page = add(publish=True, **way(city))
    assert "busan" not in json.dumps(document(page))


def test_a_cited_record_that_is_published_later_appears(way):
    city = target_of(way)
    page = add(publish=True, **way(city))
    change(city)
    assert history(page) == ["publish", "publish"]
    assert "city:busan" in json.dumps(document(page))
    assert [each["uid"] for each in ready(page)["related"]] == ["city:busan"]


def test_both_published_at_once(way):
    city = target_of(way)
    page = add(**way(city))
    with changing():
        page.get_latest_revision().publish()
        city.get_latest_revision().publish()
    assert history(page) == ["publish"]
    assert "city:busan" in json.dumps(document(page))


def test_a_cited_record_that_is_withdrawn_stays_cited_and_loses_its_address(way):
    city = target_of(way, publish=True)
    page = add(publish=True, **way(city))
    with changing():
        city.unpublish()
    assert history(page) == ["publish"]
    assert ready(page)["related"] == []
    assert 'href="/cities/busan/"' not in json.dumps(ready(page))
    change(city)
    assert history(page) == ["publish"]
    assert [each["url"]["en"] for each in ready(page)["related"]] == ["/en/cities/busan/"]


def test_a_cited_record_that_is_deleted_is_no_longer_cited(way, editor):
    city = target_of(way, publish=True)
    page = add(publish=True, **way(city))
    assert Citation.objects.filter(source=page.uid).exists()
    editor.post(reverse("wagtailadmin_pages:delete", args=[city.pk]))
    assert history(city) == ["publish", "withdraw"]
    assert history(page) == ["publish", "publish"]
    assert "busan" not in json.dumps(document(page))


def test_a_deletion_before_the_index_of_references_knows_of_the_citation(way, editor):
    """Wagtail brings its index up to date after the commit; another's deletion may come first."""
    city = target_of(way, publish=True)
    page = add(publish=True, **way(city))
    ReferenceIndex.objects.all().delete()
    editor.post(reverse("wagtailadmin_pages:delete", args=[city.pk]))
    assert "busan" not in json.dumps(document(page))


def test_titles_and_addresses_follow_without_a_version(way):
    city = target_of(way, publish=True)
    page = add(publish=True, **way(city))
    change(city, headline_en="Pusan", slug="pusan")
    assert history(page) == ["publish"]
    [related] = ready(page)["related"]
    assert (related["title"]["en"], related["url"]["zh-Hant"]) == ("Pusan", "/cities/pusan/")


def test_a_draft_that_no_longer_cites_leaves_the_public_citation(way, editor):
    """The public version still names the record, so its deletion concerns the page."""
    city = target_of(way, publish=True)
    page = add(publish=True, **way(city))
    change(page, publish=False, body="[]", city_links=[], related_links=[])
    editor.post(reverse("wagtailadmin_pages:delete", args=[city.pk]))
    assert history(page) == ["publish", "publish"]
    assert "busan" not in json.dumps(document(page))


def test_a_restricted_record_is_not_named_until_it_is_public(way, editor):
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[section("city").pk])
    editor.post(privacy, {"restriction_type": "login"})
    city = target_of(way, publish=True)
    assert history(city) == []
    page = add(publish=True, **way(city))
    assert "busan" not in json.dumps(document(page))
    editor.post(privacy, {"restriction_type": "none"})
    assert history(city) == ["publish"]
    assert "city:busan" in json.dumps(document(page))


def test_an_alert_that_another_supersedes_is_deleted(editor):
    old = add(AlertPage, publish=True)
    page = add(AlertPage, publish=True, supersedes=old)
    assert document(page)["relations"]["supersedes"] == old.uid
    editor.post(reverse("wagtailadmin_pages:delete", args=[old.pk]))
    assert document(page)["relations"]["supersedes"] is None
    assert fresh(page).supersedes_id is None


def test_menus_follow_what_they_link_to():
    city = add(CityPage, headline_en="Busan")
    menu = add(MenuPage, publish=True, items=menu_items(city))
    change(city)
    assert "city:busan" in json.dumps(document(menu))


def test_a_city_counts_its_exchanges_and_names_the_last():
    city = add(CityPage, publish=True)
    links = [CityLink(city=city)]
    early = add(publish=True, city_links=links, date_start="2022-03-01")
    late = add(publish=True, city_links=[CityLink(city=city)], date_start="2022-04-01")
    assert ready(city)["derived"]["counts"]["visit"] == 2
    assert ready(city)["derived"]["last_exchange"]["uid"] == late.uid
    with changing():
        fresh(late).unpublish()
    assert ready(city)["derived"]["counts"]["visit"] == 1
    assert ready(city)["derived"]["last_exchange"]["uid"] == early.uid
    assert history(city) == ["publish"]


def test_two_records_that_cite_each_other():
    one = add()
    other = add(publish=True, related_links=[RelatedLink(target=one)])
    change(one, related_links=[RelatedLink(target=other)])
    assert document(one)["relations"]["related"] == [other.uid]
    assert document(other)["relations"]["related"] == [one.uid]
