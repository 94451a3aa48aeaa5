"""The demo's cases: as many as the report tells of, the same in every run, and never in a real database."""

import dataclasses
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from portal.cases import verify
from portal.cases.counts.counting import count
from portal.cases.kinds import KINDS
from portal.cases.models import Case, CaseEvent, Officer
from portal.cases.synthetic.figures import PERIOD, months
from portal.cases.synthetic.inventing import AGENCIES, lives
from portal.cases.synthetic.recipes import RECIPES
from portal.cases.synthetic.writing import write
from portal.core import synthetic
from scripts.demo_filling import accounts, draft, invented, officers, resources
from tests.factories.cases import received
from tests.factories.pages import section

pytestmark = pytest.mark.django_db
ACTORS = dict.fromkeys(AGENCIES, "user:1")


@pytest.fixture
def marked(settings):
    """A database for what is invented, and its portal."""
    settings.PORTAL_SYNTHETIC = True
    synthetic.mark()
    resources()


def some_moved(every):
    """All cases, most of them as they were received: to move each on takes minutes. Those that sums are told of are."""
    summed = {recipe.kind for recipe in RECIPES if recipe.totals}
    for number, life in enumerate(invented()):
        yield life if number % every == 0 or life.kind in summed else dataclasses.replace(life, steps=())


def analyze():
    """Let PostgreSQL know of the cases what it cannot find out by itself before a test's transaction ends: it would
    take the tables for empty ones, and count in a way that suits these.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_counts_come_to_exactly_the_figures_of_the_report(marked):
    write(some_moved(every=100), ACTORS)
    analyze()
    found = Counter()
    for recipe in RECIPES:
        for month in months():
            dimensions = tuple(recipe.values)
            by_codes = count(KINDS[recipe.kind], month, dimensions, timezone.now()).received
            found[recipe] += by_codes[tuple(recipe.values.values())]
    assert found == {recipe: recipe.figure.value for recipe in RECIPES}
    told = {(recipe.kind, *recipe.values.values()): number for recipe, number in found.items()}
    assert told.items() >= {
        (("consultation",), 5643),
        (("consumer-complaint", "first-complaint"), 2368),
        (("consumer-complaint", "second-complaint"), 512),
        (("consumer-complaint", "mediation"), 87),
        (("maintenance",), 358),
        (("inspection",), 13),
        (("clinic-session", "debt-clinic"), 19),
    }
    for recipe in RECIPES:
        sums = {each.field: each.code for each in KINDS[recipe.kind].sums}
        for name, figure in recipe.totals.items():
            counts = [count(KINDS[recipe.kind], month, (), timezone.now()) for month in months()]
            assert sum(each.sums[sums[name]].get((), 0) for each in counts) == figure.value
    assert Case.objects.count() == sum(found.values())
    assert Case.objects.exclude(assignee="").exists() and CaseEvent.objects.exclude(type="received").exists()


def test_they_are_the_same_in_every_run():
    for recipe in RECIPES:
        made = list(lives(recipe))
        assert made == list(lives(recipe))
        assert {PERIOD.start <= life.received_at.date() <= PERIOD.end for life in made} == {True}
        steps = [[life.received_at, *(step.at for step in life.steps)] for life in made]
        assert all(moments == sorted(moments) for moments in steps)


def test_every_way_of_every_recipe_is_one_that_a_real_case_may_go(marked):
    for recipe in RECIPES:
        wanted = {tuple(step.transition for step in way.steps) for way in recipe.ways}
        by_way = {tuple(step.transition for step in life.steps): life for life in lives(recipe)}
        assert by_way.keys() == wanted
        write(by_way.values(), ACTORS)
    assert list(verify.faults()) == []


def test_no_case_is_invented_in_a_real_database(settings):
    with pytest.raises(synthetic.NotSynthetic):
        write([], ACTORS)
    received()
    with pytest.raises(synthetic.NotSynthetic):
        synthetic.mark()
    settings.PORTAL_SYNTHETIC = True
    for refused in (synthetic.check, synthetic.require):
        with pytest.raises(synthetic.NotSynthetic):
            refused()


def test_a_real_portal_does_not_serve_what_is_invented(settings, marked):
    synthetic.check()
    synthetic.mark()
    settings.PORTAL_SYNTHETIC = False
    with pytest.raises(synthetic.NotSynthetic):
        synthetic.check()


def test_there_are_officers_and_drafts_to_try_the_desks_with(marked):
    section("dataset")
    told = accounts()
    for name, _purpose, password in told:
        assert get_user_model().objects.get(username=name).check_password(password)
    assert len({password for *_rest, password in told}) == len(told)
    assert set(Officer.objects.values_list("agency", flat=True)) == set(AGENCIES)
    write([next(lives(recipe)) for recipe in RECIPES], officers())
    draft()
