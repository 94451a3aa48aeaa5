"""Filling in what a fixture leaves out: empty members as their schema has them."""

import json
from typing import Any

from portal.publication import schemas


def completed(record_type: str, data: dict[str, Any]) -> dict[str, Any]:
    """A fixture's record with every member that its schema requires: null, an empty list, or an undated date where it
    says nothing.
    """
    schema = json.loads(schemas.text(schemas.current(record_type)))
    data = {"dates": {"start": None, "end": None, "ongoing": False, "precision": "undated"}, "relations": {}, **data}
    return _filled(schema, data)


def _filled(schema: dict[str, Any], value: Any) -> Any:
    schema = _resolved(schema, value)
    if isinstance(value, dict) and "properties" in schema:
        filled = dict(value)
        for name, member in schema["properties"].items():
            if name in filled:
                filled[name] = _filled(member, filled[name])
            elif name in schema["required"] and (empty := _empty(member)) is not _NOTHING:
                filled[name] = empty
        return filled
    if isinstance(value, list) and "items" in schema:
        return [_filled(schema["items"], item) for item in value]
    return value


_NOTHING = object()


def _empty(schema: dict[str, Any]) -> Any:
    if any(option.get("type") == "null" for option in schema.get("anyOf", ())) or schema.get("type") == "null":
        return None
    schema = _resolved(schema, None)
    if schema.get("type") == "array":
        return []
    return False if schema.get("type") == "boolean" else _NOTHING


def _resolved(schema: dict[str, Any], value: Any) -> dict[str, Any]:
    """The schema behind references and behind the choice between null, or between kinds of block."""
    while True:
        if "$ref" in schema:
            common = json.loads(schemas.text("common.1"))
            schema = common["$defs"][schema["$ref"].rpartition("/")[2]]
        elif "oneOf" in schema and isinstance(value, dict):
            kinds = [option for option in schema["oneOf"] if option["properties"]["type"]["const"] == value.get("type")]
            if not kinds:
                return {}
            schema = kinds[0]
        elif "anyOf" in schema:
            schema = next(option for option in schema["anyOf"] if option.get("type") != "null")
        else:
            return schema
