"""The log, row by row: what was published, withdrawn and redacted, with the documents exactly as committed
to.
"""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators
from portal.api.v1.parameters import AFTER, LANG_OF_ERRORS, LIMIT
from portal.api.v1.views import PublicView, json_response
from portal.publication import selectors
from portal.publication.models import Head

_TAKEN = (AFTER, LIMIT, LANG_OF_ERRORS)


@extend_schema_view(
    get=openapi.operation(
        "changes_list",
        "The publication log",
        "The rows that follow row `after`, in order. Read from 0 until `next_after` is `head`, they "
        "rebuild every record and let anyone "
        "verify the chain: `commitment` is SHA-256 over the 32 bytes of `nonce` and the canonical JSON "
        "(RFC 8785) of `document`; `previous` "
        "is SHA-256 over the canonical JSON of the eight members `seq` to `previous` of the row before, 64 "
        "zeros for the first. A row that a "
        "redaction covers has neither nonce nor document, and `redacted_by`, the `seq` of the redaction.",
        answer=openapi.reference("Changes"),
        takes=_TAKEN,
    )
)
class ChangeList(PublicView):
    """Rows of the log."""

    parameters = _TAKEN
    log: Head

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's."""
        self.log = selectors.head()
        return validators(request, f"{self.log.seq} {self.log.stamp}", self.log.changed_at)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The rows after ``after``, none beyond the head that the answer names."""
        after = self.given["after"]
        rows = selectors.changes(after, self.given["limit"], until=self.log.seq) if after < self.log.seq else []
        next_after = rows[-1].members["seq"] if rows else after
        closing = orjson.dumps({"next_after": next_after, "head": self.log.seq})[1:]
        return json_response(b"".join((b'{"results":[', ",".join(row.json() for row in rows).encode(), b"],", closing)))
