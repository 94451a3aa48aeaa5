"""The queues of the officers' desk: what is in them, for whom, and in how many queries."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.cases.assigning import assign
from portal.cases.desk import queues
from portal.cases.models import Case, Officer
from portal.cases.transitions import reopen
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.cases import AGENCY, Remembering, complaint_values, moved, received
from tests.factories.cases_officers import KIND, desk, officer
from tests.factories.pages import home, signed_in, superuser

pytestmark = pytest.mark.django_db

CONSULTATION = {"channel": "counter", "subject": "food"}


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def listed(client, queue, **parameters):
    response = client.get(reverse(f"cases_desk:{queue}"), parameters)
    assert response.status_code == 200
    return [row.case.reference for row in response.context["rows"]]


def test_only_cases_of_the_officers_kinds_and_agencies(language):
    own = received()
    received(agency="other-office")
    received("consultation", values=CONSULTATION)
    client = desk(language=language)
    assert listed(client, "open") == [own.reference]
    assert listed(client, "open", agency="other-office") == [own.reference]
    Officer.objects.create(user=account("lin", language=language), kind=KIND, agency="other-office")
    assert len(listed(client, "open")) == 2
    assert listed(client, "open", agency=AGENCY) == [own.reference]
    assert listed(client, "open", kind="consultation") == listed(client, "open")


def test_nobody_sees_cases_without_rights_not_even_a_superuser(language):
    case = received()
    client = signed_in(superuser())
    for address in (reverse("cases_desk:open"), reverse("cases_desk:case", args=[case.reference])):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")
    assert reverse("cases_desk:mine") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_mine_are_those_assigned_to_me(language):
    user = officer(language=language)
    mine, other, closed = received(), received(), received()
    for case, assignee in ((mine, user.pk), (other, user.pk + 1), (closed, user.pk)):
        assign(case_reference=case.reference, actor="user:1", assignee=f"user:{assignee}", personal=Remembering())
    moved(closed, "withdraw")
    assert listed(signed_in(user), "mine") == [mine.reference]


def march(day):
    return datetime.datetime(2022, 3, day, 10, tzinfo=datetime.UTC)


def test_due_soon_and_overdue_are_told_from_the_last_day():
    first, second = received(received_at=march(1)), received(received_at=march(3))
    stopped, closed = received(received_at=march(1)), received(received_at=march(1))
    moved(stopped, "request-supplement", {"missing": "發票"}, occurred_at=march(4))
    moved(closed, "withdraw")
    received(received_at=march(1), values=complaint_values(stage="mediation"))
    # The last days are 16 and 18 March.
    expected = {
        12: ([], []),
        13: ([first], []),
        16: ([first, second], []),
        17: ([second], [first]),
        19: ([], [first, second]),
    }
    cases = Case.objects.all()
    for day, (soon, late) in expected.items():
        assert (queues.due_soon(cases, march(day)), queues.overdue(cases, march(day))) == (soon, late), day


def test_a_reopened_case_has_its_time_again():
    case = received(received_at=march(1))
    moved(case, "withdraw", occurred_at=march(10))
    reopen(case_reference=case.reference, actor="user:1", occurred_at=march(20), personal=Remembering())
    assert queues.overdue(Case.objects.all(), march(31)) == []


def test_days_are_said_in_the_readers_language(language):
    received(received_at=datetime.datetime(2022, 3, 1, 10, tzinfo=datetime.UTC))
    shown = desk(language=language).get(reverse("cases_desk:overdue")).content.decode()
    if language == "en":
        expected = ["Overdue", "1 March 2022", "16 March 2022", "First complaint", "Received on"]
    else:
        expected = ["已逾期", "111年3月1日", "111年3月16日", "第一次申訴", "收件日期"]
    assert [each for each in expected if each not in shown] == []


@pytest.mark.parametrize("queue", ["mine", "due", "overdue", "open"])
def test_the_number_of_queries_does_not_grow_with_the_cases(queue, language, django_assert_max_num_queries):
    client = desk(language=language)
    for _ in range(12):
        received(received_at=ago(40))
    client.get(reverse(f"cases_desk:{queue}"))
    with django_assert_max_num_queries(25):
        client.get(reverse(f"cases_desk:{queue}"))


def test_long_queues_have_pages(language, monkeypatch):
    monkeypatch.setattr("portal.cases.desk.views.PER_PAGE", 2)
    cases = [received(received_at=ago(40 - number)) for number in range(5)]
    client = desk(language=language)
    pages = [listed(client, "overdue", page=number) for number in (1, 2, 3)]
    assert [reference for page in pages for reference in page] == [case.reference for case in cases]
    assert len(pages[2]) == 1
    assert "?page=2" in client.get(reverse("cases_desk:overdue"), {"page": 1}).content.decode()
