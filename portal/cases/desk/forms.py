"""Forms made from what a kind declares. They only turn what was typed into JSON values: whether those are as declared,
the services say, and what they say is put beside the fields.
"""

import datetime
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.deadlines.counting import TAIPEI
from portal.cases.desk.wording import language
from portal.cases.kinds.fields import YES_NO, Field, FieldType
from portal.cases.models import Reading
from portal.cases.refusals import ValuesInvalid
from portal.cases.resource_labels import labelled
from portal.core.periods import PeriodError, parse_date_input

_MINUTE = "%Y-%m-%dT%H:%M"
#: For what personal data is read, in words.
PURPOSES = {
    Reading.Purpose.HANDLING: _("Handling the case"),
    Reading.Purpose.NOTIFYING: _("Informing the person"),
    Reading.Purpose.FORWARDING: _("Forwarding to the business or agency concerned"),
    Reading.Purpose.REQUEST: _("A request by the person"),
    Reading.Purpose.SUPERVISING: _("Supervision or audit"),
}
_BLANK = ("", "---------")


class PurposeForm(forms.Form):
    """For what somebody wants to read personal data."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=[_BLANK, *PURPOSES.items()])


class DeclaredForm(forms.Form):
    """The values of some declared fields. ``required`` False asks for none of them."""

    def __init__(self, *args: Any, declared: Iterable[Field], required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = {field.name: field for field in declared}
        for field in self.declared.values():
            self.fields[field.name] = _made(field, required=required and field.required)

    def offer(self, field: Field, codes: Iterable[str]) -> None:
        """Let a field be chosen among codes."""
        self.fields[field.name].widget = forms.Select(choices=[_BLANK, *((code, code) for code in codes)])

    def values(self) -> dict[str, Any]:
        """What was typed, as JSON values; fields left empty are left out. The form is valid."""
        return {name: value for name, value in self.all_values().items() if value not in ("", None)}

    def all_values(self) -> dict[str, Any]:
        """The same with the empty ones."""
        return {name: _json(field, self.cleaned_data[name]) for name, field in self.declared.items()}

    def tell(self, refusal: ValuesInvalid) -> None:
        """Put what a service says of the values beside their fields, and above the form what is of none of them."""
        for problem in refusal.problems:
            name = problem.name if problem.name in self.fields else None
            self.add_error(name, problem.message)


class ValuesForm(DeclaredForm):
    """The same, and the version of the case that the officer was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def shown_in_form(field: Field, value: Any) -> Any:
    """A stored value as a form's input has it."""
    if field.type is FieldType.DATETIME and value:
        return datetime.datetime.fromisoformat(value).astimezone(TAIPEI).strftime(_MINUTE)
    if field.type is FieldType.BOOLEAN and value is not None:
        return str(value).lower()
    return value


def _made(field: Field, *, required: bool) -> forms.Field:
    """The form's field; what it takes is text."""
    widget: forms.Widget = forms.TextInput()
    help_text = field.help
    if field.type in (FieldType.CHOICE, FieldType.BOOLEAN):
        choices = YES_NO if field.type is FieldType.BOOLEAN else field.choices
        widget = forms.Select(choices=[_BLANK, *((choice.code, choice.label) for choice in choices)])
    elif field.type is FieldType.RESOURCE:
        widget = forms.Select(choices=[_BLANK, *labelled(field, language())])
    elif field.type is FieldType.DATETIME:
        widget = forms.TextInput({"type": "datetime-local"})
    elif field.type in (FieldType.AMOUNT, FieldType.INTEGER):
        widget = forms.TextInput({"inputmode": "decimal" if field.decimals else "numeric"})
    elif field.multiline:
        widget = forms.Textarea({"rows": 5})
    if field.type is FieldType.DATE:
        help_text = help_text or _("Such as 111/5/31 or 2022-05-31.")
    if field.personal:
        widget.attrs["autocomplete"] = "off"
    return forms.CharField(label=field.label, help_text=help_text, required=required, widget=widget)


def _json(field: Field, typed: str) -> Any:
    """What was typed as JSON carries it; what cannot be read so is handed on as it is, for the service to refuse."""
    return _AS_JSON.get(field.type, str)(typed)


def _date(typed: str) -> str:
    try:
        first, last = parse_date_input(typed)
    except PeriodError:
        return typed
    return first.isoformat() if first == last else typed


def _datetime(typed: str) -> str:
    try:
        return datetime.datetime.strptime(typed, _MINUTE).replace(tzinfo=TAIPEI).isoformat()
    except ValueError:
        return typed


def _amount(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).replace(",", "")


def _integer(typed: str) -> int | str:
    number = _amount(typed)
    return int(number) if number.isascii() and number.removeprefix("-").isdigit() and len(number) < 20 else typed


def _boolean(typed: str) -> bool | str:
    return {"true": True, "false": False}.get(typed, typed)


_AS_JSON: Mapping[FieldType, Any] = {
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.AMOUNT: _amount,
    FieldType.INTEGER: _integer,
    FieldType.BOOLEAN: _boolean,
}


class AssignForm(ValuesForm):
    """Who shall have a case. ``officers`` are the choices, an actor and a name each, ``agencies`` where it may go, a
    code and a name each.
    """

    assignee = forms.ChoiceField(label=_("Officer"), required=False)
    agency = forms.ChoiceField(
        label=_("Hand over to another agency"),
        required=False,
        help_text=_("Then nobody has it there yet, and you see it no more unless you work for that agency too."),
    )

    field_order = ["version", "assignee", "agency", "reason"]

    def __init__(
        self, *args: Any, officers: Iterable[tuple[str, str]], agencies: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", pgettext_lazy("officer of a case", "nobody"))
        self.fields["assignee"].choices = [nobody, *officers]  # type: ignore[attr-defined]
        others = list(agencies)
        self.fields["agency"].choices = [("", _("(stays where it is)")), *others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["agency"]
        self.order_fields(self.field_order)


class FindForm(forms.Form):
    """A reference number, however it was typed."""

    reference = forms.CharField(label=_("Reference number"), max_length=60)


class FindPersonForm(PurposeForm):
    """A telephone number or an e-mail address, whole, and for what."""

    contact = forms.CharField(
        label=_("Telephone number or e-mail address"),
        max_length=254,
        help_text=_("The whole of it; parts find nothing."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ["contact", "purpose"]
