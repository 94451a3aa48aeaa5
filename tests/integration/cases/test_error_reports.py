"""Debug pages and logs hold nothing of a person, in development too, whatever fails and wherever."""

import json
import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.debug import ExceptionReporter

from portal.cases.models import Case
from portal.cases.personal.reading import find, read
from portal.cases.personal.storing import store
from portal.cases.personal.wrapped import Personal
from tests.factories.cases_personal import FOUND_BY, OFFICER, a_case

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

MARKS = {"name": "王標記甲", "phone": "0987-654-321", "email": "marked-777@example.org", "number": "A123456789"}
_LEAKS = ("標記", "654-321", "987654321", "marked-777", "A12345")


def shown(text: str) -> list[str]:
    """The marks that can be read in a text."""
    return [leak for leak in _LEAKS if leak in text]


def twice(request: HttpRequest) -> HttpResponse:
    """The database refuses."""
    given = {name: Personal(value) for name, value in request.POST.items()}
    store(Case.objects.get(), 1, given, found_by=FOUND_BY)
    return HttpResponse()


def library(request: HttpRequest) -> HttpResponse:
    """A library fails with the text in its hands."""
    text = request.POST["name"] * 2
    return HttpResponse(json.loads(text))


def revealing(request: HttpRequest) -> HttpResponse:
    """What was read and revealed is in a variable when something else fails."""
    values = read(Case.objects.get(), fields=list(MARKS), **OFFICER)
    words = [value.reveal() for value in values.values()]
    return HttpResponse(words[17])


def searching(request: HttpRequest) -> HttpResponse:
    """What was searched for is no telephone number."""
    number = f"{request.POST['phone']} {request.POST['name']}x"
    return HttpResponse(find("phone", Personal(number), **OFFICER))


def plain(request: HttpRequest) -> HttpResponse:
    """A view that has nothing to do with people."""
    harmless = "a harmless value"
    raise RuntimeError(len(harmless))


urlpatterns = [path(f"{view.__name__}/", view) for view in (twice, library, revealing, searching, plain)]


@pytest.mark.parametrize("view", ["twice", "library", "revealing", "searching"])
@pytest.mark.parametrize("is_debug", [True, False])
def test_a_failing_request(settings, caplog, view, is_debug):
    settings.DEBUG = is_debug
    settings.PERSONAL_ROOMS = (*settings.PERSONAL_ROOMS, __name__)
    caplog.set_level(logging.INFO)
    a_case(**MARKS)
    response = Client(raise_request_exception=False).post(f"/{view}/", MARKS)
    assert response.status_code == 500
    page = response.content.decode()
    assert ("Traceback" in page) is is_debug
    assert shown(page) == []
    logged = "".join(f"{record.getMessage()} {record.__dict__} {record.exc_text}" for record in caplog.records)
    assert view in logged
    assert shown(logged) == []


def test_what_is_posted_is_named_and_not_shown(settings):
    settings.DEBUG = True
    page = Client(raise_request_exception=False).post("/plain/", MARKS).content.decode()
    assert "email" in page
    assert shown(page) == []


def test_other_rooms_can_be_debugged_as_ever(settings):
    settings.DEBUG = True
    page = Client(raise_request_exception=False).get("/plain/").content.decode()
    assert "a harmless value" in page


def test_the_room_itself_is_one_of_those():
    case = a_case(**MARKS)
    try:
        store(case, 1, {"name": Personal(MARKS["name"])})
    except Exception:
        reporter = ExceptionReporter(None, *sys.exc_info())
        frames = {frame["function"]: frame["vars"] for frame in reporter.get_traceback_data()["frames"]}
    assert {"store", "store_all", "bulk_create", "execute"} <= set(frames)
    for function in ("store_all", "bulk_create", "execute"):
        assert {value for _name, value in frames[function]} == {"'********************'"}
