"""The queues, a case's page, and finding a case by its reference."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from portal.cases import actors, agencies
from portal.cases.desk import queues, wording
from portal.cases.desk.attachments import files_of, purpose_form
from portal.cases.desk.beside import beside
from portal.cases.desk.case_page import page
from portal.cases.desk.forms import PurposeForm
from portal.cases.desk.rights import Rights
from portal.cases.desk.steps import steps
from portal.cases.kinds import KINDS
from portal.cases.models import Case

#: Cases on a page of a queue.
PER_PAGE = 50
QUEUES = {
    "mine": _("My cases"),
    "due": _("Due soon"),
    "overdue": pgettext_lazy("queue of cases", "Overdue"),
    "open": _("All open cases"),
}


class DeskView(TemplateView):
    """A page of the desk: for officers of cases only."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who has no rights to any case."""
        if not self.rights:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def rights(self) -> Rights:
        """What the officer may see and do."""
        return Rights(self.request.user)

    @property
    def actor(self) -> str:
        """The officer as events and audit rows name them."""
        return actors.user(self.request.user.pk or 0)

    @property
    def is_verified(self) -> bool:
        """Whether the officer has signed in with a second factor."""
        return self.request.user.is_verified()  # type: ignore[union-attr]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the names of agencies."""
        return super().get_context_data(**({"agency_names": self.agency_names} | kwargs))

    @cached_property
    def agency_names(self) -> agencies.Names:
        """What agencies are called."""
        return agencies.names()

    def named(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Agencies with their names, in the order of their codes, as choices of a form."""
        return [(code, agencies.named(code, self.agency_names, wording.language())) for code in sorted(codes)]


class CaseView(DeskView):
    """A page about one case, which the officer may see; 404 otherwise."""

    @cached_property
    def case(self) -> Case:
        """The case that the address names."""
        return self.rights.case(self.kwargs["reference"])


class QueueView(DeskView):
    """One of the queues, all kinds and agencies of the officer's or one of them (``?kind=``, ``?agency=``)."""

    template_name = "cases/desk/queue.html"
    queue = "mine"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        kind, agency = self._chosen("kind", self.rights.kinds), self._chosen("agency", self.rights.agencies)
        found = Paginator(self._cases(kind, agency, now), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_title=QUEUES[self.queue],
            queue=self.queue,
            queues=[(reverse(f"cases_desk:{name}"), name, label) for name, label in QUEUES.items()],
            page=found,
            rows=queues.rows(list(found), now),
            kinds=[KINDS[name] for name in self.rights.kinds],
            agencies=self.rights.agencies,
            kind=kind,
            agency=agency,
            receives=bool(self.rights.deciding),
            **kwargs,
        )

    def _chosen(self, parameter: str, possible: list[str]) -> str:
        chosen = self.request.GET.get(parameter, "")
        return chosen if chosen in possible else ""

    def _cases(self, kind: str, agency: str, now: Any) -> Any:
        cases = self.rights.cases()
        if kind:
            cases = cases.filter(kind=kind)
        if agency:
            cases = cases.filter(agency=agency)
        if self.queue == "mine":
            return queues.mine(cases, self.actor)
        if self.queue == "due":
            return queues.due_soon(cases, now)
        if self.queue == "overdue":
            return queues.overdue(cases, now)
        return queues.everything(cases)


class CasePageView(CaseView):
    """A case's page, with what the officer may do. ``personal`` is in the context only of whoever asked for it."""

    template_name = "cases/desk/case.html"
    #: The texts of internal notes by the numbers of their events, for whoever asked for what is personal.
    notes: Mapping[int, str] = MappingProxyType({})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, at the one address of the case."""
        if self.kwargs["reference"] != self.case.reference:
            return redirect("cases_desk:case", self.case.reference)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "page": page(self.case, self.rights, timezone.now(), self.notes),
            "beside": beside(self.case, self.rights),
            "steps": steps(self.case) if self.rights.may_decide(self.case) else None,
            "may_read_personal": self.rights.may_read_personal(self.case),
            "is_verified": self.is_verified,
            "purpose_form": PurposeForm(),
            "files": kwargs.get("files") or files_of(self.case, {}),
            "file_purpose_form": purpose_form(),
        }
        return super().get_context_data(page_title=self.case.reference, **(given | kwargs))


class PrintedCaseView(CasePageView):
    """The same on paper, without the admin around it and without what is personal."""

    template_name = "cases/desk/printed.html"
