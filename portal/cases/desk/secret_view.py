"""Giving a citizen who has none, or has lost it, another secret to track the case with."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.cases import filing, giving_secrets
from portal.cases.desk import wording
from portal.cases.desk.forms import ValuesForm
from portal.cases.desk.step_views import StepView
from portal.cases.desk.steps import steps
from portal.cases.giving_secrets import Given
from portal.cases.kinds import KINDS
from portal.cases.kinds.fields import Field
from portal.cases.models import Case
from portal.core.languages import CHINESE, LANGUAGES, NAMES
from portal.core.outgoing import mails_are_sent

HERE, MAIL = "here", "mail"


class SecretForm(ValuesForm):
    """How the secret reaches the citizen, and in which language the citizen is written to."""

    how = forms.ChoiceField(label=_("How it is given"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("The citizen's language"), choices=[(tag, NAMES[tag]) for tag in LANGUAGES])

    def __init__(self, *args: Any, is_mailable: bool, **kwargs: Any) -> None:
        super().__init__(*args, declared=(), **kwargs)
        ways = [(HERE, _("Shown here once, to be read out or printed"))]
        if is_mailable:
            ways.append((MAIL, _("By e-mail to the citizen; it is not shown here")))
        self.fields["how"].choices = ways  # type: ignore[attr-defined]


class SecretView(StepView):
    """A secret for the case with which the matter is tracked. The answer to the post alone shows it."""

    title = _("Give a new secret")
    intro = _(
        "Only to the citizen: whoever has the reference number and the secret sees where the case stands. A secret "
        "given before opens nothing from then on."
    )

    @cached_property
    def case(self) -> Case:
        """The case that the citizen tracks, or, where none is tracked yet, the one that the address names."""
        named = self.rights.case(self.kwargs["reference"])
        tracked = filing.filing_of(named)
        return self.rights.case(tracked.case.reference) if tracked else named

    def declared(self) -> tuple[Field, ...]:
        """Nothing of the kind's."""
        return ()

    def is_possible(self) -> bool:
        """Unless it was merged."""
        return steps(self.case).may_change

    def form(self, data: Any = None) -> SecretForm:
        """By e-mail only where there is an address."""
        tracked = filing.filing_of(self.case)
        initial = {"version": self.case.version, "how": HERE, "language": tracked.language if tracked else CHINESE}
        is_mailable = mails_are_sent() and giving_secrets.has_address(self.case)
        return SecretForm(data, is_mailable=is_mailable, initial=initial)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give it; where it is shown, show it."""
        self._given: Given | None = None
        response = super().post(request, *args, **kwargs)
        if self._given is None or self._given.secret is None:
            return response
        kind = KINDS[self.case.kind]
        self.template_name = "cases/desk/receipt.html"
        return self.render_to_response(
            {
                "page_title": _("New secret: %(reference)s") % {"reference": self.case.reference},
                "case": self.case,
                "kind": kind,
                "stage": wording.stage_label(kind, self.case),
                "received": wording.moment_label(self.case.received_at),
                "secret": self._given.secret,
                "is_tracked": True,
                "is_new": True,
                "is_replaced": True,
                "tracked_by": self.case.reference,
            }
        )

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Give it."""
        self._given = giving_secrets.give(
            case_reference=self.case.reference,
            actor=self.actor,
            by_mail=form.cleaned_data["how"] == MAIL,
            language=form.cleaned_data["language"],
            expected_version=version,
        )
