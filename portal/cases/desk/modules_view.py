"""Which programs send and read cases: a list for superusers. They are let in and out by commands."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from portal.cases import agencies
from portal.cases.desk import wording
from portal.cases.models import Module


class ModulesView(TemplateView):
    """The modules, those that are let in first."""

    request: HttpRequest
    template_name = "cases/desk/modules.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not request.user.is_superuser:  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = agencies.names()
        modules = Module.objects.select_related("application")
        rows = [
            {
                "name": module.application.name,
                "client": module.application.client_id,
                "agency": agencies.named(module.agency, names, wording.language()),
                "scopes": module.scopes,
                "last_token": wording.moment_label(module.last_token_at) if module.last_token_at else "",
                "ended": wording.moment_label(module.ended_at) if module.ended_at else "",
            }
            for module in sorted(modules, key=lambda each: (each.ended_at is not None, each.agency, each.pk))
        ]
        return super().get_context_data(page_title=_("Modules of cases"), modules=rows, **kwargs)
