"""One form, sent many times at once."""

import pytest
from django.test import Client

from portal.cases.models import Case, CaseEvent, Filing, PersonalValue
from tests.factories.filing import form, handed_out, post
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_posts_of_one_form_make_one_case_and_say_the_same():
    filled, answers = form(Client()), []

    def send() -> None:
        answers.append(handed_out(post(Client(), filled, "send")))

    assert at_once([send] * 8) == []
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert Case.objects.count() == CaseEvent.objects.count() == Filing.objects.count() == 1
    assert PersonalValue.objects.count() == 4
