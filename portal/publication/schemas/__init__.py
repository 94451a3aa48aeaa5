"""The JSON Schemas (2020-12) of the documents. What does not fit its schema is not published."""

import datetime
import functools
import json
import re
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from portal.publication.types import TYPES

#: Where the API serves the schemas; their ``$id`` is relative to it.
BASE = "/api/v1/schemas/"

#: The schemas of types whose first one has been followed by another. Documents made to an earlier one stay as they are.
_NEWER = {"dataset": 2, "visit": 2}

_FORMATS = FormatChecker(["date"])
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """Whether a text is a moment of RFC 3339; what is no text has no format."""
    return not isinstance(value, str) or (
        bool(_MOMENT.fullmatch(value)) and bool(datetime.datetime.fromisoformat(value))
    )


class DocumentInvalid(Exception):
    """A document does not fit its schema. ``problems`` are (path, message) pairs, the path joined by ``/``."""

    def __init__(self, uid: str, problems: list[tuple[str, str]]) -> None:
        self.uid = uid
        self.problems = problems
        super().__init__(f"{uid}: " + "; ".join(f"{path or '(document)'}: {message}" for path, message in problems))


@functools.cache
def names() -> tuple[str, ...]:
    """The names of all schemas (``visit.1``), the shared parts (``common.1``) included."""
    folder = resources.files(__name__)
    return tuple(sorted(entry.name.removesuffix(".json") for entry in folder.iterdir() if entry.name.endswith(".json")))


@functools.cache
def text(name: str) -> str:
    """A schema as it is served. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    return (resources.files(__name__) / f"{name}.json").read_text("utf-8")


def current(record_type: str) -> str:
    """The name of the schema that new documents of a type are made to."""
    return f"{TYPES[record_type].code}.{_NEWER.get(record_type, 1)}"


@functools.cache
def _validator(name: str) -> Draft202012Validator:
    registry: Registry = Registry().with_resources(
        [(f"{known}.json", Resource.from_contents(json.loads(text(known)))) for known in names()]
    )
    return Draft202012Validator(json.loads(text(name)), registry=registry, format_checker=_FORMATS)


def validate(document: dict[str, Any], name: str) -> None:
    """Raise `DocumentInvalid` unless a document fits the named schema."""
    if name not in names():
        raise DocumentInvalid(str(document.get("uid", "")), [("schema", f"unknown schema {name}")])
    errors = sorted(_validator(name).iter_errors(document), key=lambda error: [str(step) for step in error.path])
    if errors:
        causes = [_cause(error) for error in errors[:20]]
        problems = [("/".join(map(str, cause.absolute_path)), cause.message[:300]) for cause in causes]
        raise DocumentInvalid(str(document.get("uid", "")), problems)


def _cause(error: ValidationError) -> ValidationError:
    """What is wrong within the alternative that was meant: not null, and the one of the value's own ``type``."""
    while error.context:
        alternatives: dict[Any, list[ValidationError]] = {}
        for each in error.context:
            alternatives.setdefault(each.schema_path[0], []).append(each)
        meant = [found for found in alternatives.values() if not any(map(_is_other_kind, found))]
        if len(meant) != 1:
            break
        error = meant[0][0]
    return error


def _is_other_kind(error: ValidationError) -> bool:
    return error.validator == "const" or (error.validator == "type" and not error.path)
