"""Lines of code in a record's body, as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from portal.core.languages import text
from portal.publication.codelists import LISTS

#: What stands for this portal's address in the code of a document, so that the code can be run as a page shows it.
PLACEHOLDER = "https://portal.example"


@dataclass(frozen=True, slots=True)
class Listing:
    """Code as it is shown: its number among the record's listings, counted from 1, the name of its language, and its
    text with this portal's own address.
    """

    number: int
    kind: str
    text: str


def listing(record: Mapping[str, Any], block: Mapping[str, Any], language: str) -> Listing:
    """A code block of a record."""
    listings = [each["id"] for each in record["body"] if each["type"] == "code"]
    kind = text(LISTS["*.code_language"][block["language"]], language)
    return Listing(listings.index(block["id"]) + 1, kind, block["value"].replace(PLACEHOLDER, settings.BASE_URL))
