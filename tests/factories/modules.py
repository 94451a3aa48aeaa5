"""Programs that send and read cases, with their tokens."""

import base64
import itertools
import json
from typing import Any

from django.test import Client

from portal.api.v1.cases import modules
from portal.api.v1.cases.scopes import SCOPES
from tests.factories.cases import AGENCY

COMPLAINTS = "/api/v1/cases/consumer-complaint/"
TOKEN = "/api/v1/oauth/token/"
READ, WRITE, COUNTS, PERSONAL = (f"cases:consumer-complaint:{verb}" for verb in ("read", "write", "counts", "personal"))
ALL = (READ, WRITE, COUNTS, PERSONAL)
_keys = itertools.count(1)


def token(client: modules.Client, *scopes: str) -> str:
    """A token with these scopes from the token endpoint."""
    credentials = base64.b64encode(f"{client.id}:{client.secret}".encode()).decode()
    response = Client(enforce_csrf_checks=True).post(
        TOKEN,
        {"grant_type": "client_credentials"} | ({"scope": " ".join(scopes)} if scopes else {}),
        headers={"Authorization": f"Basic {credentials}"},
    )
    assert response.status_code == 200, response.content
    return response.json()["access_token"]


class Sender:
    """A module with a token: sends JSON, with a new key each time unless one is given."""

    def __init__(self, *scopes: str, agency: str = AGENCY) -> None:
        self.client = modules.create(name="測試模組", agency=agency, scopes=SCOPES)
        self.token = token(self.client, *(scopes or ALL))
        self.http = Client(raise_request_exception=False, enforce_csrf_checks=True)

    @property
    def authorized(self) -> dict[str, str]:
        """The header of its token."""
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, address: str, **query: Any):
        """Read an address."""
        return self.http.get(address, query, headers=self.authorized)

    def post(self, address: str, body: Any, *, key: str | None = None, **headers: str):
        """Send JSON, or text as it is."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Idempotency-Key": key or f"key-{next(_keys)}"} | self.authorized | named
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.http.post(address, text, content_type="application/json", headers=sent)

    def put(self, address: str, body: Any, **headers: str):
        """Put JSON, or text as it is."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.http.put(address, text, content_type="application/json", headers=self.authorized | named)

    def bulk(self, *lines: Any, address: str = f"{COMPLAINTS}bulk/") -> list[dict]:
        """Send lines in bulk; their results."""
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        response = self.http.post(address, text.encode(), content_type="application/x-ndjson", headers=self.authorized)
        assert response.status_code == 200, response.content
        return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
