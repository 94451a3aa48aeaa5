"""The components of the OpenAPI document that only the module API has, and its security scheme."""

from typing import Any

from django.urls import reverse

from portal.api.v1.cases import hooks
from portal.api.v1.cases.described import SCHEME
from portal.api.v1.cases.scopes import SCOPES
from portal.api.v1.openapi import Schema, array_of, extended, object_of, optional, reference
from portal.cases.attachments.content_types import EXTENSIONS
from portal.cases.kinds import KINDS

_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_VALUES: Schema = {"type": "object", "description": "By field name, as the kind's schemas have it."}
_SAID: Schema = {"type": "object", "additionalProperties": optional(_TEXT)}
_DEADLINE: Schema = {
    "type": "object",
    "description": "By when, and why: the rule with its legal basis, days counted and skipped, pauses, in words too.",
    "properties": {
        "due": optional({"type": "string", "format": "date"}),
        "ends_at": optional({"type": "string", "format": "date-time"}),
        "stopped": {"type": "boolean"},
        "explanation": array_of(reference("Text")),
    },
    "required": ["due", "ends_at", "stopped", "explanation"],
}
_DAY: Schema = {"type": "string", "format": "date"}
_MOVED: Schema = {
    "type": "object",
    "description": "Only of `deadline-moved`: the last day before and after a change to the office calendar, and the "
    "days that changed.",
    "properties": {
        "before": _DAY,
        "after": _DAY,
        "days": array_of(
            {
                "type": "object",
                "properties": {"date": _DAY, "is_working": _FLAG, "name": optional(reference("Text"))},
                "required": ["date", "is_working", "name"],
            }
        ),
    },
    "required": ["before", "after", "days"],
}
_KIND: Schema = {"enum": list(KINDS)}


