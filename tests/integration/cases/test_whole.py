"""Services in one transaction: all of it or nothing, whether or not they have savepoints of their own."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.cases.models import Case, CaseEvent
from portal.cases.refusals import WrongTransition
from portal.cases.whole import whole
from tests.factories.cases import moved, received

pytestmark = pytest.mark.django_db(transaction=True)


def savepoints(do):
    with CaptureQueriesContext(connection) as captured:
        do()
    return sum("SAVEPOINT" in query["sql"] for query in captured.captured_queries)


def test_a_service_alone_is_a_transaction():
    case = received()
    moved(case, "forward")
    assert Case.objects.get().version == 2


def test_an_error_rolls_back_all_that_was_done():
    case = received()
    with pytest.raises(WrongTransition), whole():
        received()
        moved(case, "forward")
        moved(case, "forward")
    assert Case.objects.get().version == 1
    assert CaseEvent.objects.count() == 1
    # Outside of it services have savepoints again.
    with transaction.atomic():
        with pytest.raises(WrongTransition):
            moved(case, "answer", {"answer": "已退款"})
        moved(case, "forward")
    assert Case.objects.get().version == 2


def test_no_savepoint_in_a_whole():
    # The first event of all makes the row that counts them.
    received()

    def in_a_whole():
        with whole():
            received()

    def in_a_transaction():
        with transaction.atomic():
            received()

    assert savepoints(in_a_whole) == 0
    assert savepoints(in_a_transaction) > 0
