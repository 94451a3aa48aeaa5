"""Who works on which cases, administered by those who have Django's permissions on the table."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from portal.cases.models import Officer


class OfficerViewSet(ModelViewSet):
    """The officers of cases, among the settings."""

    model = Officer
    name = "case_officers"
    icon = "group"
    menu_label = _("Officers of cases")
    add_to_settings_menu = True
    form_fields = ["user", "kind", "agency", "may_decide", "may_read_personal"]
    list_display = [
        "user",
        "kind",
        "agency",
        BooleanColumn("may_decide", label=_("may take steps")),
        BooleanColumn("may_read_personal", label=_("may read personal data")),
    ]
    list_filter = ["kind", "agency"]
    inspect_view_enabled = True
    copy_view_enabled = False
