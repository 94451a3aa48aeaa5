"""What differs between two versions of a dataset's figures."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_head
from portal.api.v1.pages import address_of_page
from portal.api.v1.parameters import CURSOR, LANG, LIMIT, Parameter, bad_cursor, whole_number
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, REDACTED, UNKNOWN_PARAMETER, WITHDRAWN
from portal.api.v1.versioned import meant
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import flatten
from portal.core.opaque import unwrap, wrap
from portal.statistics.differences import Difference, differences
from portal.statistics.kept import columns_of
from portal.statistics.rows import Row

_MOST = 2**31 - 1
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1}
FROM_VERSION = Parameter(
    "from_version",
    whole_number(1, _MOST),
    _NUMBER,
    "The earlier version; the first one if not given.",
    default=1,
)
TO_VERSION = Parameter(
    "to_version", whole_number(1, _MOST), _NUMBER, "The later version; the present one if not given."
)


@extend_schema_view(
    get=openapi.operation(
        "datasets_diff_retrieve",
        "What differs between two versions of a dataset",
        "Observations by key: first the changed ones, then those that were removed, in the order of the earlier table, "
        "then those that were added, in the order of the later one. A status or a note alone is a change, too.",
        answer=openapi.reference("Differences"),
        takes=(FROM_VERSION, TO_VERSION, LANG, LIMIT, CURSOR),
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class DifferenceList(PublicView):
    """The differences between two versions."""

    parameters = (FROM_VERSION, TO_VERSION, LANG, LIMIT, CURSOR)

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's: a redaction changes old versions."""
        return validators_of_head(request)

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """A page of them."""
        earlier = meant(request, uid, version=self.given["from_version"])
        later = meant(request, uid, version=self.given["to_version"])
        found = differences(columns_of(earlier.digest), columns_of(later.digest))
        first, limit = _first(self.given["cursor"]), self.given["limit"]
        language = self.given["lang"]
        results = [_shown(each) for each in found.page(first, limit)]
        body = {
            "count": len(found),
            "next": address_of_page(request, _cursor(first + limit) if first + limit < len(found) else None),
            "previous": address_of_page(request, _cursor(max(0, first - limit)) if first else None),
            "uid": uid,
            "from_version": earlier.version,
            "to_version": later.version,
            "counts": found.counts,
            "results": flatten(results, language) if language else results,
        }
        return json_response(orjson.dumps(body))


def _shown(difference: Difference) -> dict[str, Any]:
    return {
        "key": difference.key,
        "change": difference.kind,
        "before": _side(difference.before),
        "after": _side(difference.after),
    }


def _side(row: Row | None) -> dict[str, Any] | None:
    return None if row is None else {"value": row.value, "status": row.status, "note": row.note}


def _cursor(first: int) -> str:
    return wrap(f"d{first}".encode())


def _first(cursor: str | None) -> int:
    """The place that a cursor names. Raises `Problem` for what this list has not handed out."""
    if cursor is None:
        return 0
    try:
        first = int(unwrap(cursor).decode("ascii").removeprefix("d"))
    except ValueError:
        raise bad_cursor() from None
    if not 0 <= first <= _MOST or _cursor(first) != cursor:
        raise bad_cursor()
    return first
