"""Correcting what a case was received with: only what the officer changed is sent.

What was changed is told against the case as the form showed it, so that a correction that somebody else made meanwhile
is not taken back by a form that is older.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cases import replaying, selectors, transitions
from portal.cases.desk.forms import ValuesForm, shown_in_form
from portal.cases.desk.step_views import StepView
from portal.cases.desk.steps import steps
from portal.cases.kinds import KINDS
from portal.cases.kinds.fields import REASON, Field
from portal.cases.refusals import Problem, ValuesInvalid


class AmendView(StepView):
    """Amending a case. Personal fields are empty: what is typed there replaces what is kept."""

    title = _("Amend")
    intro = _(
        "Correct what is wrong and leave the rest. Personal data is not shown here: what you write in these fields "
        "replaces what is kept, and empty ones change nothing."
    )

    def declared(self) -> tuple[Field, ...]:
        """What a case is received with, but for the stage, and why it is amended."""
        return (*KINDS[self.case.kind].fields, REASON)

    def is_possible(self) -> bool:
        """Unless it was merged."""
        return steps(self.case).may_change

    def form(self, data: Any = None) -> ValuesForm:
        """What is not personal as it stands."""
        initial = self._shown(self.case.data) | {"version": self.case.version}
        return ValuesForm(data, declared=self.declared(), required=False, initial=initial)

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Amend what differs."""
        changed = self._changed(form, version)
        if not changed.keys() - {REASON.name}:
            raise ValuesInvalid([Problem("", "nothing-changed", _("Nothing was changed."))])
        transitions.amend(
            case_reference=self.case.reference, values=changed, actor=self.actor, expected_version=version
        )

    def _against_present(self, form: ValuesForm) -> ValuesForm:
        """What the officer changed, and all else as it is now."""
        changed = self._changed(form, form.cleaned_data["version"])
        data = form.data.copy()
        for name, shown in self._shown(self.case.data).items():
            if name not in changed:
                data[name] = shown
        data["version"] = self.case.version
        return self.form(data)

    def _changed(self, form: ValuesForm, version: int) -> dict[str, Any]:
        """The values that are not as the form showed them at a version; None takes one out."""
        standing = replaying.replay(selectors.timeline(self.case).filter(number__lte=version))
        before = dict(standing.data) if standing else {}
        changed = {}
        for name, value in form.all_values().items():
            given = None if value == "" else value
            if form.declared[name].personal:
                if given is not None:
                    changed[name] = given
            elif given != before.get(name):
                changed[name] = given
        return changed

    def _shown(self, data: dict[str, Any]) -> dict[str, Any]:
        return {
            field.name: shown_in_form(field, data.get(field.name, ""))
            for field in KINDS[self.case.kind].fields
            if not field.personal
        }
