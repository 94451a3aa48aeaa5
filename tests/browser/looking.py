"""What a page is looked at for, whatever it shows: that it is for everybody, and as wide as its window.

Both wait until the page is there: a click is over as soon as the next page has begun, and a page that has only begun
has no element yet.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page, part: str | None = None) -> list[str]:
    """What axe finds, however slight: on the whole page, or in the part that a CSS selector names."""
    page.wait_for_load_state()
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in Axe().run(page, context=part).response["violations"]
        for node in each["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many CSS pixels of the page lie to the right of the window; 0 when it fits."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def faults(page: Page, *, scripts: bool = True) -> list[str]:
    """What is wrong for whoever reads the page otherwise than with a mouse on a wide screen. What looks for most of it
    is a script: without them it is only the width.
    """
    over = overflow(page)
    return [*(violations(page) if scripts else []), *([f"{over} px too wide"] if over else [])]
