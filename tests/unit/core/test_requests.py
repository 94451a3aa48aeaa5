"""Request ids: accepted when plain, made otherwise, answered, logged, forgotten."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core import requests
from portal.core.logs import Formatter, RequestFilter
from portal.core.middleware import RequestMiddleware


def line(record: logging.LogRecord) -> dict[str, object]:
    """The record as the handler would write it."""
    assert RequestFilter().filter(record)
    return json.loads(Formatter().format(record))


def test_an_offered_id_is_kept_and_answered():
    seen = []

    def view(request):
        seen.append(requests.current_request_id())
        return HttpResponse()

    response = RequestMiddleware(view)(RequestFactory().get("/", headers={"X-Request-ID": "abc-123.DEF_456"}))
    assert seen == ["abc-123.DEF_456"]
    assert response["X-Request-ID"] == "abc-123.DEF_456"
    assert requests.current_request_id() is None


@pytest.mark.parametrize("offered", ["", "short", "a" * 65, "new\nline-in-it", "名字名字名字名字", "<script>alert"])
def test_an_unfit_id_is_replaced(offered):
    assert requests.begin(offered) != offered
    assert len(requests.current_request_id()) == 32
    requests.end()


def test_the_id_is_forgotten_when_the_view_raises():
    def view(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestMiddleware(view)(RequestFactory().get("/"))
    assert requests.current_request_id() is None


@pytest.mark.django_db
def test_a_request_is_logged_once_it_is_answered_without_query_address_or_account(caplog):
    request = RequestFactory().get("/search/?q=王小明", REMOTE_ADDR="203.0.113.9", headers={"X-Request-ID": "abc-1234"})
    with caplog.at_level("INFO", "portal.requests"):
        response = RequestMiddleware(lambda request: HttpResponse(status=404))(request)
        assert not caplog.records
        response.close()
    assert response.closed
    (record,) = caplog.records
    logged = line(record)
    assert (logged["method"], logged["path"], logged["status"]) == ("GET", "/search/", 404)
    assert logged["request_id"] == "abc-1234"
    assert logged["milliseconds"] >= 0
    assert "王小明" not in json.dumps(logged, ensure_ascii=False)
    assert "203.0.113.9" not in json.dumps(logged)


def test_a_line_has_time_level_logger_and_request_id():
    requests.begin("12345678")
    record = logging.LogRecord("portal.x", logging.WARNING, __file__, 1, "資料 %s", ("壞",), None)
    logged = line(record)
    requests.end()
    assert logged["time"].endswith("Z")
    assert {key: logged[key] for key in ("level", "logger", "message", "request_id")} == {
        "level": "WARNING",
        "logger": "portal.x",
        "message": "資料 壞",
        "request_id": "12345678",
    }


def test_what_django_attaches_is_taken_out():
    record = logging.makeLogRecord({"msg": "x", "request": object(), "params": ("secret",), "status_code": 500})
    logged = line(record)
    assert "request" not in logged
    assert "params" not in logged
    assert logged["status_code"] == 500


@pytest.mark.django_db
def test_what_django_logs_after_the_middleware_still_has_the_id(client, caplog):
    client.get("/healthz/nothing-here/", headers={"X-Request-ID": "abc-123.DEF_456"})
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert line(record)["request_id"] == "abc-123.DEF_456"
