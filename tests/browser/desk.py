"""What an editor does in the admin, in a browser.

Buttons are pressed by the keyboard: a calendar that opens a moment after its field has lost the focus may lie over
them.
"""

from playwright.sync_api import expect


def save_draft(page) -> None:
    """Press the first button of the form's foot."""
    _press(page, "footer .action-save")


def publish(page) -> None:
    """Press the button that stands in the menu of the form's foot."""
    page.locator("footer [data-w-dropdown-target=toggle]").press("Enter")
    _press(page, "button[name=action-publish]")


def _press(page, button: str) -> None:
    # The button of a draft that is being saved by itself waits until that is done.
    expect(page.locator(button)).to_be_enabled()
    with page.expect_navigation():
        page.locator(button).press("Enter")
