"""Receiving a case at the desk, and continuing one to its next stage.

The answer to the post is the receipt to be printed, with the secret that is shown this once; so there is no address at
which it could be read later. A form that is sent again is answered with the same receipt for an hour.
"""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.cases import filing, selectors, time_limits
from portal.cases.calendar_table import office_calendar
from portal.cases.deadlines.explaining import explain
from portal.cases.deadlines.moving import Running
from portal.cases.desk import continuing, wording
from portal.cases.desk.receive_form import (
    AGENCY,
    FORM,
    KEEP,
    MASK,
    NOT_TRACKED,
    RECEIVED_AT,
    TRACKING,
    ReceiveForm,
)
from portal.cases.desk.views import CaseView, DeskView
from portal.cases.filing import Filed, FiledOtherwise, Form
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind, Stage
from portal.cases.models import Case
from portal.cases.receiving import Receipt
from portal.cases.refusals import MomentWrong, Refused, ValuesInvalid
from portal.core.languages import CHINESE


class NewCaseView(DeskView):
    """What kinds of case the officer may receive."""

    template_name = "cases/desk/new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [KINDS[name] for name in self.rights.deciding]
        return super().get_context_data(page_title=_("Receive a case"), kinds=kinds, **kwargs)


class ReceivingView(DeskView):
    """A form for a new case, and its receipt."""

    template_name = "cases/desk/receive.html"

    @property
    def kind(self) -> Kind:
        """The kind of case."""
        raise NotImplementedError

    @property
    def title(self) -> Any:
        """What is done."""
        raise NotImplementedError

    def form(self, data: Any = None) -> ReceiveForm:
        """The form, of what was sent or new."""
        raise NotImplementedError

    def receipt(self, form: ReceiveForm, values: dict[str, Any], received_at: datetime.datetime) -> Receipt:
        """What is received. The form is valid."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Receive the case and show its receipt, or show what is wrong."""
        form = self.form(request.POST)
        about_numbers = request.POST.get("numbers")
        if form.numbered and about_numbers == MASK:
            form = self.form(form.masked_data())
        warns = bool(form.numbered) and about_numbers != KEEP
        if form.is_valid() and not warns:
            filed = self._filed(form)
            if filed is not None:
                return self._shown(filed, form)
        return self.render_to_response(self.get_context_data(form=form, warns=warns))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "page_title": self.title,
            "kind": self.kind,
            "form": kwargs.get("form") or self.form(),
            "warns": False,
            "deadlines": self._deadlines(),
        }
        return super().get_context_data(**(given | kwargs))

    def _filed(self, form: ReceiveForm) -> Filed | None:
        """The case of a valid form; None where it was refused, which the form then says."""
        now = timezone.now()
        values = form.values()
        contents = {**values, "agency": form.cleaned_data[AGENCY]}
        sent = Form(filing.form_value(form.cleaned_data[FORM]), contents)
        tracking = form.cleaned_data.get(TRACKING, NOT_TRACKED)
        try:
            received_at = _moment(values.pop(RECEIVED_AT.name, None), now)
            before = filing.filed_before(sent)
            if before is not None:
                return before
            receipt = self.receipt(form, values, received_at)
            language = CHINESE if tracking == NOT_TRACKED else tracking
            return filing.file(sent, receipt, language=language, with_secret=tracking != NOT_TRACKED, now=now)
        except ValuesInvalid as refusal:
            form.tell(refusal)
        except MomentWrong as refusal:
            form.add_error(RECEIVED_AT.name, _not_then(refusal))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        except FiledOtherwise as before_it:
            text = _("This form has received %(reference)s already, with other contents. Begin a new form for another.")
            form.add_error(None, text % {"reference": before_it.reference})
        return None

    def _shown(self, filed: Filed, form: ReceiveForm) -> HttpResponseBase:
        """The receipt."""
        case = filed.case
        tracked = filing.filing_of(case)
        self.template_name = "cases/desk/receipt.html"
        return self.render_to_response(
            super().get_context_data(
                page_title=_("Received: %(reference)s") % {"reference": case.reference},
                case=case,
                kind=KINDS[case.kind],
                stage=wording.stage_label(KINDS[case.kind], case),
                received=wording.moment_label(case.received_at),
                secret=filed.secret,
                is_tracked=tracked is not None,
                is_new=tracked is not None and tracked.case_id == case.pk,
                tracked_by=tracked.case.reference if tracked else "",
                due=_due(case),
            )
        )

    def _deadlines(self) -> list[tuple[str, list[str]]]:
        """Each stage that the case may be of (empty where there are none) with its time limit, were it received now."""
        stages: list[Stage | None] = [*self.stages()] or [None]
        found = []
        for stage in stages:
            rule = self.kind.deadline_at(stage.name if stage else None)
            if rule is not None:
                deadline = Running("", rule, timezone.now()).under(office_calendar())
                found.append((str(stage.label) if stage else "", explain(deadline, wording.language())))
        return found

    def stages(self) -> tuple[Stage, ...]:
        """The stages that the case may be of."""
        return self.kind.stages


