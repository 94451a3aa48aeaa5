"""What an editor does in the admin, in a browser.

Buttons and tabs are pressed by the keyboard: a calendar that opens a moment after its field has lost the focus may lie
over them.
"""

from playwright.sync_api import expect


def fill(page, **fields: str) -> None:
    """Type into fields of a form, on whichever tab they are."""
    for name, value in fields.items():
        panel = page.locator("[role=tabpanel]").filter(has=page.locator(f"#id_{name}"))
        page.locator(f"#{panel.get_attribute('aria-labelledby')}").press("Enter")
        page.locator(f"#id_{name}").fill(value)


def save_draft(page) -> None:
    """Press the first button of the form's foot."""
    press(page, "footer .action-save")


def publish(page) -> None:
    """Press the button that stands in the menu of the form's foot."""
    page.locator("footer [data-w-dropdown-target=toggle]").press("Enter")
    press(page, "button[name=action-publish]")


def press(page, button: str) -> None:
    """Press a button that leads to another page, and wait for that."""
    # The button of a draft that is being saved by itself waits until that is done.
    expect(page.locator(button)).to_be_enabled()
    with page.expect_navigation():
        page.locator(button).press("Enter")
