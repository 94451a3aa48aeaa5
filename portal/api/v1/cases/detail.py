"""``GET {kind}/{reference}/``: a case with all that happened to it."""

from typing import ClassVar

import orjson
from django.http import HttpRequest, HttpResponse

from portal.api.v1.cases.described import ETAG, KIND, REFERENCE, described, operation
from portal.api.v1.cases.representations import case_as_json, etag, event_as_json, last_said, revealed
from portal.api.v1.cases.scopes import PERSONAL, READ
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.parameters import LANG, Parameter
from portal.cases import selectors, time_limits
from portal.cases.confidentiality import is_confidential, veiled
from portal.cases.deadlines.explaining import as_json
from portal.cases.kinds import KINDS
from portal.cases.models import Reading
from portal.cases.personal import reading
from portal.cases.refusals import CaseUnknown
from portal.core.languages import flatten


@described(
    get=operation(
        "cases_retrieve",
        "One case",
        "As it stands, with all its events, and its deadline with the days that counted and those that did not. "
        "Needs the scope `cases:<kind>:read`; what is personal is in it with the "
        "scope `cases:<kind>:personal`, and every reading of it is noted. A case of another agency is none.",
        answer="CaseDetail",
        takes=(LANG,),
        at=(KIND, REFERENCE, ETAG),
        problems=(403,),
    )
)
class CaseDetail(ModuleView):
    """A case of the sender's agency; of another's nothing is told, not even that it exists."""

    verb = READ
    parameters: ClassVar[tuple[Parameter, ...]] = (LANG,)

    def get(self, request: HttpRequest, kind: str, reference: str) -> HttpResponse:
        """The case as it stands, its events, and with the scope for it what is personal."""
        case = selectors.case(reference[:20])
        if case.kind != kind or case.agency != self.sender.agency:
            raise CaseUnknown
        events = list(selectors.timeline(case))
        body = case_as_json(case)
        follower = selectors.followers(case).first()
        body["followed_by"] = follower.reference if follower else None
        deadline = time_limits.deadline(case, events)
        explained = as_json(deadline) if deadline else None
        body["deadline"] = flatten(explained, self.given["lang"]) if self.given["lang"] else explained
        body["events"] = told = [event_as_json(event) for event in events]
        if self.sender.may(kind, PERSONAL):
            said = reading.read_events(
                [(case.pk, event.number) for event in events],
                actor=self.sender.actor,
                purpose=Reading.Purpose.FORWARDING,
            )
            if is_confidential(case):
                said = {place: veiled(KINDS[kind], values) for place, values in said.items()}
            in_order = [said.get((case.pk, event.number), {}) for event in events]
            body["personal"] = last_said(kind, in_order)
            for event, values in zip(told, in_order, strict=True):
                event["personal"] = revealed(values)
        return HttpResponse(orjson.dumps(body), content_type="application/json", headers={"ETag": etag(case.version)})
