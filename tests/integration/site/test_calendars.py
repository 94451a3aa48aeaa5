"""Calendars: of all, per type, per city and of one record, in both languages."""

import pytest
from django.test import Client

from portal.publication.models import LogRow
from portal.site import calendars
from tests.factories.documents import both, day, document, publish, redact, withdraw
from tests.icalendars import days, events, faults, parse

SECRET = "祕密的字句"
ADDRESSES = ("/calendar.ics", "/exhibits/calendar.ics", "/visits/calendar.ics", "/works/calendar.ics")


def read(client: Client, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert faults(response.content) == []
    return events(response.content)


def month(start: str | None, end: str | None) -> dict:
    return {"start": start, "end": end, "ongoing": end is None, "precision": "month"}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", [*ADDRESSES, "/cities/busan/calendar.ics"])
def test_every_calendar_is_icalendar(client: Client, portal, settings, prefix, path):
    address = prefix + path
    assert len(read(client, address)) >= 1
    calendar = parse(client.get(address).content)
    assert calendar["NAME"].params["LANGUAGE"] == ("en" if prefix else "zh-Hant")
    assert calendar["NAME"] == calendar["X-WR-CALNAME"]
    assert calendar["SOURCE"] == calendar["UID"] == settings.BASE_URL + address
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT12H"
    assert client.get(calendar["URL"].removeprefix(settings.BASE_URL)).status_code == 200


def test_calendars_of_an_empty_portal_are_icalendar(client: Client, db):
    assert read(client, "/calendar.ics") == read(client, "/en/works/calendar.ics") == {}


def test_an_event_says_what_its_record_says(client: Client, db, settings):
    publish(
        document(
            "visit",
            "a",
            title=both("來訪；甲, 乙", "A visit; first, second"),
            summary=both("摘要\\n第一行。", "A summary."),
            dates=day("2022-06-09") | {"end": "2022-06-10"},
            topics=["topic:education"],
        )
    )
    [event] = read(client, "/en/visits/calendar.ics").values()
    row = LogRow.objects.get()
    assert event["UID"] == "visit:a@localhost"
    assert event["SEQUENCE"] == 0
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == event["CREATED"].dt
    assert f"{event['DTSTAMP'].dt:%Y-%m-%dT%H:%M:%S}" == row.published_at[:19]
    assert days(event) == ("20220609", "20220611")
    assert event["SUMMARY"] == "A visit; first, second"
    assert event["SUMMARY"].params["LANGUAGE"] == "en"
    assert event["LOCATION"] == "City Hall"
    assert event["URL"] == f"{settings.BASE_URL}/en/visits/a/"
    assert event["DESCRIPTION"] == f"9–10 June 2022 (ROC 111)\n\nA summary.\n\n{settings.BASE_URL}/en/visits/a/"
    assert event["CATEGORIES"].cats == ["Visit", "Education"]
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    [chinese] = read(client, "/visits/calendar.ics").values()
    assert chinese["UID"] == event["UID"]
    assert chinese["SUMMARY"] == "來訪；甲, 乙"
    assert chinese["DESCRIPTION"].startswith("111年6月9日至10日（2022-06-09 / 10）\n\n摘要\\n第一行。\n\n")


def test_a_new_version_is_the_same_event_in_sequence(client: Client, db):
    publish(document("visit", "a", dates=day("2022-06-09")))
    [before] = read(client, "/visits/calendar.ics").values()
    publish(document("visit", "a", dates=day("2022-06-10")))
    [after] = read(client, "/visits/calendar.ics").values()
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert days(after) == ("20220610", "20220611")
    assert after["CREATED"].dt == before["CREATED"].dt


def test_a_month_lasts_the_month_and_says_so(client: Client, db):
    publish(document("exhibit", "a", dates=month("2022-02-01", "2022-02-28")))
    [event] = read(client, "/en/exhibits/calendar.ics").values()
    assert days(event) == ("20220201", "20220301")
    assert event["SUMMARY"] == "Title a"
    assert "The days are not known; the calendar shows the whole month." in event["DESCRIPTION"]
    [chinese] = read(client, "/exhibits/calendar.ics").values()
    assert chinese["DESCRIPTION"].startswith("111年2月（2022-02）\n日期未載明，行事曆以整個月份表示。")


def test_without_an_end_the_event_is_the_beginning(client: Client, db):
    publish(
        document("exhibit", "a", dates=day("2022-05-03") | {"end": None, "ongoing": True}),
        document("exhibit", "b", dates=month("2022-05-01", None)),
        document("exhibit", "c", dates=day("2022-05-09") | {"start": None}),
    )
    found = read(client, "/en/exhibits/calendar.ics")
    assert {uid: days(each) for uid, each in found.items()} == {
        "exhibit:a": ("20220503", "20220504"),
        "exhibit:b": ("20220501", "20220601"),
        "exhibit:c": ("20220509", "20220510"),
    }
    titles = {uid: str(each["SUMMARY"]) for uid, each in found.items()}
    assert titles == {"exhibit:a": "Begins: Title a", "exhibit:b": "Begins: Title b", "exhibit:c": "Ends: Title c"}
    assert "No end is stated." in found["exhibit:a"]["DESCRIPTION"]
    assert "No start is stated." in found["exhibit:c"]["DESCRIPTION"]


@pytest.mark.parametrize("precision", ["quarter", "half-year", "year", "period", "undated"])
def test_what_is_known_less_exactly_is_in_no_calendar(client: Client, db, precision):
    span = {"start": "2022-01-01", "end": "2022-12-31"} if precision != "undated" else {"start": None, "end": None}
    publish(document("visit", "a", dates={**span, "ongoing": False, "precision": precision}))
    assert read(client, "/visits/calendar.ics") == {}
    assert client.get("/visits/a/event.ics").status_code == 404
    assert "event.ics" not in client.get("/visits/a/").content.decode()


def test_works_are_there_on_the_day_when_they_are_due(client: Client, db):
    due = {"date": "2022-10-31", "precision": "day"}
    publish(
        document("works", "due", due=due),
        document("works", "done", due=due, status="completed", completed="2022-11-02"),
        document("works", "month", due={"date": "2022-10-31", "precision": "month"}),
        document("works", "year", due={"date": "2022-12-31", "precision": "year"}),
        document("works", "never"),
    )
    found = read(client, "/works/calendar.ics")
    assert {uid: (str(each["SUMMARY"]), *days(each)) for uid, each in found.items()} == {
        "works:due": ("預定完工：標題 due", "20221031", "20221101"),
        "works:done": ("完工：標題 done", "20221102", "20221103"),
        "works:month": ("預定完工：標題 month", "20221001", "20221101"),
    }


def test_a_calendar_has_its_own_records_alone(client: Client, portal):
    everything = set(read(client, "/calendar.ics"))
    assert everything == {"exhibit:keys", "visit:mayor", "works:lift"}
    assert set(read(client, "/exhibits/calendar.ics")) == {"exhibit:keys"}
    assert set(read(client, "/cities/busan/calendar.ics")) == {"exhibit:keys", "visit:mayor"}


def test_a_calendar_has_so_many_events(client: Client, db, monkeypatch):
    monkeypatch.setattr(calendars, "EVENTS", 2)
    publish(*(document("visit", f"number-{number}", dates=day(f"2022-03-0{number}")) for number in (1, 2, 3)))
    assert set(read(client, "/visits/calendar.ics")) == {"visit:number-2", "visit:number-3"}


def test_withdrawn_events_are_cancelled(client: Client, db, settings):
    publish(
        document("city", "busan"),
        document("visit", "a", cities=("city:busan",), dates=day("2022-06-09"), summary=both(SECRET, SECRET)),
        document("visit", "undated"),
    )
    withdraw("visit:a", both("誤載", "Published by mistake"))
    withdraw("visit:undated")
    for address in (
        "/en/calendar.ics",
        "/en/visits/calendar.ics",
        "/en/cities/busan/calendar.ics",
        "/en/visits/a/event.ics",
    ):
        [event] = read(client, address).values()
        assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == ("visit:a@localhost", "CANCELLED", 1)
        assert event["SUMMARY"] == "Withdrawn: Title a"
        assert days(event) == ("20220609", "20220610")
        assert "Published by mistake" in event["DESCRIPTION"]
        assert SECRET not in event["DESCRIPTION"]
        assert client.get(event["URL"].removeprefix(settings.BASE_URL)).status_code == 410
    publish(document("visit", "a", dates=day("2022-06-09")))
    [event] = read(client, "/en/visits/calendar.ics").values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)


