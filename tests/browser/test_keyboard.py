"""A walk with the Tab key over whole pages, and pages in small windows (WCAG 2.2: 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11,
1.4.4, 1.4.10).
"""

import pytest

from tests.browser.looking import overflow
from tests.factories.documents import both, document, publish
from tests.factories.portal import PATHS, in_both
from tests.factories.searching import bring_up
from tests.themes import THEMES, choose

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

#: Home, search, the map with its list, a dataset.
_WALKS = ("/", "/search/?q=111", "/cities/", "/datasets/staff/")
_MOST_STOPS = 400
#: What stands in the order of the Tab key, as the markup has it, without what is not shown.
_STOPS = """() => {
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex]")];
  const stops = all.filter(each => each.tabIndex >= 0 && !each.disabled
    && each.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}));
  stops.forEach((each, place) => (each.dataset.stop = place));
  return stops.length;
}"""
#: Where the focus is: its place in that order, and whether a reader sees it there and that it has the focus.
_HERE = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const drawn = here.closest("a.map-city")?.querySelector("circle");
  const box = here.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const seen = document.elementFromPoint(x, y);
  const styles = [here, drawn ?? here].map(each => getComputedStyle(each));
  const marked = styles.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
    || style.boxShadow !== "none" || style.strokeWidth !== "1px");
  return {
    place: here.dataset.stop === undefined ? null : Number(here.dataset.stop),
    what: here.outerHTML.slice(0, 120),
    marked,
    inSight: x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
    covered: !(seen && (here.contains(seen) || seen.contains(here))),
  };
}"""


@pytest.fixture
def walked(site) -> str:
    """The address of a server with two cities on its map, whose records are indexed."""
    place = {"latitude": "-27.4698", "longitude": "153.0251"}
    publish(document("city", "brisbane", title=both("布里斯本市", "Brisbane"), country="AU", location=place))
    bring_up()
    return site


def walk(page) -> list[dict]:
    """Where Tab leads from the top of a page until it leaves it, or begins anew."""
    stops = []
    while len(stops) < _MOST_STOPS:
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None or (stops and here["place"] == stops[0]["place"]):
            return stops
        stops.append(here)
    raise AssertionError(f"the Tab key does not leave {page.url}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_tab_key_leads_to_everything_once_in_order_and_in_sight(walked, watched, settings, theme, scripts):
    choose(settings, theme)
    page = watched(java_script_enabled=scripts).page
    for address, _language in in_both(_WALKS):
        page.goto(walked + address)
        count = page.evaluate(_STOPS)
        stops = walk(page)
        assert [stop["place"] for stop in stops] == list(range(count)), address
        problems = [
            f"{address}: {stop['what']}"
            for stop in stops
            if not stop["marked"] or not stop["inSight"] or stop["covered"]
        ]
        assert problems == []


@pytest.mark.parametrize("options", [{"width": 320}, {"width": 640, "device_scale_factor": 2}], ids=["320", "200%"])
@pytest.mark.parametrize("theme", THEMES)
def test_no_page_has_to_be_scrolled_to_the_side(walked, watched, settings, theme, options):
    choose(settings, theme)
    page = watched(**options).page
    wide = {}
    for address, _language in in_both((*PATHS, "/search/?q=111", "/follow/email/", "/nothing/")):
        page.goto(walked + address)
        if over := overflow(page):
            wide[address] = over
    assert wide == {}
