"""One form, sent many times at once."""

import pytest
from django.test import Client

from portal.cases.models import Case, CaseEvent, Filing, PersonalValue
from portal.resources.models import Reservation
from tests.factories.filing import form, handed_out, inputs, post
from tests.factories.resources import room
from tests.integration.services.test_bookings import NEW as BOOK
from tests.integration.services.test_bookings import filled
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_posts_of_one_form_make_one_case_and_say_the_same():
    typed, answers = form(Client()), []

    def send() -> None:
        answers.append(handed_out(post(Client(), typed, "send")))

    assert at_once([send] * 8) == []
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert Case.objects.count() == CaseEvent.objects.count() == Filing.objects.count() == 1
    assert PersonalValue.objects.count() == 4


def test_eight_posts_of_one_booking_reserve_once_and_say_the_same():
    room()
    checked, answers = inputs(post(Client(), filled(Client()), "check", page=BOOK)), []

    def send() -> None:
        answers.append(handed_out(post(Client(), checked, "send", page=BOOK)))

    assert at_once([send] * 8) == []
    assert len(set(answers)) == 1
    assert Case.objects.count() == Filing.objects.count() == Reservation.objects.count() == 1


def test_of_two_citizens_who_book_one_hour_one_is_told_that_it_is_taken():
    room()
    forms = [inputs(post(Client(), filled(Client(), organiser=name), "check", page=BOOK)) for name in "甲乙"]
    answers = []

    def send(form: dict[str, str]) -> None:
        answers.append(post(Client(), form, "send", page=BOOK).status_code)

    assert at_once([lambda form=form: send(form) for form in forms]) == []
    assert sorted(answers) == [200, 422]
    assert Case.objects.count() == Reservation.objects.count() == 1
