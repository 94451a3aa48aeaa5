"""A few writers of the log at once; more of them are among the acceptance tests."""

import pytest

from tests.races import log_writers_and_a_reader


@pytest.mark.django_db(transaction=True)
def test_writers_and_a_reader():
    log_writers_and_a_reader(writers=4, rounds=10)
