"""The map of the partner cities, and the part of it that a city's page has."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.languages import CHINESE, DJANGO_CODES, ENGLISH, LANGUAGES
from portal.rendering.geography.sphere import Place
from portal.rendering.harbour import City, Harbour, city_of, formula, harbour_of, way
from portal.rendering.harbour_map import cutout, world_map
from portal.rendering.theme import theme
from tests.unit.rendering.geography.test_sphere import PLACES

HARBOUR = Harbour({CHINESE: "高雄", ENGLISH: "Kaohsiung"}, Place(22.62, 120.28))


def city(slug: str, chinese: str, english: str, country: str, latitude: float, longitude: float) -> City:
    names = {"KR": ("韓國", "South Korea"), "JP": ("日本", "Japan"), "US": ("美國", "United States")}
    name = dict(zip((CHINESE, ENGLISH), names.get(country, (country, country)), strict=True))
    url = {CHINESE: f"/cities/{slug}/", ENGLISH: f"/en/cities/{slug}/"}
    return City(f"city:{slug}", {CHINESE: chinese, ENGLISH: english}, url, country, name, Place(latitude, longitude))


BUSAN = city("busan", "釜山市", "Busan", "KR", 35.1796, 129.0756)
DAEGU = city("daegu", "大邱市", "Daegu", "KR", 35.8714, 128.6014)
TULSA = city("tulsa", "陶沙市", "Tulsa", "US", 36.154, -95.9928)
PORTLAND = city("portland", "波特蘭市", "Portland", "US", 45.5152, -122.6784)
ORE = city("ore", "礦山縣", "Erzgebirgskreis (Ore Mountains District)", "DE", 50.5805, 13.0022)
REGION = city("region", "布拉提斯拉瓦省", "Bratislava Self-Governing Region", "SK", 48.1486, 17.1077)
CITIES = [TULSA, BUSAN, ORE, DAEGU, PORTLAND, REGION]


@pytest.fixture(params=LANGUAGES)
def language(request):
    with override(DJANGO_CODES[request.param]):
        yield request.param


def test_the_way_from_the_harbour():
    with override("zh-hant"):
        assert way(HARBOUR, BUSAN.place) == "1,636公里，方位29°"
        assert "6,371.0088" in "".join(formula(HARBOUR, BUSAN.place))
    with override("en"):
        assert way(HARBOUR, BUSAN.place) == "1,636 km, bearing 29°"
        assert formula(HARBOUR, BUSAN.place)[-1].endswith("1,636 km, bearing 29°.")


def test_each_city_is_a_link_that_says_where_it_is(language):
    drawing = world_map(HARBOUR, CITIES, language)
    assert [spot.url for spot in drawing.spots] == [
        each.url[language] for each in (BUSAN, DAEGU, REGION, ORE, PORTLAND, TULSA)
    ]
    assert (
        drawing.spots[0].said
        == {
            CHINESE: "釜山市，韓國：1,636公里，方位29°",
            ENGLISH: "Busan, South Korea: 1,636 km, bearing 29°",
        }[language]
    )


def test_near_cities_share_the_name_of_their_country_and_far_ones_have_their_own(language):
    drawing = world_map(HARBOUR, CITIES, language)
    assert [named.said for named in drawing.countries] == [
        {CHINESE: "韓國：2個城市", ENGLISH: "South Korea: 2 cities"}[language]
    ]
    assert [named.url for named in drawing.countries] == [
        {CHINESE: "", ENGLISH: "/en"}[language] + "/cities/#country-kr"
    ]
    named = {spot.name for spot in drawing.spots if spot.label}
    assert len(named) == 4
    assert not named & {"釜山市", "Busan"}


def test_a_narrow_drawing_names_countries_only(language):
    drawing = world_map(HARBOUR, CITIES, language)
    assert {named.url.partition("#")[2] for named in drawing.narrow} == {
        "country-kr",
        "country-us",
        "country-de",
        "country-sk",
    }


def test_long_names_are_short_on_the_map():
    with override("en"):
        drawing = world_map(HARBOUR, CITIES, ENGLISH)
    lines = {spot.name: spot.label.lines for spot in drawing.spots if spot.label}
    assert lines["Erzgebirgskreis"] == ("Erzgebirgskreis",)
    assert lines["Bratislava Self-Governing Region"] == ("Bratislava", "Self-Governing Region")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(PLACES, st.sampled_from(("KR", "JP", "US", "DE", "FR"))), min_size=1, max_size=36))
def test_names_never_overlap_wherever_the_cities_are(given):
    cities = [
        city(f"city-{number}", "城市名稱", "Name of a city", country, place.latitude, place.longitude)
        for number, (place, country) in enumerate(given)
    ]
    with override("en"):
        drawing = world_map(HARBOUR, cities, ENGLISH)
    wide = [
        *(spot.label for spot in drawing.spots),
        *(named.label for named in drawing.countries),
        *drawing.ring_labels,
        drawing.harbour,
    ]
    narrow = [*(named.label for named in drawing.narrow), drawing.harbour_narrow]
    for labels in (wide, narrow):
        boxes = [label.box for label in labels if label is not None]
        assert all(drawing.frame.holds(box) for box in boxes)
        assert not any(one.meets(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    assert len(drawing.spots) == len(cities)


def test_a_cutout_has_the_city_and_the_harbour_and_says_the_way(language):
    for chosen in CITIES:
        drawing = cutout(HARBOUR, chosen, CITIES, language)
        (spot,) = [each for each in drawing.spots if each.is_chosen]
        assert 0 < spot.point.x < drawing.frame.right
        assert 0 < spot.point.y < drawing.frame.bottom
        assert 0 < drawing.centre.x < drawing.frame.right
        assert 0 < drawing.centre.y < drawing.frame.bottom
        assert spot.label
        assert drawing.harbour
        assert drawing.description == way(HARBOUR, chosen.place)


def test_without_cities_or_a_harbour_there_is_no_map():
    assert world_map(HARBOUR, [], CHINESE) is None
    assert harbour_of({}) is None
    assert harbour_of(theme().identity).place == HARBOUR.place


def test_a_city_without_coordinates_is_not_on_the_map():
    assert city_of({"location": None}) is None
