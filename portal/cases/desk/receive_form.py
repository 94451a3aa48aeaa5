"""The form by which an officer takes in what came by counter, telephone or letter, made from the kind's declaration."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers
from portal.cases.desk.forms import DeclaredForm
from portal.cases.filing import new_form
from portal.cases.kinds.fields import Field, FieldType
from portal.core.languages import CHINESE, LANGUAGES, NAMES

#: What may be done about identity numbers in free text.
MASK, KEEP = "mask", "keep"
#: The form's own fields: with a hyphen, none has the name of a kind's.
FORM, AGENCY, TRACKING = "case-form", "case-agency", "case-tracking"
RECEIVED_AT = Field("case-received-at", FieldType.DATETIME, _("Received at"), _("When it came in. Empty: now."))
#: The choice beside the languages that the citizen may read.
NOT_TRACKED = "no"


class ReceiveForm(DeclaredForm):
    """What a case is received with, when it was received, and how the citizen is to track it.

    `FORM` is the random value that makes two posts of one form one case. ``agencies`` are the codes and names of
    those that the officer may receive for; with one there is nothing to choose. ``tracks`` False asks nothing of
    tracking, since the citizen tracks the matter already.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        declared: Iterable[Field],
        agencies: Sequence[tuple[str, str]],
        required: bool = True,
        tracks: bool = True,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        given = {FORM: new_form(), AGENCY: agencies[0][0], TRACKING: CHINESE}
        fields = (RECEIVED_AT, *declared)
        super().__init__(data, declared=fields, required=required, initial=given | dict(initial or {}))
        only = forms.HiddenInput() if len(agencies) == 1 else None
        self.fields[FORM] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields[AGENCY] = forms.ChoiceField(label=_("Agency"), choices=agencies, widget=only)
        if tracks:
            self.fields[TRACKING] = _tracking()
        self.order_fields([AGENCY, *self.declared, TRACKING])

    @property
    def numbered(self) -> list[Field]:
        """The free texts in which a national identity number seems to stand, of a form that was sent."""
        texts = [each for each in self.declared.values() if each.type is FieldType.TEXT and each.personal]
        return [each for each in texts if identity_numbers.found(self.data.get(each.name, ""))]

    def masked_data(self) -> Any:
        """What was sent, with those numbers masked."""
        data = self.data.copy()
        for each in self.numbered:
            data[each.name] = identity_numbers.masked(data[each.name])
        return data


def _tracking() -> forms.ChoiceField:
    """Whether the citizen tracks the case, and in which language."""
    return forms.ChoiceField(
        label=_("Tracking by the citizen"),
        help_text=_("Whoever tracks the case is given a secret, and written to at each step if there is an address."),
        choices=[
            *((tag, format_lazy(_("Yes, in {language}"), language=NAMES[tag])) for tag in LANGUAGES),
            (NOT_TRACKED, _("No, the citizen does not track it")),
        ],
    )
