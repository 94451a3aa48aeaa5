"""Where data are invented every page says so, in both languages, and every answer in a header."""

import pytest
from django.test import Client

from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def invented(settings):
    settings.PORTAL_SYNTHETIC = True
    home()


@pytest.mark.parametrize("path", ["/", "/en/", "/services/", "/nothing-here/", "/api/docs/", "/admin/login/"])
def test_every_page_has_the_banner_once_before_all_else(invented, path):
    answer = Client().get(path, headers={"accept-encoding": "gzip"})
    page = answer.content.decode()
    assert page.count('<aside class="synthetic-data"') == 1
    assert "合成資料" in page and "Synthetic data" in page
    assert page.index("<body") < page.index("synthetic-data") < page.index("</body>")
    assert answer["X-Synthetic-Data"] == "true"
    assert int(answer.get("Content-Length", len(answer.content))) == len(answer.content)


def test_the_desk_has_it_too(invented):
    assert "synthetic-data" in signed_in().get("/admin/").content.decode()


def test_the_api_says_it_in_a_header_and_leaves_its_body_alone(invented):
    answer = Client().get("/api/v1/records/")
    assert answer["X-Synthetic-Data"] == "true" and b"synthetic" not in answer.content


def test_a_real_portal_says_nothing_of_it():
    home()
    answer = Client().get("/")
    assert "X-Synthetic-Data" not in answer and b"synthetic" not in answer.content
