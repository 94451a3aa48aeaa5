"""Petitions: handed to the agency in charge, given more time with notice, and kept confidential."""

import datetime

import pytest
from django.conf import settings
from django.urls import reverse

from portal.cases import selectors, time_limits
from portal.cases.assigning import assign
from portal.cases.calendar_table import office_calendar
from portal.cases.counts.counting import count
from portal.cases.deadlines.explaining import explain
from portal.cases.kinds import KINDS
from portal.cases.models import Officer
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import ValuesInvalid
from portal.cases.transitions import amend
from portal.core.periods import parse_period
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import AGENCY, Remembering, moved, received
from tests.factories.cases_officers import desk, officer, verified
from tests.factories.kinds import values_of
from tests.factories.modules import Sender
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

KIND = KINDS["petition"]
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
WORKS = "public-works"
HAND_OVER = {"to_agency": WORKS, "agency_name": "工務局"}
MORE = {"more_days": 10, "more_time_for": "investigation"}
SCOPES = tuple(f"cases:petition:{verb}" for verb in ("read", "write", "personal"))


def day(number, month=3):
    return datetime.datetime(2022, month, number, 10, tzinfo=TAIPEI)


def petition(received_at=None, **changes):
    values = values_of("petition", **changes)
    return received("petition", values=values, received_at=received_at, personal=STORE)


def now(case):
    return selectors.case(case.reference)


def limit(case):
    return time_limits.running(now(case), selectors.timeline(case)).under(office_calendar())


def url(name, case, *more):
    return reverse(f"cases_desk:{name}", args=[case.reference, *more])


def refused(case, transition, values, **given):
    with pytest.raises(ValuesInvalid) as refusal:
        moved(case, transition, values, **given)
    return [(problem.name, problem.code) for problem in refusal.value.problems]


# Handed to another agency


def test_it_goes_to_the_queue_and_the_permissions_of_the_agency_in_charge():
    officer("chen", kind="petition", agency=WORKS, may_decide=True)
    case = petition()
    assign(case_reference=case.reference, actor="user:1", assignee="user:1", personal=Remembering())
    event = moved(case, "hand-over", HAND_OVER)
    assert (event.from_agency, event.agency, event.assignee) == (AGENCY, WORKS, "")
    case = now(case)
    assert (case.agency, case.state, case.assignee) == (WORKS, "received", "")
    assert list(selectors.cases(agencies=[WORKS])) == [case]
    told = [selectors.feed(after=2, agencies=[agency], limit=9).events for agency in (AGENCY, WORKS)]
    assert [[each.type for each in events] for events in told] == [["hand-over"], ["hand-over"]]


def test_it_is_not_handed_to_nobody():
    officer("idle", kind="petition", agency="archive")
    officer("other", kind="consultation", agency=WORKS, may_decide=True)
    case = petition()
    assert refused(case, "hand-over", HAND_OVER) == [("to_agency", "agency-unknown")]
    assert refused(case, "hand-over", HAND_OVER | {"to_agency": "archive"}) == [("to_agency", "agency-unknown")]
    assert refused(case, "hand-over", HAND_OVER | {"to_agency": AGENCY}) == [("to_agency", "same-agency")]
    assert refused(case, "hand-over", HAND_OVER | {"to_agency": "工務局"}) == [("to_agency", "type")]
    assert refused(case, "hand-over", {}) == [("to_agency", "required"), ("agency_name", "required")]
    assert now(case).version == 1


