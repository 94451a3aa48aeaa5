"""The form by which an officer takes in what came by counter, telephone or letter, made from the kind's declaration."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers
from portal.cases.desk.forms import DeclaredForm
from portal.cases.filing import new_form
from portal.cases.kinds.declaration import Field, FieldType
from portal.core.languages import CHINESE, LANGUAGES, NAMES

#: What may be done about identity numbers in free text.
MASK, KEEP = "mask", "keep"
RECEIVED_AT = Field("received_at", FieldType.DATETIME, _("Received at"), _("When it came in. Empty: now."))


class ReceiveForm(DeclaredForm):
    """What a case is received with, when it was received, and how the citizen is to track it.

    ``form`` is the random value that makes two posts of one form one case. ``agencies`` are the codes and names of
    those that the officer may receive for; with one there is nothing to choose. ``tracks`` False asks nothing of
    tracking, since the citizen tracks the matter already.
    """

    form = forms.CharField(widget=forms.HiddenInput, required=False)
    agency = forms.ChoiceField(label=_("Agency"))
    tracking = forms.ChoiceField(
        label=_("Tracking by the citizen"),
        help_text=_("Whoever tracks the case is given a secret, and written to at each step if there is an address."),
    )

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
        given = {"form": new_form(), "agency": agencies[0][0], "tracking": CHINESE}
        fields = (RECEIVED_AT, *declared)
        super().__init__(data, declared=fields, required=required, initial=given | dict(initial or {}))
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()
        self.fields["tracking"].choices = [  # type: ignore[attr-defined]
            *((tag, _("Yes, in %(language)s") % {"language": NAMES[tag]}) for tag in LANGUAGES),
            ("no", _("No, the citizen does not track it")),
        ]
        if not tracks:
            del self.fields["tracking"]
        self.order_fields(["agency", *self.declared, "tracking"])

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
