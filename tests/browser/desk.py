"""What an editor does in the admin, in a browser.

Buttons are pressed by the keyboard: a calendar that opens a moment after its field has lost the focus may lie over
them.
"""


def save_draft(page) -> None:
    """Press the first button of the form's foot."""
    with page.expect_navigation():
        page.locator("footer .action-save").press("Enter")


def publish(page) -> None:
    """Press the button that stands in the menu of the form's foot."""
    page.locator("footer [data-w-dropdown-target=toggle]").press("Enter")
    with page.expect_navigation():
        page.locator("button[name=action-publish]").press("Enter")
