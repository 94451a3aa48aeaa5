"""A personal value says nothing of itself unless it is asked to."""

import copy
import json
import logging
import operator
import pickle
import pprint
import traceback

import pytest
from django.template import Context, Template

from portal.cases.personal.wrapped import Personal
from portal.core.logs import Formatter

MARK = "王標記 A123456789"
VALUE = Personal(MARK)


@pytest.mark.parametrize(
    "shown",
    [
        str,
        repr,
        ascii,
        pprint.pformat,
        lambda value: f"{value} {value!r} {value:>20} {[value]} { ({'a': value}) }",
        lambda value: operator.mod("%s %r", (value, value)),
        lambda value: str.format("{} {!r:>20}", value, value),
        lambda value: repr(ValueError(value)),
        lambda value: Template("{{ value }} {{ value|upper }} {{ all|join:',' }}").render(
            Context({"value": value, "all": [value]})
        ),
    ],
)
def test_it_is_shown_nowhere(shown):
    text = shown(VALUE)
    assert MARK not in text
    assert "王" not in text
    assert "personal" in text.lower()


def test_a_log_line_does_not_hold_it():
    record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "kept %s", (VALUE,), None)
    record.value, record.more = VALUE, {"fields": [VALUE]}
    assert "王" not in Formatter().format(record)


def test_a_traceback_does_not_hold_it():
    try:
        int(VALUE)  # type: ignore[call-overload]
    except TypeError as fault:
        told = traceback.TracebackException.from_exception(fault, capture_locals=True)
    assert "王" not in "".join(told.format())


@pytest.mark.parametrize("way", [pickle.dumps, json.dumps, vars, list, hash])
def test_it_goes_nowhere_by_itself(way):
    with pytest.raises(TypeError) as refused:
        way(VALUE)
    assert "王" not in str(refused.value)


def test_it_can_be_compared_copied_and_revealed():
    assert VALUE.reveal() == MARK
    assert Personal(MARK) == VALUE
    assert Personal("王") != VALUE
    assert VALUE != MARK
    assert copy.deepcopy({"value": VALUE})["value"] is VALUE
    assert copy.copy(VALUE) is VALUE
    assert VALUE
    assert not Personal("")
