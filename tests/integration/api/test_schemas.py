"""The schemas at their addresses, and the OpenAPI document."""

import json

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from portal.api.documentation import document as openapi
from portal.api.v1.problems import KINDS
from portal.publication.schemas import current
from portal.publication.types import TYPES
from tests.factories.documents import document

pytestmark = pytest.mark.django_db


def test_references_lead_to_schemas(client: Client):
    def retrieve(address: str) -> Resource:
        return Resource.from_contents(client.get(address.replace("urn:", "")).json())

    registry = Registry(retrieve=retrieve)
    listed = client.get("/api/v1/schemas/").json()
    assert {each["name"] for each in listed["results"]} >= {f"{code}.1" for code in TYPES}
    for code in TYPES:
        name = current(code)
        response = client.get(f"/api/v1/schemas/{name}/")
        assert response["Content-Type"] == "application/schema+json"
        assert response.content == client.get(f"/api/v1/schemas/{name}.json").content
        schema = response.json()
        assert schema["$id"] == f"/api/v1/schemas/{name}.json"
        Draft202012Validator(schema, registry=registry).validate(document(code, "a"))


def test_openapi(client: Client, capsys):
    openapi.cache_clear()
    GENERATOR_STATS.reset()
    response = client.get("/api/schema/")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json"
    assert not GENERATOR_STATS
    described = json.loads(response.content)
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert operation["summary"] and operation["description"]
        assert {"304", "400"} <= operation["responses"].keys()
        assert {"200", "302"} & operation["responses"].keys()
        for parameter in operation["parameters"]:
            assert parameter["description"]


def test_every_reference_of_the_openapi_document_is_in_it(client: Client):
    text = client.get("/api/schema/").content.decode()
    components = json.loads(text)["components"]["schemas"]
    for name in {part.split('"', 1)[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in components


def test_statuses_of_problems_are_known():
    assert {kind.status for kind in KINDS.values()} == {400, 404, 405, 410, 412, 451, 500, 503}
