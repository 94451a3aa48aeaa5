"""The messages of webhooks in the OpenAPI document (3.1, ``webhooks``)."""

from portal.api.v1.openapi import Schema, object_of, reference
from portal.cases.kinds import KINDS

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 1}
_HEADERS = {
    "webhook-id": "The same however often a message is sent, and of no other.",
    "webhook-timestamp": "When it is sent, in seconds since 1970. Refuse what is older than some minutes.",
    "webhook-signature": (
        "`v1,` and the base64 of the HMAC-SHA256 over identifier, time and body, joined by full stops, by the secret "
        "after `whsec_`, which is base64. Several, by spaces, while a secret is replaced."
    ),
}


def schemas() -> dict[str, Schema]:
    """The components of the messages."""
    data = object_of(
        {
            "reference": _TEXT,
            "kind": {"enum": list(KINDS)},
            "event": _TEXT | {"description": "The type of the event, as the feed has it."},
            "seq": _NUMBER | {"description": "Its place in the feed."},
            "number": _NUMBER | {"description": "Its place among those of the case, and the case's version after it."},
        }
    )
    message = object_of(
        {
            "type": _TEXT | {"description": "`case.<kind>.<event>` with underscores, or `webhook.test`, without data."},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": {"anyOf": [data, {"type": "object", "maxProperties": 0}]},
        },
        "That something happened to a case of the agency; what, the API says.",
    )
    return {"WebhookMessage": message}


def webhooks() -> Schema:
    """What is sent to a module's address."""
    headers = [
        {"name": name, "in": "header", "required": True, "schema": _TEXT, "description": text}
        for name, text in _HEADERS.items()
    ]
    answers = {
        "2XX": "Taken. Whatever else is answered, or nothing within 20 seconds, it is sent again later.",
        "410": "Nothing more is wanted.",
    }
    post = {
        "operationId": "case_event_webhook",
        "summary": "Something happened to a case",
        "description": "Signed by the scheme of Standard Webhooks 1.0. In order; a message may come twice.",
        "tags": ["cases"],
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": {"schema": reference("WebhookMessage")}}},
        "responses": {status: {"description": text} for status, text in answers.items()},
    }
    return {"caseEvent": {"post": post}}
