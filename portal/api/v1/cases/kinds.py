"""``GET kinds/``: what kinds of case there are, and the JSON Schema (2020-12) of all that can be sent of each."""

import functools
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portal.api.v1.cases import described as in_openapi
from portal.api.v1.cases.described import KIND, operation
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.parameters import LANG, Parameter
from portal.cases import agencies
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import DeadlineRule, Kind
from portal.cases.kinds.schema import schemas
from portal.core.languages import flatten, translated
from portal.resources.selectors import name_of, offered


@in_openapi.described(
    get=operation(
        "case_kinds_list",
        "The kinds of case",
        "Every kind with its stages, states and steps, and the JSON Schema (2020-12) of the values of each type of "
        "event that can be sent; besides, what agencies are called. Any token will do.",
        answer="CaseKindList",
        takes=(LANG,),
    )
)
class KindList(ModuleView):
    """All kinds."""

    parameters: ClassVar[tuple[Parameter, ...]] = (LANG,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """One entry each, and the names of agencies."""
        results = [described(kind) for kind in KINDS.values()]
        codes = [{"code": code, "name": name} for code, name in sorted(agencies.names().items())]
        body = {"count": len(results), "next": None, "previous": None, "results": results, "agencies": codes}
        return shown(body, self.given["lang"])


@in_openapi.described(
    get=operation(
        "case_kinds_retrieve",
        "One kind of case",
        "Its stages, states, steps and schemas. Any token will do.",
        answer="CaseKind",
        takes=(LANG,),
        at=(KIND,),
    )
)
class KindDetail(ModuleView):
    """One kind."""

    parameters: ClassVar[tuple[Parameter, ...]] = (LANG,)

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Its states, steps and schemas."""
        return shown(described(KINDS[kind]), self.given["lang"])


def shown(body: dict[str, Any], language: str | None) -> HttpResponse:
    """A body with language maps, or in one language."""
    return HttpResponse(orjson.dumps(flatten(body, language) if language else body), content_type="application/json")


def described(kind: Kind) -> dict[str, Any]:
    """A kind as it is declared. ``schemas`` holds a schema for the values of each type of event that can be sent; where
    one takes a resource, it has the codes of those that can be reserved now.
    """
    declared = _declared(kind)
    taking = {field.name: field.takes for field in kind.all_fields() if field.takes}
    if not taking:
        return declared
    codes = {takes: _codes(takes) for takes in set(taking.values())}
    stated = {step: schema | {"properties": dict(schema["properties"])} for step, schema in declared["schemas"].items()}
    for schema in stated.values():
        for name in taking.keys() & schema["properties"].keys():
            schema["properties"][name] = schema["properties"][name] | codes[taking[name]]
    return declared | {"schemas": stated}


def _codes(takes: str) -> dict[str, Any]:
    """What a schema says of the resources of a type."""
    resources = offered(takes)
    choices = [{"const": each.code, "x-label": name_of(each), "x-agency": each.agency} for each in resources]
    return {"enum": [each.code for each in resources], "x-choices": choices} if resources else {}


@functools.cache
def _declared(kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "url": reverse("api-case-kind", args=[kind.name]),
        "label": translated(kind.label),
        "stages": [
            {
                "name": stage.name,
                "label": translated(stage.label),
                "after": list(stage.after),
                "deadline": _deadline(stage.deadline),
            }
            for stage in kind.stages
        ],
        "states": [
            {"name": state.name, "label": translated(state.label), "closed": state.closed, "waits": state.waits}
            for state in kind.states
        ],
        "steps": [
            {
                "name": step.name,
                "label": translated(step.label),
                "from": list(step.origins),
                "to": step.target,
                "by": sorted(step.by),
                "stages": list(step.stages),
                "informs": step.informs,
                "hands_over": step.hands_to is not None,
                "extends": step.extends is not None,
            }
            for step in kind.transitions
        ],
        "deadline": _deadline(kind.deadline),
        "retention_days": kind.retention_days,
        "schemas": schemas(kind),
    }


def _deadline(rule: DeadlineRule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {
        "days": rule.days,
        "unit": rule.unit,
        "starts_from": translated(rule.starts_from),
        "basis": translated(rule.basis),
    }
