"""The map, the list and the pages of cities, in both languages."""

import pytest
from django.test import Client

from portal.core.languages import CHINESE
from portal.site.cities import named_country
from tests.factories.documents import both, day, document, publish, withdraw
from tests.validity import faults, parse

SVG = "{http://www.w3.org/2000/svg}"
KOREA = ("city:busan", "city:daegu")
SPAN = {"start": "2021-01-01", "end": "2022-04-30", "ongoing": False, "precision": "month"}
OPEN = {"start": "2022-05-01", "end": None, "ongoing": True, "precision": "month"}


def place(latitude: str, longitude: str) -> dict:
    return {"location": {"latitude": latitude, "longitude": longitude}}


@pytest.fixture
def partners(db):
    """Two cities in South Korea, one in Australia, one without coordinates; exchanges with them and with an office."""
    publish(
        document("city", "busan", title=both("釜山市", "Busan")),
        document("city", "daegu", title=both("大邱市", "Daegu"), kind="friendship", **place("35.8714", "128.6014")),
        document("city", "brisbane", title=both("布里斯本市", None), country="AU", **place("-27.4698", "153.0251")),
        document("city", "nowhere", title=both("某市", "Some city"), country="DE", location=None),
        document(
            "exhibit", "series", title=both("系列展", "Series"), dates=SPAN, cities=KOREA, topics=["topic:culture"]
        ),
        document("exhibit", "keys", title=both("市鑰展", "Keys"), dates=OPEN, cities=("city:busan",)),
        document(
            "visit", "daegu", title=both("大邱來訪", "Daegu calls"), dates=day("2022-02-02"), cities=("city:daegu",)
        ),
        document(
            "visit",
            "mission",
            title=both("代表拜會", "The mission calls"),
            dates=day("2022-03-29"),
            office=both("駐台北韓國代表部", "Korean Mission in Taipei"),
        ),
        document("activity", "undated", title=both("某活動", "Some activity"), cities=("city:busan",)),
    )


