"""The map of the partner cities as a browser shows it."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import overflow
from tests.factories.documents import both, document, publish

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

_CITIES = {
    "daegu": ("大邱市", "KR", "35.8714", "128.6014"),
    "tulsa": ("陶沙市", "US", "36.154", "-95.9928"),
    "brisbane": ("布里斯本市", "AU", "-27.4698", "153.0251"),
}
#: What the boxes of names that are in sight have in common, in square pixels.
_OVERLAP = """() => {
  const boxes = [...document.querySelectorAll(".map-world text")].map(each => each.getBoundingClientRect())
    .filter(box => box.width);
  let most = 0;
  boxes.forEach((one, place) => boxes.slice(place + 1).forEach(other => {
    const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (width > 1 && height > 5) most = Math.max(most, width * height);
  }));
  return [boxes.length, most];
}"""


@pytest.fixture
def partners(site):
    publish(
        *(
            document(
                "city",
                slug,
                title=both(title, slug.capitalize()),
                country=country,
                location={"latitude": latitude, "longitude": longitude},
            )
            for slug, (title, country, latitude, longitude) in _CITIES.items()
        )
    )
    return site


def test_the_keyboard_reaches_every_city(partners, watched):
    reader = watched()
    page = reader.page
    page.goto(f"{partners}/")
    page.locator(".claim").evaluate("each => { each.tabIndex = -1; each.focus(); }")
    reached = []
    for _press in range(8):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.closest('.map') && document.activeElement.getAttribute('href')")
        if label:
            reached.append(label)
    assert [each for each in reached if each.endswith("/")] == [
        "/cities/busan/",
        "/cities/daegu/",
        "/cities/brisbane/",
        "/cities/tulsa/",
    ]
    # Daegu shares the name of its country; its own appears for whoever comes to it.
    daegu = page.locator("a.map-city").nth(1)
    expect(daegu.locator("text")).to_be_hidden()
    daegu.focus()
    expect(daegu.locator("text")).to_be_visible()
    page.locator("a.map-city").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/brisbane/")
    assert reader.complaints == []


@pytest.mark.parametrize(("width", "names"), [(1280, 4), (390, 4), (320, 4)])
def test_names_fit_and_stand_apart_at_every_width(partners, watched, width, names):
    page = watched(width).page
    for path in ("/", "/en/", "/cities/", "/cities/busan/"):
        page.goto(partners + path)
        assert overflow(page) == 0
        if "busan" not in path:
            shown, overlap = page.evaluate(_OVERLAP)
            assert shown >= names
            assert overlap == 0
