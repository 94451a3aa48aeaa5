"""Problem documents of the module API."""

import json
from typing import Any


def problem(response: Any, status: int, code: str, *pointers: str) -> dict[str, Any]:
    """The problem document of a response, whose common members are checked; ``pointers`` are those of its errors."""
    body = json.loads(response.content)
    assert (response.status_code, body["type"]) == (status, f"/api/v1/problems/{code}/"), body
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert body["title"] and body["detail"]
    if pointers:
        assert {error["pointer"] for error in body["errors"]} == set(pointers), body
        assert all(error["code"] and error["message"] for error in body["errors"])
    return body
