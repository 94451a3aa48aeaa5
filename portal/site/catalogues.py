"""The catalogues of open data as programs read them: DCAT in Turtle and JSON-LD, and what the national platform
(data.gov.tw) takes, of all datasets and of each; and the addresses that identify datasets of statistics and record
collections.
"""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from portal.opendata import datagovtw, dcat, rdf
from portal.opendata.collected import Collection, collected, collection
from portal.opendata.entries import Entry, entries, entry
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.site import errors
from portal.site.methods import require_safe
from portal.site.responses import CACHE_CONTROL, Gone, document

_HTML, _TURTLE, _JSON_LD, _JSON = "text/html", "text/turtle", "application/ld+json", "application/json"
#: Content types of documents, which are all in one encoding.
_TYPES = {_TURTLE: "text/turtle; charset=utf-8", _JSON_LD: _JSON_LD, _JSON: _JSON}

_Found = TypeVar("_Found", Entry, Collection)


class _SeeOther(HttpResponseRedirect):
    status_code = 303


def _of_all(make: Callable[[], bytes], media_type: str) -> Callable[[HttpRequest], HttpResponse]:
    @csrf_exempt
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        return document(request, make, _TYPES[media_type])

    return view


def _of_one(
    find: Callable[[HttpRequest, str], _Found], make: Callable[[_Found], bytes], media_type: str
) -> Callable[[HttpRequest, str], HttpResponse]:
    @csrf_exempt
    @require_safe
    def view(request: HttpRequest, name: str) -> HttpResponse:
        return document(request, lambda: make(find(request, name)), _TYPES[media_type])

    return view


def _public(request: HttpRequest, name: str) -> Entry:
    found = entry(f"dataset:{name}")
    if found is None:
        raise Gone(_gone(request, selectors.record(f"dataset:{name}")))
    return found


def _listed(request: HttpRequest, name: str) -> Collection:
    found = collection(name)
    if found is None:
        raise Gone(errors.response(request, 404))
    return found


def _gone(request: HttpRequest, record: CurrentRecord | None) -> HttpResponse:
    """404, or what is said of a record that was withdrawn or redacted."""
    if record is None:
        return errors.response(request, 404)
    if record.state == CurrentRecord.State.REDACTED:
        return errors.gone(request, record)
    tombstone = selectors.tombstone(record)
    return errors.response(request, 410, detail=tombstone.note, extra={"when": tombstone.withdrawn_at})


catalogue_turtle = _of_all(lambda: rdf.turtle(dcat.catalogue(entries(), collected())), _TURTLE)
catalogue_json_ld = _of_all(lambda: rdf.json_ld(dcat.catalogue(entries(), collected())), _JSON_LD)
catalogue_national = _of_all(lambda: datagovtw.catalogue([*entries(), *collected()]), _JSON)
dataset_turtle = _of_one(_public, lambda found: rdf.turtle(dcat.dataset(found)), _TURTLE)
dataset_json_ld = _of_one(_public, lambda found: rdf.json_ld(dcat.dataset(found)), _JSON_LD)
dataset_national = _of_one(_public, datagovtw.one, _JSON)
collection_turtle = _of_one(_listed, lambda found: rdf.turtle(dcat.records(found)), _TURTLE)
collection_json_ld = _of_one(_listed, lambda found: rdf.json_ld(dcat.records(found)), _JSON_LD)
collection_national = _of_one(_listed, datagovtw.one, _JSON)


@csrf_exempt
@require_safe
def dataset_identifier(request: HttpRequest, name: str) -> HttpResponse:
    """The address that identifies a dataset of statistics: leads to its page, or to its description in the form that is
    asked for.
    """
    record = selectors.record(f"dataset:{name}")
    if record is None or record.state != CurrentRecord.State.PUBLIC:
        return _gone(request, record)
    return _leading(request, record.path)


@csrf_exempt
@require_safe
def collection_identifier(request: HttpRequest, name: str) -> HttpResponse:
    """The same of a record collection, whose page is the list of its records."""
    found = collection(name)
    return errors.response(request, 404) if found is None else _leading(request, found.path)


def _leading(request: HttpRequest, page: str) -> HttpResponse:
    """303 to a page, or to the description in RDF below the address that was asked for."""
    places = {_HTML: page, _TURTLE: f"{request.path}dcat.ttl", _JSON_LD: f"{request.path}dcat.jsonld"}
    response = _SeeOther(places[request.get_preferred_type(list(places)) or _HTML])
    response["Vary"] = "Accept"
    response["Cache-Control"] = CACHE_CONTROL
    response["Access-Control-Allow-Origin"] = "*"
    return response