def add_components(result: Schema, **_kwargs: Any) -> Schema:
    """drf-spectacular's hook after generation: put components, webhooks and security scheme into the document."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(_cases() | _events() | _bulk() | _counts() | _kinds())
    components["schemas"].update(hooks.schemas())
    result.setdefault("webhooks", {}).update(hooks.webhooks())
    components.setdefault("securitySchemes", {})[SCHEME] = {
        "type": "oauth2",
        "description": (
            "Client credentials of a module of an agency. Scopes are of a kind of case; which one an operation needs, "
            "its description says."
        ),
        "flows": {"clientCredentials": {"tokenUrl": reverse("api-token"), "scopes": SCOPES}},
    }
    return result


def _cases() -> dict[str, Schema]:
    case = object_of(
        {
            "reference": _TEXT,
            "kind": _KIND,
            "agency": _TEXT,
            "assignee": _TEXT | {"description": "Who has it, opaque; empty: nobody."},
            "state": _TEXT,
            "closed": _FLAG,
            "version": _NUMBER,
            "received_at": _MOMENT,
            "closed_at": optional(_MOMENT),
            "values": _VALUES,
            "follows": optional(_TEXT),
            "merged_into": optional(_TEXT),
            "steps": array_of(_TEXT, "The transitions that a module may take now."),
        },
        "A case, without what is personal.",
    )
    detail = extended(case, {"followed_by": optional(_TEXT), "events": array_of(reference("CaseEvent"))})
    detail["properties"] |= {"deadline": optional(_DEADLINE)}
    detail["required"] = [*detail["required"], "deadline"]
    detail["properties"] |= {"personal": _SAID | {"description": "Only with the scope `cases:<kind>:personal`."}}
    sent = {
        "type": "object",
        "properties": {
            "values": _VALUES,
            "received_at": _MOMENT | {"description": "Now, where it is not given."},
            "follows": _TEXT | {"description": "The case of an earlier stage; what it says need not be sent again."},
        },
        "required": ["values"],
        "additionalProperties": False,
    }
    file = {"type": "string", "description": "An iCalendar document (RFC 5545)."}
    return {"Case": case, "CaseDetail": detail, "SentCase": sent, "CalendarFile": file}


def _events() -> dict[str, Schema]:
    event = object_of(
        {
            "seq": _NUMBER | {"description": "Its place among the events of all cases, in the order of commits."},
            "number": _NUMBER | {"description": "Its place among those of the case, and the case's version after it."},
            "type": _TEXT,
            "state": _TEXT,
            "closed": _FLAG,
            "agency": _TEXT,
            "from_agency": optional(_TEXT),
            "assignee": _TEXT,
            "actor": _TEXT,
            "occurred_at": _MOMENT,
            "recorded_at": _MOMENT,
            "values": _VALUES,
            "other": optional(_TEXT),
        },
        "Something that happened to a case; state, agency and assignee are those after it.",
    )
    event["properties"] |= {"deadline_moved": _MOVED}
    event["properties"] |= {"personal": _SAID | {"description": "Only with the scope for it; null: taken out."}}
    event["properties"] |= {"attachment": reference("CaseAttachment")}
    entry = extended(event, {"reference": _TEXT, "kind": _KIND})
    feed = object_of(
        {
            "results": array_of(entry),
            "next_after": _NUMBER | {"description": "What to send as `after` next."},
            "more": _FLAG | {"description": "Whether there may be more already."},
        }
    )
    sent = {
        "type": "object",
        "properties": {
            "type": _TEXT | {"description": "A step of the kind, or `amended`, `assigned`, `reopened`, `merged`."},
            "values": _VALUES,
            "occurred_at": _MOMENT | {"description": "Of steps and `reopened`. Now, where it is not given."},
            "agency": _TEXT | {"description": "Of `assigned`: the agency that the case is handed to."},
            "assignee": _TEXT | {"description": "Of `assigned`: who has it."},
            "into": _TEXT | {"description": "Of `merged`: the case that this is another of."},
        },
        "required": ["type"],
        "additionalProperties": False,
    }
    attachment = object_of(
        {"id": {"type": "string", "format": "uuid"}, "media_type": {"enum": list(EXTENSIONS)}, "size": _NUMBER},
        "The file that an event of the type `attached` has brought; its `size` in bytes. What it is called is the "
        "personal value `attachment_name`.",
    )
    return {
        "CaseAttachment": attachment,
        "CaseFile": {"type": "string", "format": "binary"},
        "CaseEvent": event,
        "CaseFeed": feed,
        "SentCaseEvent": sent,
        "RecordedCaseEvent": extended(event, {"case": reference("Case")}),
    }


def _bulk() -> dict[str, Schema]:
    line = extended(_cases()["SentCase"], {})
    line["properties"] = line["properties"] | {"key": _TEXT | {"description": "The idempotency key of the line."}}
    result = {
        "type": "object",
        "description": "What became of a line: a reference, or a problem as elsewhere.",
        "properties": {
            "line": _NUMBER,
            "status": _NUMBER,
            "reference": _TEXT,
            "replayed": _FLAG,
            "code": _TEXT,
            "detail": _TEXT,
            "errors": array_of(reference("ProblemEntry")),
        },
        "required": ["line", "status"],
    }
    return {"BulkLine": line, "BulkResult": result}


def _counts() -> dict[str, Schema]:
    cell = {
        "type": "object",
        "properties": {
            "measure": {"enum": ["received", "closed", "in-time", "late"]},
            "codes": {
                "type": "object",
                "description": "A code for each dimension of the kind; the outcome of closed cases alone.",
                "additionalProperties": _TEXT,
            },
            "days": _NUMBER | {"description": "Of closed cases: days from receipt to closing."},
            "count": _NUMBER | {"minimum": 1},
        },
        "required": ["measure", "codes", "count"],
        "additionalProperties": False,
    }
    sent = {
        "cells": array_of(reference("CountCell")),
        "totals": {
            "type": "object",
            "description": "The sums of the cells: a member for each measure of the kind.",
            "additionalProperties": _NUMBER,
        },
        "checksum": _TEXT | {"pattern": "^[0-9a-f]{64}$"},
    }
    head = {"kind": _KIND, "agency": _TEXT, "period": _TEXT, "version": _NUMBER, "sent_at": _MOMENT}
    to_send = object_of(sent) | {"additionalProperties": False}
    return {"CountCell": cell, "CountsToSend": to_send, "SentCounts": object_of(head | sent)}


def _kinds() -> dict[str, Schema]:
    kind = {
        "type": "object",
        "description": "A kind of case: its stages, states and steps, and a JSON Schema for each event that is sent.",
        "properties": {"kind": _KIND, "url": _TEXT, "label": reference("Text"), "schemas": {"type": "object"}},
        "required": ["kind", "url", "label", "stages", "states", "steps", "schemas"],
    }
    none: Schema = {"type": "null"}
    agency = object_of({"code": _TEXT, "name": reference("Text")}, "An agency that has a name; others are their codes.")
    kinds = object_of(
        {
            "count": _NUMBER,
            "next": none,
            "previous": none,
            "results": array_of(reference("CaseKind")),
            "agencies": array_of(reference("CaseAgency")),
        }
    )
    day = object_of(
        {
            "day": {"type": "string", "format": "date"},
            "working": _FLAG,
            "name": optional(reference("Text")),
            "source": {"enum": ["week", "library", "table"]},
        }
    )
    announced = _FLAG | {"description": "Whether the year is known as announced, and not only computed."}
    calendar = object_of({"year": _NUMBER, "announced": announced, "days": array_of(day)})
    return {"CaseAgency": agency, "CaseKind": kind, "CaseKindList": kinds, "OfficeCalendar": calendar}
