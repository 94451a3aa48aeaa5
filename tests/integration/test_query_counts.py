"""How many queries the public answers take: a list at most four however long it is, a record or its page two, a 304
one.
"""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.documents import both, day, document, picture, publish
from tests.factories.portal import image

pytestmark = pytest.mark.django_db

VISITS = 210
RECORD = "/api/v1/records/visit:number-7/"
PAGES = ["/visits/number-7/", "/en/visits/number-7/"]
LISTS = [
    f"/api/v1/{resource}/?limit={limit}{more}"
    for resource in ("records", "visits")
    for limit in (20, 200)
    for more in (
        "",
        "&lang=en",
        "&city=city:busan&topic=topic:education",
        "&from=2022-01-01&to=111年12月",
        "&sort=date",
    )
]


@pytest.fixture(autouse=True)
def published():
    """A city and enough visits to it for a long page, each with a picture."""
    sha256 = image()
    visits = [
        document(
            "visit",
            f"number-{number}",
            cities=("city:busan",),
            dates=day(f"2022-03-{1 + number % 28:02}"),
            title=both("來訪", "A visit"),
            topics=["topic:education"],
            media=[picture(sha256)],
        )
        for number in range(VISITS)
    ]
    publish(document("city", "busan"), document("menu"), *visits, files=frozenset({sha256}))
    caches["pages"].clear()


def queries(client, address: str, *, status: int = 200, **headers: str) -> int:
    """How many queries an answer takes."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    assert response.status_code == status
    return len(captured)


def test_a_list_takes_four_at_most(client):
    for address in LISTS:
        assert queries(client, address) <= 4, address
        assert len(client.get(address).json()["results"]) >= 20


def test_so_does_each_of_its_pages(client):
    address = "/api/v1/records/?limit=50"
    while address:
        assert queries(client, address) <= 4
        address = client.get(address).json()["next"]


def test_a_record_takes_one(client):
    assert queries(client, RECORD) == 1
    assert queries(client, f"{RECORD}?lang=en") == 1


def test_a_page_takes_two_when_it_is_rendered_and_one_when_it_is_kept(client):
    # The frame is read once per process and state of the log.
    client.get("/visits/number-8/")
    for address in PAGES:
        assert queries(client, address) <= 2
        assert queries(client, address) == 1


def test_a_304_takes_one(client):
    for address in (*LISTS, RECORD, *PAGES):
        etag = client.get(address)["ETag"]
        assert queries(client, address, status=304, if_none_match=etag) == 1
