"""Current records: lists of all or of one type, and single ones."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi, parameters
from portal.api.v1.conditional import Validators, validators
from portal.api.v1.pages import page_response
from portal.api.v1.parameters import LANG, Parameter, bad_cursor, check_order
from portal.api.v1.problems import (
    INVALID_PARAMETER,
    NOT_FOUND,
    REDACTED,
    UNKNOWN_PARAMETER,
    WITHDRAWN,
    Problem,
    redacted,
    withdrawn,
)
from portal.api.v1.views import PublicView, json_response
from portal.publication import selectors
from portal.publication.models import CurrentRecord, Head
from portal.publication.selectors import BadCursor, RecordQuery, Served
from portal.publication.types import RecordType

_OF_ANY_TYPE = (
    parameters.CITY,
    parameters.TOPIC,
    parameters.FROM,
    parameters.TO,
    parameters.UPDATED_SINCE,
    parameters.SORT,
    LANG,
    parameters.LIMIT,
    parameters.CURSOR,
)
_OF_ALL_TYPES = (parameters.TYPE, *_OF_ANY_TYPE)


def public_record(uid: str, form: str) -> Served:
    """The record of a uid. Raises `Problem` where it is withdrawn, redacted, or never was."""
    record = selectors.served(uid, form)
    if record is None:
        raise Problem(NOT_FOUND, _("There is no record “%(uid)s”."), {"uid": uid[:140]})
    check_public(record)
    return record


def check_public(record: CurrentRecord | Served) -> None:
    """Raise `Problem` for a record that is withdrawn or redacted."""
    if record.state == CurrentRecord.State.WITHDRAWN:
        raise withdrawn(selectors.tombstone(record))
    if record.state == CurrentRecord.State.REDACTED:
        raise redacted(selectors.redaction_notice(record.row_id))


@extend_schema_view(
    get=openapi.operation(
        "records_list",
        "Records of all types",
        "Every published record but menus and banners, by the records' own dates, newest first, undated last.",
        answer=openapi.page_of("Record"),
        takes=_OF_ALL_TYPES,
    )
)
class RecordList(PublicView):
    """Records of every type but menus and banners, or of ``record_type``."""

    parameters: ClassVar[tuple[Parameter, ...]] = _OF_ALL_TYPES
    record_type: ClassVar[RecordType | None] = None
    log: Head

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's: anything published may change a list."""
        check_order(self.given)
        self.log = selectors.head()
        return validators(request, self.log.stamp, self.log.changed_at)

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of the list."""
        given = self.given
        wanted = self.record_type.code if self.record_type else given["type"]
        query = RecordQuery(
            types=(wanted,) if wanted else None,
            city=given["city"],
            topic=given["topic"],
            start=given["from"],
            end=given["to"],
            updated_since=given["updated_since"],
            sort=given["sort"],
        )
        try:
            page = selectors.records_page(
                query, limit=given["limit"], cursor=given["cursor"], form=self.form, stamp=self.log.stamp
            )
        except BadCursor:
            raise bad_cursor() from None
        return page_response(request, page.count, page.texts, page.next_cursor, page.previous_cursor)


def list_of(record_type: RecordType) -> type[RecordList]:
    """The list of the records of one type."""

    class TypedList(RecordList):
        parameters = _OF_ANY_TYPE

    name = openapi.component(record_type.code)
    TypedList.record_type = record_type
    TypedList.__name__ = TypedList.__qualname__ = f"{name}List"
    documented = openapi.operation(
        f"{record_type.plural}_list",
        f"Records of type {record_type.code}",
        f"Every published {record_type.code}, by its own dates, newest first, undated last.",
        answer=openapi.page_of(name),
        takes=_OF_ANY_TYPE,
    )
    return extend_schema_view(get=documented)(TypedList)


@extend_schema_view(
    get=openapi.operation(
        "records_retrieve",
        "One record",
        "The present version of a record of any type, menus and banners included.",
        answer=openapi.reference("Record"),
        takes=(LANG,),
        at=(openapi.UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class RecordDetail(PublicView):
    """One record by its uid."""

    parameters = (LANG,)
    record: Served

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The record's own."""
        self.record = public_record(kwargs["uid"], self.form)
        return validators(request, self.record.etag, self.record.changed_at)

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """The record's stored JSON."""
        return json_response(self.record.text.encode())


def check_dataset(uid: str) -> None:
    """Refuse the uid of anything but a dataset."""
    if not uid.startswith("dataset:"):
        raise Problem(NOT_FOUND, _("There is no dataset “%(uid)s”."), {"uid": uid[:140]})
