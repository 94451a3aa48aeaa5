"""What readers type and choose: read, checked, and named in the reader's language where it is wrong."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import email_addresses
from portal.core.languages import LANGUAGES
from portal.subscriptions.models import Pace
from portal.subscriptions.signing_up import Wish
from portal.subscriptions.subjects import ALL

_CHOOSE_PACE = _("Choose how soon you want to be told.")
_CHOOSE_LANGUAGE = _("Choose the language of the mails.")
_CHOOSE_SUBJECT = _("Choose at least one thing to follow.")
_UNKNOWN_SUBJECT = _("One of the things to follow is not offered any more. Choose again.")
_NO_ADDRESS = _("Enter an e-mail address, such as name@example.org.")


class WishForm(forms.Form):
    """What to follow, how soon, in which language. ``subjects`` are those that may be chosen besides ``all``."""

    follow = forms.MultipleChoiceField(error_messages={"required": _CHOOSE_SUBJECT, "invalid_choice": _UNKNOWN_SUBJECT})
    pace = forms.ChoiceField(
        choices=Pace.choices, error_messages={"required": _CHOOSE_PACE, "invalid_choice": _CHOOSE_PACE}
    )
    language = forms.ChoiceField(
        choices=[(each, each) for each in LANGUAGES],
        error_messages={"required": _CHOOSE_LANGUAGE, "invalid_choice": _CHOOSE_LANGUAGE},
    )

    def __init__(self, *arguments: Any, subjects: Collection[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["follow"].choices = [(each, each) for each in (ALL, *subjects)]

    @property
    def wish(self) -> Wish:
        """What a valid form says."""
        return Wish(tuple(self.cleaned_data["follow"]), self.cleaned_data["pace"], self.cleaned_data["language"])

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, one sentence for each field, in the order of the form."""
        return {name: str(self.errors[name][0]) for name in self.fields if name in self.errors}


class SignUpForm(WishForm):
    """A wish and an address. ``website`` is seen by programs alone; whoever fills it in is one."""

    address = forms.CharField(required=False)
    website = forms.CharField(required=False)

    def clean_address(self) -> str:
        """The address as it is kept."""
        try:
            return email_addresses.normalised(self.cleaned_data["address"])
        except ValueError:
            raise forms.ValidationError(_NO_ADDRESS) from None
