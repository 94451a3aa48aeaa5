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
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import DeadlineRule, Kind
from portal.cases.kinds.schema import schemas
from portal.core.languages import flatten, translated


@in_openapi.described(
    get=operation(
        "case_kinds_list",
        "The kinds of case",
        "Every kind with its stages, states and steps, and the JSON Schema (2020-12) of the values of each type of "
        "event that can be sent. Any token will do.",
        answer="CaseKindList",
        takes=(LANG,),
    )
)
class KindList(ModuleView):
    """All kinds."""

    parameters: ClassVar[tuple[Parameter, ...]] = (LANG,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """One entry each."""
        results = [described(kind) for kind in KINDS.values()]
        return shown({"count": len(results), "next": None, "previous": None, "results": results}, self.given["lang"])


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


@functools.cache
def described(kind: Kind) -> dict[str, Any]:
    """A kind as it is declared. ``schemas`` holds a schema for the values of each type of event that can be sent."""
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