def test_redacted_events_are_nowhere(client: Client, db):
    publish(document("visit", "a", title=both(SECRET, None), dates=day("2022-06-09")))
    withdraw("visit:a", both(SECRET, None))
    redact("visit:a")
    for address in ("/calendar.ics", "/visits/calendar.ics"):
        response = client.get(address)
        assert events(response.content) == {}
        assert SECRET not in response.content.decode()
    assert client.get("/visits/a/event.ics").status_code == 451


def test_one_event_can_be_taken_by_itself(client: Client, portal, settings):
    response = client.get("/en/exhibits/keys/event.ics")
    assert faults(response.content) == []
    assert list(events(response.content)) == ["exhibit:keys"]
    assert "NAME" not in parse(response.content)
    assert response["Content-Disposition"] == 'inline; filename="keys.ics"'
    for nothing in ("/activities/masks/event.ics", "/cities/busan/event.ics", "/visits/none/event.ics"):
        assert client.get(nothing).status_code == 404
    for nothing in ("/alerts/calendar.ics", "/visits/mayor/calendar.ics", "/cities/none/calendar.ics"):
        assert client.get(nothing).status_code == 404


def test_an_old_address_leads_to_the_new_one(client: Client, db):
    publish(document("visit", "a", dates=day("2022-06-09")), document("city", "busan"))
    publish(document("visit", "a", path="/visits/new/", dates=day("2022-06-09")))
    publish(document("city", "busan", path="/cities/pusan/"))
    for name in ("event.ics", "share.png"):
        response = client.get(f"/en/visits/a/{name}")
        assert (response.status_code, response["Location"]) == (301, f"/en/visits/new/{name}")
    for name in ("calendar.ics", "feed.atom"):
        response = client.get(f"/cities/busan/{name}")
        assert (response.status_code, response["Location"]) == (301, f"/cities/pusan/{name}")


def test_a_calendar_that_the_reader_has_is_not_sent_again(client: Client, portal, django_assert_num_queries):
    first = client.get("/calendar.ics")
    assert first["Cache-Control"].startswith("public, max-age=0, s-maxage=30")
    with django_assert_num_queries(1):
        again = client.get("/calendar.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    publish(document("announcement", "other"))
    assert client.get("/calendar.ics").content == first.content
    assert client.get("/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_an_event_without_english_says_its_language(client: Client, db):
    publish(document("visit", "a", title=both("只有中文", None), dates=day("2022-06-09")))
    [event] = read(client, "/en/visits/calendar.ics").values()
    assert event["SUMMARY"].params["LANGUAGE"] == "zh-Hant"


def test_long_chinese_is_folded_between_characters(client: Client, db):
    publish(document("visit", "a", title=both("長" * 200, "a" * 300), dates=day("2022-06-09")))
    assert read(client, "/visits/calendar.ics")["visit:a"]["SUMMARY"] == "長" * 200
    assert read(client, "/en/visits/calendar.ics")["visit:a"]["SUMMARY"] == "a" * 300