def test_a_module_hands_it_to_an_agency_with_a_module():
    here, there = Sender(*SCOPES), Sender(*SCOPES, agency=WORKS)
    case = here.post("/api/v1/cases/petition/", {"values": values_of("petition")})
    sent = {"type": "hand-over", "values": HAND_OVER}
    done = here.post(f"{case['Location']}events/", sent, If_Match="*").json()
    assert (done["from_agency"], done["agency"]) == (AGENCY, WORKS)
    assert here.get(case["Location"]).status_code == 404
    assert there.get(case["Location"]).json()["agency"] == WORKS
    assert [each["type"] for each in there.get("/api/v1/cases/feed/").json()["results"]] == ["hand-over"]


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_at_the_desk_it_is_chosen_and_leaves(language):
    home()
    officer("chen", kind="petition", agency=WORKS, may_decide=True)
    case = petition()
    client = desk(kind="petition", language=language, may_decide=True)
    form = client.get(url("step", case, "hand-over")).content.decode()
    assert f'<option value="{WORKS}"' in form
    assert f'<option value="{AGENCY}"' not in form
    answer = client.post(url("step", case, "hand-over"), {"version": 1, **HAND_OVER}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("cases_desk:mine")
    assert client.get(url("case", case)).status_code == 404
    assert signed_in(officer("wu", kind="petition", agency=WORKS)).get(url("case", case)).status_code == 200


# The time limit


def test_the_time_limit_is_the_settings():
    assert (KIND.deadline.days, KIND.deadline.unit) == (settings.PETITION_DAYS, "calendar")
    assert limit(petition(day(1))).due == datetime.date(2022, 3, 31)


def test_more_time_moves_the_last_day_and_says_why():
    case = petition(day(1))
    moved(case, "extend", MORE | {"note": "須會勘現場，林先生"}, occurred_at=day(20))
    found = limit(case)
    # Ten days from 31 March on: 10 April is a Sunday.
    assert found.due == datetime.date(2022, 4, 11)
    sentences = " ".join(explain(found, "zh-Hant"))
    assert "須調查或現場會勘" in sentences
    assert "林先生" not in sentences
    moved(case, "extend", MORE | {"more_time_for": "complex"}, occurred_at=day(11, 4))
    assert limit(case).due == datetime.date(2022, 4, 21)


def test_more_time_is_told_before_the_time_is_over():
    case = petition(day(1))
    assert refused(case, "extend", MORE, occurred_at=day(1, 4)) == [("more_days", "time-limit-over")]
    assert refused(case, "extend", MORE | {"more_days": 31}, occurred_at=day(20)) == [("more_days", "too-large")]
    assert now(case).version == 1


def test_an_extended_petition_is_late_by_its_new_last_day():
    for replied in (day(11, 4), day(12, 4)):
        case = petition(day(1))
        moved(case, "extend", MORE, occurred_at=day(20))
        moved(case, "reply", {"reply": "已修復"}, occurred_at=replied)
    moved(petition(day(1)), "reply", {"reply": "已修復"}, occurred_at=day(31))
    counts = [count(KIND, parse_period(month), ["concern"], day(1, 6)).timeliness for month in ("2022-03", "2022-04")]
    assert counts[0] == {("rights", "in-time"): 1, ("rights", "late"): 0}
    assert counts[1] == {("rights", "in-time"): 1, ("rights", "late"): 1}


# Confidentiality


@pytest.fixture
def secret():
    """A confidential petition."""
    home()
    return petition(confidential=True)


def test_it_is_shown_to_those_who_may_read_personal_data(secret):
    open_one, unsaid = petition(confidential=False), petition()
    reading = desk("lin", kind="petition", may_decide=True, may_read_personal=True)
    deciding = desk("mei", kind="petition", may_decide=True)
    assert reading.get(url("case", secret)).status_code == 200
    for address in (url("case", secret), url("step", secret, "reply"), url("assign", secret), url("merge", secret)):
        assert deciding.get(address).status_code == 404
    listed = [client.get(reverse("cases_desk:open")).content.decode() for client in (reading, deciding)]
    assert [[case.reference in html for case in (secret, open_one, unsaid)] for html in listed] == [
        [True, True, True],
        [False, True, True],
    ]


def test_reading_elsewhere_does_not_help(secret):
    mei = officer("mei", kind="petition", may_decide=True)
    Officer.objects.create(user=mei, kind="petition", agency=WORKS, may_read_personal=True)
    Officer.objects.create(user=mei, kind="consultation", agency=AGENCY, may_read_personal=True)
    client = signed_in(mei)
    assert client.get(url("case", secret)).status_code == 404


def test_it_is_assigned_to_those_who_can_see_it(secret):
    mei = officer("mei", kind="petition", may_decide=True)
    lin = officer("lin", kind="petition", may_decide=True, may_read_personal=True)
    form = signed_in(lin).get(url("assign", secret)).content.decode()
    assert f"user:{lin.pk}" in form
    assert f"user:{mei.pk}" not in form


def test_an_officer_makes_it_confidential_and_lifts_that():
    home()
    case, client = petition(), desk(kind="petition")
    for flag, status in ((True, 404), (False, 200), (True, 404), (None, 200)):
        amend(case_reference=case.reference, values={"confidential": flag}, actor="user:1", personal=Remembering())
        assert client.get(url("case", case)).status_code == status


def test_the_officer_in_charge_reads_the_name_on_record(secret):
    lin = officer("lin", kind="petition", may_read_personal=True)
    client = verified(signed_in(lin), lin)
    shown = client.post(url("personal", secret), {"purpose": "handling"}).content.decode()
    assert "王小明" in shown


def test_a_module_is_told_who_it_is_in_stars():
    sender = Sender(*SCOPES)
    case = sender.post("/api/v1/cases/petition/", {"values": values_of("petition", confidential=True)})
    plain = sender.post("/api/v1/cases/petition/", {"values": values_of("petition")})
    told = sender.get("/api/v1/cases/feed/").json()["results"]
    for personal in (sender.get(case["Location"]).json()["personal"], told[0]["personal"]):
        assert personal["petitioner_name"] == "王○○"
        assert personal["petitioner_phone"] == "0912-***-678"
        assert personal["petitioner_email"] == "m***@example.org"
        assert personal["text"] == "巷口路燈已三週不亮，請派員修理。我的電話0912-***-678。"
    for personal in (sender.get(plain["Location"]).json()["personal"], told[1]["personal"]):
        assert personal["petitioner_name"] == "王小明"
