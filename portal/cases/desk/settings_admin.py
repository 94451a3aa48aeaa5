"""What is administered among the settings: reply templates and the names of agencies."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from portal.cases.models import Agency, ReplyTemplate


class ReplyTemplateViewSet(ModelViewSet):
    """Reply templates, for those who have Django's permissions on the table."""

    model = ReplyTemplate
    name = "case_replies"
    icon = "form"
    menu_label = _("Reply templates of cases")
    add_to_settings_menu = True
    form_fields = ["kind", "agency", "title", "body_zh_hant", "body_en"]
    list_display = ["title", "kind", "agency"]
    list_filter = ["kind", "agency"]
    search_fields = ["title", "body_zh_hant", "body_en"]
    copy_view_enabled = True


class AgencyViewSet(ModelViewSet):
    """The names of agencies, for those who have Django's permissions on the table."""

    model = Agency
    name = "case_agencies"
    icon = "home"
    menu_label = _("Agencies of cases")
    add_to_settings_menu = True
    form_fields = ["code", "name_zh_hant", "name_en"]
    list_display = ["code", "name_zh_hant", "name_en"]
    copy_view_enabled = False
