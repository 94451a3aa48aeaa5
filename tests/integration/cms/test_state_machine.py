"""Whatever editors do, in any order: what is public is what is live and public, and nothing else is anywhere."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.cms.machine import Publishing

#: A failing run says its steps; making it shorter would take longer than reading it.
_ANY = {
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate,),
    "report_multiple_bugs": False,
}


@pytest.mark.django_db
def test_a_few_steps():
    run_state_machine_as_test(Publishing, settings=settings(max_examples=5, stateful_step_count=20, **_ANY))


@pytest.mark.acceptance
@pytest.mark.django_db
def test_many_trees():
    run_state_machine_as_test(Publishing, settings=settings(max_examples=25, stateful_step_count=40, **_ANY))


@pytest.mark.acceptance
@pytest.mark.django_db
def test_one_long_life():
    run_state_machine_as_test(Publishing, settings=settings(max_examples=2, stateful_step_count=300, **_ANY))
