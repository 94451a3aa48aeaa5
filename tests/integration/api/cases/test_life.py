"""A case through the module API: sent, read, moved on, followed."""

import pytest

from portal.cases import verify
from portal.cases.models import Agency, Case, CaseEvent, Reading
from tests.factories.cases import AGENCY, COMPLAINT, PERSONAL, complaint_values
from tests.factories.modules import COMPLAINTS, READ, Sender
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db


def test_a_case_is_sent_read_and_moved_on():
    module = Sender()
    sent = module.post(COMPLAINTS, {"values": complaint_values(), "received_at": "2022-03-01T09:00:00+08:00"})
    assert sent.status_code == 201, sent.content
    case = sent.json()
    assert (case["kind"], case["agency"], case["state"], case["version"]) == (
        "consumer-complaint",
        AGENCY,
        "received",
        1,
    )
    assert (case["values"], case["received_at"]) == (COMPLAINT, "2022-03-01T01:00:00Z")
    assert sent["Location"] == f"{COMPLAINTS}{case['reference']}/"
    assert sent["ETag"] == '"1"'

    read = module.get(sent["Location"])
    assert read["ETag"] == '"1"'
    body = read.json()
    assert body["personal"] == body["events"][0]["personal"] == PERSONAL
    assert [event["type"] for event in body["events"]] == ["received"]
    assert "forward" in body["steps"]

    events = f"{sent['Location']}events/"
    moved = module.post(events, {"type": "forward", "values": {"note": "已轉業者"}}, If_Match='"1"')
    assert moved.status_code == 201, moved.content
    assert moved["ETag"] == '"2"'
    assert moved.json()["case"]["state"] == "with-business"

    problem(module.post(events, {"type": "fail"}, If_Match='"1"'), 412, "precondition-failed")
    assert module.post(events, {"type": "fail"}, If_Match="*").status_code == 201
    assert [event["type"] for event in module.get(sent["Location"]).json()["events"]] == ["received", "forward", "fail"]
    assert Case.objects.get().state == "not-settled"
    assert list(verify.faults()) == []


def test_every_step_that_all_kinds_have():
    module = Sender()
    first, second = (module.post(COMPLAINTS, {"values": complaint_values()})["Location"] for _time in range(2))
    steps = [
        {"type": "amended", "values": {"amount": "3990", "consumer_phone": None, "consumer_email": "x@example.org"}},
        {"type": "assigned", "assignee": "user:7", "values": {"reason": "承辦"}},
        {"type": "withdraw"},
        {"type": "reopened"},
        {"type": "merged", "into": second.split("/")[-2]},
    ]
    for step in steps:
        taken = module.post(f"{first}events/", step, If_Match="*")
        assert taken.status_code == 201, (step, taken.content)
    body = module.get(first).json()
    assert (body["state"], body["values"]["amount"], body["assignee"]) == ("merged", "3990", "user:7")
    assert "consumer_phone" not in body["personal"]
    assert body["events"][1]["personal"] == {"consumer_phone": None, "consumer_email": "x@example.org"}
    assert body["merged_into"] == second.split("/")[-2]
    assert module.get(second).json()["events"][-1]["type"] == "absorbed"


def test_a_case_follows_another_and_has_what_that_said():
    module = Sender()
    first = module.post(COMPLAINTS, {"values": complaint_values()}).json()["reference"]
    sent = module.post(COMPLAINTS, {"values": {"stage": "second-complaint"}, "follows": first})
    assert sent.status_code == 201, sent.content
    assert sent.json()["follows"] == first
    assert module.get(sent["Location"]).json()["personal"] == PERSONAL
    assert module.get(f"{COMPLAINTS}{first}/").json()["followed_by"] == sent.json()["reference"]


def test_a_case_that_is_handed_over_is_gone_for_its_first_agency():
    module, other = Sender(), Sender(agency="health-bureau")
    address = module.post(COMPLAINTS, {"values": complaint_values()})["Location"]
    problem(other.get(address), 404, "not-found")
    handed = module.post(f"{address}events/", {"type": "assigned", "agency": "health-bureau"}, If_Match="*")
    assert handed.status_code == 201
    problem(module.get(address), 404, "not-found")
    assert other.get(address).json()["events"][1]["from_agency"] == AGENCY
    feed = other.get("/api/v1/cases/feed/").json()["results"]
    assert [event["type"] for event in feed] == ["assigned"]
    assert [event["type"] for event in module.get("/api/v1/cases/feed/").json()["results"]] == ["received", "assigned"]


def test_every_reading_of_what_is_personal_is_noted():
    module = Sender()
    address = module.post(COMPLAINTS, {"values": complaint_values()})["Location"]
    assert not Reading.objects.exists()
    module.get(address)
    module.get("/api/v1/cases/feed/")
    assert [(row.actor, row.purpose, row.found) for row in Reading.objects.all()] == [
        (f"module:{module.client.id}", "forwarding", 4)
    ] * 2
    reader = Sender(READ)
    assert "personal" not in reader.get(address).json()
    assert Reading.objects.count() == 2


def test_who_acted_is_the_module():
    module = Sender()
    module.post(COMPLAINTS, {"values": complaint_values()})
    assert CaseEvent.objects.get().actor == f"module:{module.client.id}"


def test_kinds_and_their_schemas():
    module = Sender()
    Agency.objects.create(code=AGENCY, name_zh_hant="消費者保護官室", name_en="Consumer Office")
    body = module.get("/api/v1/cases/kinds/").json()
    assert body["count"] == len(body["results"]) >= 2
    assert body["agencies"] == [{"code": AGENCY, "name": {"zh-Hant": "消費者保護官室", "en": "Consumer Office"}}]
    one = module.get("/api/v1/cases/kinds/consumer-complaint/", lang="en").json()
    assert one["label"] == "Consumer complaint"
    assert one["schemas"]["received"]["properties"]["consumer_phone"]["x-personal"] is True
    problem(module.get("/api/v1/cases/kinds/nothing/"), 404, "not-found")


def test_a_deadline_explains_itself():
    module = Sender()
    sent = {"values": complaint_values(), "received_at": "2022-03-01T09:00:00+08:00"}
    address = module.post(COMPLAINTS, sent)["Location"]
    deadline = module.get(address).json()["deadline"]
    assert (deadline["due"], deadline["stopped"]) == ("2022-03-16", False)
    assert deadline["explanation"][0].keys() == {"zh-Hant", "en"}
    english = module.get(address, lang="en").json()["deadline"]
    assert "article 43" in english["explanation"][0]
    address = module.post(COMPLAINTS, {"values": complaint_values()})["Location"]
    module.post(f"{address}events/", {"type": "request-supplement", "values": {"missing": "發票"}}, If_Match="*")
    assert module.get(address).json()["deadline"]["stopped"] is True


def test_the_office_calendar():
    module = Sender()
    body = module.get("/api/v1/cases/calendar/", year="2022", lang="en").json()
    days = {day["day"]: day for day in body["days"]}
    assert (body["year"], body["announced"], len(days)) == (2022, True, 365)
    assert days["2022-02-28"] == {
        "day": "2022-02-28",
        "working": False,
        "name": days["2022-02-28"]["name"],
        "source": "library",
    }
    assert "Peace" in days["2022-02-28"]["name"]
    problem(module.get("/api/v1/cases/calendar/", year="0"), 400, "invalid-parameter")
    assert module.get("/api/v1/cases/calendar/").status_code == 200
