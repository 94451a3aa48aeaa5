"""What a citizen does with the forms of the services, whatever they ask."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Type or choose the answers, by the names of the fields."""
    for name, text in values.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(text)
        elif field.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={text}]").check()
        else:
            field.fill(text)


def handed_out(page: Page) -> list[str]:
    """The reference number and the secret of the case that has just been filed."""
    both = page.locator(".handed-out dd")
    expect(both).to_have_count(2)
    return both.all_inner_texts()
