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

_OF_MODULES = ("/api/v1/cases/", "/api/v1/oauth/")


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
    operations = [(path, each) for path, methods in described["paths"].items() for each in methods.values()]
    assert len({operation["operationId"] for _path, operation in operations}) == len(operations)
    for path, operation in operations:
        assert operation["summary"] and operation["description"]
        answers = operation["responses"].keys()
        # What is public is kept by whoever has asked; what asks for a token is stored by nobody.
        assert {"401" if path.startswith(_OF_MODULES) else "304", "400"} <= answers
        assert {"200", "201", "302"} & answers
        for parameter in operation.get("parameters", ()):
            assert parameter["description"]


def test_every_reference_of_the_openapi_document_is_in_it(client: Client):
    text = client.get("/api/schema/").content.decode()
    components = json.loads(text)["components"]["schemas"]
    for name in {part.split('"', 1)[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in components


def test_statuses_of_problems_are_known():
    public = {400, 404, 405, 410, 412, 451, 500, 503}
    of_modules = {401, 403, 409, 411, 413, 415, 422, 428, 429}
    assert {kind.status for kind in KINDS.values()} == public | of_modules
