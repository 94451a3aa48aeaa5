"""Taking a step that the citizen is told of, with a reply template to begin the text with."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.cases.desk import replies
from portal.cases.desk.forms import ValuesForm
from portal.cases.desk.step_views import TransitionView
from portal.core.languages import NAMES

#: The button that fills in, and the choice beside it.
FILL, TEMPLATE = "fill", "template"


class ReplyView(TransitionView):
    """A transition. Its form has a second button, which puts a template's text into the form and records nothing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fill in, or take the step."""
        if FILL not in request.POST:
            return super().post(request, *args, **kwargs)
        return self.render_to_response(self.get_context_data(form=self._filled(request.POST)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        field = replies.reply_field(self.transition)
        templates = replies.offered(self.case) if field else []
        return super().get_context_data(
            reply_templates=templates,
            reply_label=field.label if field else "",
            reply_language=NAMES[replies.written_in(self.case)] if templates else "",
            reply_chosen=self.request.POST.get(TEMPLATE, ""),
            **kwargs,
        )

    def _filled(self, sent: Any) -> ValuesForm:
        """What was typed, and below it in the field for the citizen the text of the template that was chosen."""
        declared = self.declared()
        typed = {name: sent.get(name, "") for name in ("version", *(field.name for field in declared))}
        field = replies.reply_field(self.transition)
        chosen = next((each for each in replies.offered(self.case) if str(each.pk) == sent.get(TEMPLATE)), None)
        if field and chosen:
            text = replies.text(chosen, self.case, replies.written_in(self.case))
            typed[field.name] = "\n\n".join(filter(None, (typed[field.name].strip(), text)))
        return ValuesForm(declared=declared, initial=typed)