def tree_of(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert faults(page, "en" if address.startswith("/en/") else CHINESE) == []
    return parse(page)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def section(tree, labelled: str):
    return next(each for each in tree.iter("section") if each.get("aria-labelledby") == labelled)


def map_of(tree):
    """The drawing of the map; None where there is none."""
    return next((each for each in tree.iter(f"{SVG}svg") if "map" in (each.get("class") or "").split()), None)


def links_of(svg) -> dict[str, str]:
    return {each.get("href"): each.get("aria-label") for each in svg.iter(f"{SVG}a") if "map-city" in each.get("class")}


@pytest.mark.parametrize(
    ("prefix", "busan"),
    [("", "釜山市，韓國：1,636公里，方位29°"), ("/en", "Busan, South Korea: 1,636 km, bearing 29°")],
)
@pytest.mark.parametrize("path", ["/", "/cities/"])
def test_the_map_has_every_city_that_has_coordinates(client: Client, partners, path, prefix, busan):
    svg = map_of(tree_of(client, prefix + path))
    links = links_of(svg)
    assert set(links) == {f"{prefix}/cities/{slug}/" for slug in ("busan", "daegu", "brisbane")}
    assert links[f"{prefix}/cities/busan/"] == busan
    assert svg.get("aria-label")


def test_a_withdrawn_city_leaves_the_map(client: Client, partners):
    withdraw("city:daegu")
    svg = map_of(tree_of(client, "/"))
    assert set(links_of(svg)) == {"/cities/busan/", "/cities/brisbane/"}


def test_the_list_says_all_that_the_map_does_by_kind_and_country(client: Client, partners):
    tree = tree_of(client, "/en/cities/")
    sister, friendship = (words(section(tree, f"kind-{number}")) for number in (1, 2))
    assert sister.startswith("Sister cities Australia")
    assert sister.index("Australia") < sister.index("Germany") < sister.index("South Korea")
    assert "Busan 1,636 km, bearing 29°" in sister
    assert "Some city" in sister
    assert "Daegu" in friendship
    ids = {each.get("id") for each in tree.iter("li")}
    assert {"country-kr", "country-au", "country-de"} <= ids
    svg = map_of(tree)
    assert all(each.get("href").partition("#")[2] in {"", *ids} for each in svg.iter(f"{SVG}a"))


def test_a_city_says_where_it_is_and_how_that_is_computed(client: Client, partners):
    chinese, english = tree_of(client, "/cities/busan/"), tree_of(client, "/en/cities/busan/")
    facts = words(next(each for each in chinese.iter("dl") if each.get("class") == "facts"))
    assert "距高雄港 1,636公里，方位29°" in facts
    assert "arcsin" in facts
    assert "北緯35.1796度，東經129.0756度" in facts
    assert "締結日期 報告未載明" in facts
    facts = words(next(each for each in english.iter("dl") if each.get("class") == "facts"))
    assert "1,636 km, bearing 29°" in facts
    assert "35.1796° N, 129.0756° E" in facts
    assert "27.4698° S, 153.0251° E" in words(tree_of(client, "/en/cities/brisbane/"))


def test_a_city_has_its_part_of_the_map(client: Client, partners):
    svg = map_of(tree_of(client, "/cities/busan/"))
    assert svg.get("role") == "img"
    assert "釜山市" in svg.get("aria-label")
    assert map_of(tree_of(client, "/cities/nowhere/")) is None


def test_the_band_says_what_is_known_of_each_date(client: Client, partners):
    band = section(tree_of(client, "/en/cities/busan/"), "band-title")
    lines = {words(each): each for each in band.iter("li") if each.find("span") is not None}
    marks = {
        name: {each.get("class") for each in line.iter() if each.tag in (f"{SVG}rect", f"{SVG}path")}
        for name, line in lines.items()
    }
    (series,) = (marks[name] for name in marks if "Series" in name)
    (keys,) = (marks[name] for name in marks if "Keys" in name)
    assert series == {"time-within"}
    assert keys == {"time-solid", "time-end", "time-arrow"}
    assert "No dated record" in words(band)
    assert "Some activity" not in words(band)


def test_the_timeline_has_the_newest_first_and_the_undated_apart(client: Client, partners):
    exchanges = words(section(tree_of(client, "/en/cities/busan/"), "exchanges-title"))
    assert exchanges.index("Keys") < exchanges.index("Series") < exchanges.index("Some activity")
    assert "From May 2022" in exchanges


def test_how_lively_the_exchange_is(client: Client, partners):
    lively = section(tree_of(client, "/cities/busan/"), "lively-title")
    rows = [[words(cell) for cell in row.iter() if cell.tag in ("th", "td")] for row in lively.iter("tr")]
    assert rows[0] == ["年度", "展覽", "訪問", "協定", "活動", "合計"]
    assert rows[1:4] == [
        ["111年 2022", "1", "0", "0", "0", "1"],
        ["110年 2021", "1", "0", "0", "0", "1"],
        ["日期未載明", "0", "0", "0", "1", "1"],
    ]
    assert rows[5] == ["文化", "1"]


def test_exchanges_with_the_same_country_and_its_other_cities(client: Client, partners):
    country = words(section(tree_of(client, "/en/cities/busan/"), "country-title"))
    assert "South Korea" in country
    assert country.index("The mission calls") < country.index("Daegu calls")
    assert "Series" not in country
    assert country.endswith("Daegu")
    tree = tree_of(client, "/en/cities/brisbane/")
    assert "country-title" not in {each.get("aria-labelledby") for each in tree.iter("section")}


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("駐台北韓國代表部", "KR"),
        ("德國在台協會", "DE"),
        ("日本台灣交流協會高雄事務所", "JP"),
        ("加拿大駐台北貿易辦事處", "CA"),
        ("熊本市", None),
        ("駐台北印尼經濟貿易代表處", "ID"),
    ],
)
def test_the_country_of_an_office(words, country):
    assert named_country(words) == country
