"""The files of a dataset: which there are, and an address that always leads to the latest."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_body, validators_of_head
from portal.api.v1.parameters import LANG, LANG_OF_ERRORS, VERSION
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, REDACTED, UNKNOWN_PARAMETER, WITHDRAWN, Problem
from portal.api.v1.records import RecordDetail, check_dataset, public_record
from portal.api.v1.versioned import Meant, meant
from portal.api.v1.views import PublicView, json_response
from portal.opendata import distributions
from portal.opendata.distributions import File
from portal.opendata.formats import FORMATS, offered


@extend_schema_view(
    get=openapi.operation(
        "datasets_retrieve",
        "One dataset",
        "A dataset's metadata: its dimensions, measures, declared checks and notes, and `distributions`, the files of "
        "the present version that are made by now. Its figures are under `observations/`, what its checks say under "
        "`checks/`.",
        answer=openapi.reference("DatasetDetail"),
        takes=(LANG,),
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class DatasetDetail(RecordDetail):
    """One dataset by its uid, with its files."""

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's, which files that are complete change, too. A record of another type is not here."""
        check_dataset(kwargs["uid"])
        return validators_of_head(request)

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """The record's stored JSON, and the files as another member."""
        record = public_record(uid, self.form)
        files = [_shown(request, uid, file) for file in distributions.of_version(uid, record.version)]
        return json_response(record.text.encode()[:-1] + b',"distributions":' + orjson.dumps(files) + b"}")


@extend_schema_view(
    get=openapi.operation(
        "datasets_distributions_list",
        "The files of a dataset",
        "The files of the present version, or of another one. A file's `url` never changes and never means other "
        "bytes; `latest` always leads to the latest version's file of the format. Files are made within seconds of the "
        "publication; `complete` says whether all are there.",
        answer=openapi.reference("DistributionList"),
        headers=(openapi.ETAG,),
        takes=(VERSION, LANG_OF_ERRORS),
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class DistributionList(PublicView):
    """The files of a version of a dataset."""

    parameters = (VERSION, LANG_OF_ERRORS)
    meant: Meant
    files: list[File]

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """Those of the version and of the files that there are by now."""
        self.meant = meant(request, kwargs["uid"], version=self.given["version"])
        self.files = distributions.of_version(kwargs["uid"], self.meant.version)
        state = [self.meant.validators.etag, *(file.sha256 for file in self.files)]
        return validators_of_body(request, " ".join(state).encode())

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """All of them."""
        expected = offered(self.meant.document["table"]["rows"])
        body = {
            "count": len(self.files),
            "next": None,
            "previous": None,
            "uid": uid,
            "version": self.meant.version,
            "complete": len(self.files) == len(expected),
            "results": [_shown(request, uid, file) for file in self.files],
        }
        return json_response(orjson.dumps(body))


@extend_schema_view(
    get=openapi.operation(
        "datasets_distributions_retrieve",
        "The latest file of a dataset in a format",
        "Leads on to the file's own address, which is another one for each version.",
        answer={"type": "string"},
        headers=(openapi.ETAG,),
        takes=(LANG_OF_ERRORS,),
        at=(openapi.DATASET_UID, openapi.FORMAT),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
        redirects=True,
    )
)
class LatestDistribution(PublicView):
    """The address that always leads to the latest file."""

    parameters = (LANG_OF_ERRORS,)
    file: File

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """Those of the record and of the file."""
        known = meant(request, kwargs["uid"]).validators
        found = distributions.latest(kwargs["uid"], kwargs["format"])
        if found is None:
            raise Problem(
                NOT_FOUND,
                _("There is no file “%(format)s” of “%(uid)s”. Formats: %(allowed)s."),
                {"format": kwargs["format"][:60], "uid": kwargs["uid"][:140], "allowed": ", ".join(FORMATS)},
            )
        self.file = found
        return validators_of_body(request, f"{known.etag} {found.sha256}".encode())

    def get(self, request: HttpRequest, uid: str, format: str) -> HttpResponse:  # the address says so
        """302: what it leads to changes with every version."""
        return HttpResponseRedirect(request.build_absolute_uri(self.file.address))


def _shown(request: HttpRequest, uid: str, file: File) -> dict[str, Any]:
    latest = f"/api/v1/datasets/{uid}/distributions/{file.format.code}/"
    return {
        "format": file.format.code,
        "media_type": file.format.media_type,
        "language": file.format.language,
        "filename": file.filename,
        "size": file.size,
        "sha256": file.sha256,
        "url": request.build_absolute_uri(file.address),
        "latest": request.build_absolute_uri(latest),
    }
