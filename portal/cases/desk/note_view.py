"""Writing an internal note."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cases import noting
from portal.cases.desk.forms import ValuesForm
from portal.cases.desk.step_views import StepView
from portal.cases.desk.steps import steps
from portal.cases.kinds.fields import INTERNAL_NOTE, Field
from portal.cases.kinds.steps import NOTED, STEPS


class NoteView(StepView):
    """A note for other officers. Who may read personal data reads it."""

    title = STEPS[NOTED]
    intro = _(
        "For colleagues who may read personal data. The citizen does not see it, and it can be neither changed nor "
        "taken back. Identity numbers are masked where it is shown."
    )

    def declared(self) -> tuple[Field, ...]:
        """The note."""
        return (INTERNAL_NOTE,)

    def is_possible(self) -> bool:
        """Unless it was merged."""
        return steps(self.case).may_change

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Add it, whatever has happened meanwhile."""
        noting.note(case_reference=self.case.reference, values=values, actor=self.actor)
