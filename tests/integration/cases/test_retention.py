"""Personal data is erased once its kind's time after closing is over; the case, its events and its counts stay."""

import datetime

import pytest
from django.utils import timezone

from portal.cases import retention, selectors, verify
from portal.cases.keeping import ENCRYPTED
from portal.cases.models import Erasure, PersonalIndex, PersonalValue
from tests.factories.cases import moved, received

pytestmark = pytest.mark.django_db


def closed(**given):
    case = received(personal=ENCRYPTED, **given)
    moved(case, "withdraw", personal=ENCRYPTED)
    return selectors.case(case.reference)


def in_days(days):
    return timezone.now() + datetime.timedelta(days=days)


def test_each_kind_has_its_time():
    complaint, still_open = closed(), received(personal=ENCRYPTED)
    values = {"channel": "counter", "subject": "food", "name": "王小明"}
    consultation = received("consultation", values=values, personal=ENCRYPTED)
    moved(consultation, "answer", {"answer": "請洽 1950"}, personal=ENCRYPTED)
    assert retention.erase(in_days(364)) == 0
    assert retention.erase(in_days(366)) == 2
    assert retention.erase(in_days(366)) == 0
    assert retention.erase(in_days(5 * 365 + 1)) == 4
    assert set(PersonalValue.objects.values_list("case", flat=True)) == {still_open.pk}
    assert set(PersonalIndex.objects.values_list("value__case", flat=True)) == {still_open.pk}
    assert list(Erasure.objects.order_by("at").values_list("reference", "values")) == [
        (consultation.reference, 2),
        (complaint.reference, 4),
    ]
    assert selectors.case(complaint.reference).data == complaint.data
    assert list(verify.faults()) == []
