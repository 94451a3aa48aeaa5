"""Taking a step in a case: a form with what the step needs, sent with the version of the case that the officer saw.

If somebody else has moved the case meanwhile, nothing is written: the form comes back as it was typed, above it what
has happened since, and is sent again against the case as it stands now, if the officer still wants to.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cases import actors, agencies, assigning, merging, selectors, transitions
from portal.cases.confidentiality import is_confidential
from portal.cases.desk import wording
from portal.cases.desk.case_page import Happened, told
from portal.cases.desk.forms import AssignForm, ValuesForm
from portal.cases.desk.rights import Rights
from portal.cases.desk.steps import steps
from portal.cases.desk.views import CaseView
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Role, Transition
from portal.cases.kinds.fields import REASON, Field, FieldType
from portal.cases.kinds.validation import pointer
from portal.cases.models import Officer
from portal.cases.refusals import CaseUnknown, Problem, Refused, StaleVersion, ValuesInvalid


class StepView(CaseView):
    """A step: GET asks for what it needs, POST takes it. For whoever may take steps in the case."""

    template_name = "cases/desk/step.html"
    title: Any = ""
    intro: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may only look."""
        if self.rights and not self.rights.may_decide(self.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def declared(self) -> tuple[Field, ...]:
        """The fields of the step."""
        return (REASON,)

    def form(self, data: Any = None) -> ValuesForm:
        """The form, of what was sent or new."""
        return ValuesForm(data, declared=self.declared(), initial={"version": self.case.version})

    def is_possible(self) -> bool:
        """Whether the step can be taken where the case stands."""
        raise NotImplementedError

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Take the step. Raises `Refused`."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the step and go back to the case, or show what is wrong."""
        form = self.form(request.POST)
        since: list[Happened] | None = None
        if form.is_valid():
            try:
                self._check_cases(form)
                self.take(form, form.values(), form.cleaned_data["version"])
            except ValuesInvalid as refusal:
                form.tell(refusal)
            except StaleVersion:
                since = self._since(form.cleaned_data["version"])
                form = self._against_present(form)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("“%(step)s” has been recorded.") % {"step": self.title})
                return self._back()
        return self.render_to_response(self.get_context_data(form=form, since=since))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = KINDS[self.case.kind]
        given = {
            "page_title": self.title,
            "intro": self.intro,
            "case": self.case,
            "kind": kind,
            "stage": wording.stage_label(kind, self.case),
            "state": wording.state_label(kind, self.case.state),
            "is_possible": self.is_possible(),
            "form": kwargs.get("form") or self.form(),
            "since": None,
        }
        return super().get_context_data(**(given | kwargs))

    def _check_cases(self, form: ValuesForm) -> None:
        """Raise `ValuesInvalid` for cases that the officer may not see as for those that do not exist."""
        problems = []
        for name, field in form.declared.items():
            if field.type is FieldType.CASE and form.cleaned_data[name]:
                try:
                    self.rights.case(form.cleaned_data[name])
                except Http404:
                    problems.append(Problem(pointer(name), CaseUnknown.code, CaseUnknown.text))
        if problems:
            raise ValuesInvalid(problems)

    def _since(self, version: int) -> list[Happened]:
        """What has happened to the case since a version; the case as it is now takes the place of the old one."""
        self.case = Rights(self.request.user).case(self.case.reference)
        events = list(selectors.timeline(self.case).filter(number__gt=version))
        names = wording.actor_names(name for event in events for name in (event.actor, event.assignee))
        return told(KINDS[self.case.kind], events, self.rights, names)

    def _against_present(self, form: ValuesForm) -> ValuesForm:
        """What was typed, to be sent against the case as it is now."""
        data = form.data.copy()
        data["version"] = self.case.version
        return self.form(data)

    def _back(self) -> HttpResponseBase:
        """The case's page, or the queue where it cannot be seen any more."""
        if Rights(self.request.user).cases().filter(pk=self.case.pk).exists():
            return redirect("cases_desk:case", self.case.reference)
        return redirect("cases_desk:mine")


