"""What the forms of the office calendar have in common: nobody else changes it meanwhile, and whoever changes it is
told how many deadlines move, before and after.

A change that moves deadlines is saved only once it has been confirmed with the number that was shown. What a change
would do is found by doing it, in a savepoint that is rolled back.
"""

import copy
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages

from portal.cases.calendar_changes import changing_calendar
from portal.cases.calendar_table import office_calendar
from portal.cases.moving_deadlines import would_move

#: The hidden field with the number of moves that was shown.
CONFIRMED = "confirmed_moves"
_NAMED = 10


class Changing:
    """A form of the calendar: it is checked and saved while nobody else changes the calendar."""

    request: HttpRequest
    moves = 0

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the form, and say how many deadlines it has moved."""
        with changing_calendar():
            response = super().post(request, *args, **kwargs)  # type: ignore[misc]
        if self.moves and response.status_code == 302:
            messages.success(request, moved_text(self.moves))
        return response


class ChangingForm(Changing):
    """A form that enters or changes something."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, if that moves no deadline or as many as were shown; else show how many."""
        references = moved_by(lambda: copy.copy(form.instance).save())
        self.moves = len(references)
        if references and self.request.POST.get(CONFIRMED) != str(len(references)):
            form.fields[CONFIRMED] = forms.CharField(widget=forms.HiddenInput, required=False)
            form.data = form.data.copy()
            form.data[CONFIRMED] = str(len(references))
            messages.warning(self.request, would_move_text(references))
            self.form = form
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        return super().form_valid(form)  # type: ignore[misc]


class Deleting(Changing):
    """A form that takes something out: it asks for confirmation anyhow."""

    object: Any

    @property
    def confirmation_message(self) -> str:
        """The question, and how many deadlines the answer moves."""
        asked = super().confirmation_message  # type: ignore[misc]
        references = self._moved()
        return f"{asked} {would_move_text(references, again=False)}" if references else asked

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take it out."""
        self.moves = len(self._moved())
        return super().post(request, *args, **kwargs)

    def _moved(self) -> list[str]:
        return moved_by(lambda: type(self.object)._default_manager.filter(pk=self.object.pk).delete())


def moved_by(change: Callable[[], object]) -> list[str]:
    """The references of the cases whose last day a change of the table moves, which is not made."""
    before = office_calendar()
    with transaction.atomic():
        change()
        after = office_calendar()
        transaction.set_rollback(True)
    return would_move(before, after)


def would_move_text(references: list[str], *, again: bool = True) -> str:
    """How many last days a change moves and the first of the cases; ``again``: that saving again does it."""
    count = len(references)
    said = ngettext(
        "This moves the last day of %(count)s open case: %(cases)s.",
        "This moves the last days of %(count)s open cases: %(cases)s.",
        count,
    ) % {"count": f"{count:,}", "cases": ", ".join(references[:_NAMED]) + (" …" if count > _NAMED else "")}
    told = gettext("Each case says so, and citizens who have given an address are told by e-mail.")
    return " ".join([said, told, *([gettext("Nothing is saved yet: save again to do it.")] if again else [])])


def moved_text(count: int) -> str:
    """How many last days have moved."""
    return ngettext(
        "The last day of %(count)s open case has moved.", "The last days of %(count)s open cases have moved.", count
    ) % {"count": f"{count:,}"}
