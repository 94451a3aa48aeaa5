"""What the room brings to Wagtail's admin: the list of venues and vehicles, for those who have Django's permissions on
the table.
"""

from django.db.models import ProtectedError
from django.forms import BaseForm
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.resources.models import Resource


class _DeleteView(DeleteView):
    """Deletes what was entered by mistake, and nothing that is reserved."""

    def form_valid(self, form: BaseForm) -> HttpResponseBase:
        """Delete it, or say why that cannot be."""
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request, _("It is reserved, so it stays. Say that it can no longer be reserved instead.")
            )
            return redirect("resources:edit", self.object.pk)


class ResourceViewSet(ModelViewSet):
    """Venues and vehicles, among the settings. One that is reserved cannot be deleted, only no longer be offered."""

    model = Resource
    name = "resources"
    icon = "site"
    menu_label = _("Venues and vehicles")
    add_to_settings_menu = True
    form_fields = [
        "type",
        "code",
        "name_zh_hant",
        "name_en",
        "place_zh_hant",
        "place_en",
        "facility",
        "capacity",
        "agency",
        "is_offered",
    ]
    list_display = [
        "code",
        "name_zh_hant",
        "type",
        "agency",
        BooleanColumn("is_offered", label=_("can be reserved")),
    ]
    list_filter = ["type", "agency"]
    copy_view_enabled = False
    delete_view_class = _DeleteView


@hooks.register("register_admin_viewset")
def resources() -> ResourceViewSet:
    """The list of venues and vehicles."""
    return ResourceViewSet()