class TransitionView(StepView):
    """A transition that the kind declares."""

    @property
    def transition(self) -> Transition:
        """The transition that the address names, if it is an officer's. Raises Http404."""
        found = KINDS[self.case.kind].transitions_by_name.get(self.kwargs["transition"])
        if found is None or Role.OFFICER not in found.by:
            raise Http404
        return found

    @property
    def title(self) -> Any:  # type: ignore[override]
        """What the transition is called."""
        return self.transition.label

    @property
    def intro(self) -> Any:  # type: ignore[override]
        """Whether the citizen is told."""
        return _("The citizen is told of this step.") if self.transition.informs else ""

    def declared(self) -> tuple[Field, ...]:
        """The fields of the transition."""
        return self.transition.fields

    def form(self, data: Any = None) -> ValuesForm:
        """With the agencies that the case can be handed to, where it is."""
        form = super().form(data)
        if field := self.transition.hands_to:
            form.offer(field, sorted(agencies.open_to(self.case)))
        return form

    def is_possible(self) -> bool:
        """Whether it begins where the case stands."""
        return self.transition in steps(self.case).transitions

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Take it."""
        transitions.advance(
            case_reference=self.case.reference,
            transition=self.transition.name,
            values=values,
            actor=self.actor,
            expected_version=version,
        )


class AssignView(StepView):
    """Giving the case to an officer who may take steps in it, or to another agency."""

    title = gettext_lazy("Assign")

    def is_possible(self) -> bool:
        """Unless it was merged."""
        return steps(self.case).may_change

    def form(self, data: Any = None) -> AssignForm:
        """With the officers of the case's kind and agency, and the other agencies that have officers for the kind."""
        deciding = Officer.objects.filter(kind=self.case.kind, may_decide=True, user__is_active=True)
        if is_confidential(self.case):
            deciding = deciding.filter(may_read_personal=True)
        rows = list(deciding.values_list("user_id", "agency"))
        here = {user for user, agency in rows if agency == self.case.agency}
        people = get_user_model()._default_manager.filter(pk__in=here)
        officers = {actors.user(user.pk): user.get_full_name() or user.get_username() for user in people}
        if self.case.assignee and self.case.assignee not in officers:
            officers |= wording.actor_names([self.case.assignee])
        return AssignForm(
            data,
            declared=self.declared(),
            officers=sorted(officers.items(), key=lambda pair: pair[1]),
            agencies=self.named({agency for _user, agency in rows} - {self.case.agency}),
            initial={"version": self.case.version, "assignee": self.case.assignee},
        )

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Give it."""
        agency = form.cleaned_data.get("agency") or None
        assigning.assign(
            case_reference=self.case.reference,
            actor=self.actor,
            assignee=None if agency else form.cleaned_data["assignee"],
            agency=agency,
            values=values,
            expected_version=version,
        )


class ReopenView(StepView):
    """Opening a closed case again."""

    title = gettext_lazy("Reopen")
    intro = gettext_lazy("The case stands as it did when it was received, and its time limit begins anew.")

    def is_possible(self) -> bool:
        """Where it is closed, neither merged nor continued."""
        return steps(self.case).may_reopen

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Open it."""
        transitions.reopen(
            case_reference=self.case.reference, actor=self.actor, values=values, expected_version=version
        )


class MergeView(StepView):
    """Closing the case as a duplicate of another."""

    title = gettext_lazy("Merge into another case")
    intro = gettext_lazy("This case is closed as a duplicate. It cannot be undone.")

    def declared(self) -> tuple[Field, ...]:
        """The case to keep, and why."""
        return (Field("into", FieldType.CASE, gettext_lazy("Case to keep"), required=True), REASON)

    def is_possible(self) -> bool:
        """Unless it is merged or continued."""
        return steps(self.case).may_merge

    def take(self, form: ValuesForm, values: dict[str, Any], version: int) -> None:
        """Merge it, into a case in which the officer may take steps too."""
        into = self.rights.case(values.pop("into"))
        if not self.rights.may_decide(into):
            raise CaseUnknown
        merging.merge(
            case_reference=self.case.reference,
            into=into.reference,
            actor=self.actor,
            values=values,
            expected_version=version,
        )
