"""What an editor does in the admin, in a browser."""


def save_draft(page) -> None:
    """Press the first button of the form's foot."""
    with page.expect_navigation():
        page.locator("footer .action-save").click()


def publish(page) -> None:
    """Press the button that stands in the menu of the form's foot."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator("button[name=action-publish]").click()
