"""What the room brings to Wagtail's admin: the list of venues and vehicles, for those who have Django's permissions on
the table.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from portal.resources.models import Resource


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


@hooks.register("register_admin_viewset")
def resources() -> ResourceViewSet:
    """The list of venues and vehicles."""
    return ResourceViewSet()
