"""Sixteen writers of cases and a reader of the feed."""

import pytest

from tests.integration.cases.test_feed import followed

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db(transaction=True)]


def test_sixteen_writers_and_a_reader():
    followed(writers=16, rounds=20)