class ReceiveView(ReceivingView):
    """Receiving a case of a kind, at an agency for which the officer may take steps."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may take steps in no case of the kind."""
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        if self.rights and not self.agencies:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def agencies(self) -> list[str]:
        """The agencies that the officer may receive for."""
        return self.rights.deciding.get(self.kind.name, [])

    @property
    def kind(self) -> Kind:
        """The kind that the address names."""
        return KINDS[self.kwargs["kind"]]

    @property
    def title(self) -> Any:
        """What is received."""
        return _("Receive: %(kind)s") % {"kind": self.kind.label}

    def form(self, data: Any = None) -> ReceiveForm:
        """All that the kind wants to know."""
        return ReceiveForm(data, declared=self.kind.receipt, agencies=self.named(self.agencies))

    def receipt(self, form: ReceiveForm, values: dict[str, Any], received_at: datetime.datetime) -> Receipt:
        """A case of the agency that was chosen."""
        return Receipt(self.kind.name, form.cleaned_data[AGENCY], values, received_at, self.actor)


class ContinueView(CaseView, ReceivingView):
    """Opening the case of the next stage, which follows the one that the address names."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may only look."""
        if self.rights and not self.rights.may_decide(self.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def kind(self) -> Kind:
        """The kind of both cases."""
        return KINDS[self.case.kind]

    @cached_property
    def stage(self) -> Stage:
        """The stage that the address names. Raises Http404."""
        found = self.kind.stages_by_name.get(self.kwargs["stage"])
        if found is None or self.case.stage not in found.after:
            raise Http404
        return found

    def stages(self) -> tuple[Stage, ...]:
        """The one."""
        return (self.stage,)

    @property
    def title(self) -> Any:
        """Where the case is taken."""
        return _("Continue as: %(stage)s") % {"stage": self.stage.label}

    def form(self, data: Any = None) -> ReceiveForm:
        """What the earlier case says, to be changed; of what is personal nothing is shown."""
        form = ReceiveForm(
            data,
            declared=self.kind.fields,
            agencies=self.named([self.case.agency]),
            required=False,
            tracks=filing.filing_of(self.case) is None,
            initial=continuing.carried(self.case),
        )
        for name in continuing.ASKED_ANEW & form.declared.keys():
            form.fields[name].required = True
        return form

    def receipt(self, form: ReceiveForm, values: dict[str, Any], received_at: datetime.datetime) -> Receipt:
        """A case of the same agency. What was left empty is carried over."""
        whole = values | {"stage": self.stage.name}
        return Receipt(self.kind.name, self.case.agency, whole, received_at, self.actor, self.case.reference)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the case that is continued, and whether it can be."""
        is_possible = self.stage in continuing.next_stages(self.case)
        return super().get_context_data(**({"earlier": self.case, "is_possible": is_possible} | kwargs))


def _moment(typed: str | None, now: datetime.datetime) -> datetime.datetime:
    """When a case was received: what was typed, which was read already where it could be, or now."""
    if not typed:
        return now
    try:
        return datetime.datetime.fromisoformat(typed)
    except ValueError:
        raise MomentWrong(member=RECEIVED_AT.name, earliest="") from None


def _not_then(refusal: MomentWrong) -> Any:
    earliest = refusal.params["earliest"]
    if not earliest:
        return _("Enter a day and a time, such as 2026-03-17T09:30.")
    moment = wording.moment_label(datetime.datetime.fromisoformat(earliest))
    return _("It lies between %(earliest)s and now.") % {"earliest": moment}


def _due(case: Case) -> tuple[str, list[str]] | None:
    """The last day of a case's time limit, and its explanation."""
    deadline = time_limits.deadline(case, selectors.timeline(case))
    if deadline is None:
        return None
    return (wording.day_label(deadline.due) if deadline.due else "", explain(deadline, wording.language()))
