"""Whatever fits the OpenAPI document, and much that does not, is answered as the document says: nothing else,
and never a 5xx.

Few examples here; ``make acceptance`` tries many more.
"""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error, unsupported_method
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import Client

from portal.opendata import renewal
from portal.publication.types import LISTED, TYPES
from tests.factories.datasets import check as declared
from tests.factories.datasets import dataset
from tests.factories.documents import both, day, document, picture, publish, redact, text_block, withdraw
from tests.factories.searching import bring_up

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
KEY = "headcount.workers.2022-05"
CITED = {
    "dataset": "dataset:headcount",
    "key": KEY,
    "version": 1,
    "value": "5498",
    "unit": "person",
    "period": "2022-05",
}
_LISTS = (
    "",
    "records/",
    "search/",
    "suggest/",
    "menus/",
    "banners/",
    "changes/",
    "collections/",
    "dumps/",
    "schemas/",
    "problems/",
)
UIDS = ["visit:a", "dataset:headcount", "visit:gone", "visit:secret"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def connection_kept():
    """A request does not close the connection that holds the test's transaction, as with Django's own test
    client.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def published(db) -> None:
    """A record of every type, one that is withdrawn and one that is redacted."""
    publish(
        *(document(code, "a") for code in TYPES if code not in ("visit", "dataset")),
        document(
            "visit",
            "a",
            dates=day("2022-03-17"),
            cities=("city:a",),
            topics=["topic:education"],
            media=[picture("a" * 64)],
            body=[
                text_block("<p>字</p>") | {"figures": [CITED]},
                {"id": "p", "type": "picture", "picture": picture("a" * 64)},
                {"id": "f", "type": "figure", "label": both("字"), **CITED},
            ],
        ),
        dataset(checks=[declared("sum", "headcount.workers", *["headcount.temporary"] * 2)]),
        document("visit", "gone"),
        document("visit", "secret"),
    )
    publish(document("city", "a", change_note=both("更正")))
    withdraw("visit:gone", both("說明", None))
    redact("visit:secret")
    bring_up()
    renewal.renew()


@schemathesis.serializer("application/x-ndjson")
def json_line(_context, value) -> bytes:
    """One line: what is generated for a body of JSON Lines is an object."""
    return json.dumps(value).encode() + b"\n"


application = get_wsgi_application()
schema = schemathesis.openapi.from_wsgi("/api/schema/", application)


def check(case) -> None:
    """Call and compare with the document. A generated uid is nobody's, so half of the requests are given a
    record's; of the keys, too, half are an observation's.
    """
    uid = (case.path_parameters or {}).get("uid")
    if isinstance(uid, str) and len(uid) % 2 == 0:
        case.path_parameters["uid"] = UIDS[len(uid) // 2 % len(UIDS)]
    key = (case.path_parameters or {}).get("key")
    if isinstance(key, str) and len(key) % 2 == 0:
        case.path_parameters |= {"uid": "dataset:headcount", "key": KEY}
    case.call_and_validate(checks=CHECKS)


def examples(number: int) -> settings:
    """So many examples of each operation, however long they take."""
    return settings(max_examples=number, suppress_health_check=list(HealthCheck))


@schema.parametrize()
@examples(5)
def test_answers_are_documented(case):
    check(case)


@pytest.mark.acceptance
@schema.parametrize()
@examples(300)
def test_many_answers_are_documented(case):
    check(case)


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=zh-Hant"])
def test_every_real_answer_fits(query: str):
    client = Client(application)
    records = [*(f"{code}:a" for code in TYPES if code != "dataset"), *UIDS]
    addresses = [
        *(("records/{uid}/", f"records/{uid}/") for uid in records),
        *(("records/{uid}/versions/", f"records/{uid}/versions/") for uid in records),
        *(("records/{uid}/versions/{number}/", f"records/{uid}/versions/1/") for uid in records),
        *((f"{each.plural}/", f"{each.plural}/") for each in LISTED),
        ("datasets/{uid}/", "datasets/dataset:headcount/"),
        ("datasets/{uid}/observations/", "datasets/dataset:headcount/observations/"),
        ("datasets/{uid}/checks/", "datasets/dataset:headcount/checks/"),
        ("figures/{uid}/{key}/", f"figures/dataset:headcount/{KEY}/"),
        ("figures/{uid}/{key}/checks/{number}/", f"figures/dataset:headcount/{KEY}/checks/1/"),
        *((each, each) for each in _LISTS),
        ("menus/{slot}/", "menus/main/"),
    ]
    addresses += [
        ("resolve/", f"resolve/?path={path}{query.replace('?', '&')}")
        for path in (
            *("/", "/visits/", "/en/visits/a/", "/visits/gone/", "/datasets/headcount/", "/search/", "/opendata/"),
            *("/changes.atom", "/visits/a/versions/", "/en/visits/a/versions/1/", "/visits/a"),
        )
    ]
    for path, address in addresses:
        asked = address if "?" in address else f"{address}{query}"
        response = client.get(f"/api/v1/{asked}", base_url="http://localhost/")
        assert response.status_code in (200, 410, 451), address
        schema[f"/api/v1/{path}"]["GET"].validate_response(response)
