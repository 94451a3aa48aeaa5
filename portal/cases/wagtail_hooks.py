"""What the room brings to Wagtail's admin."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from portal.cases.calendar_admin import OfficeCalendarGroup
from portal.cases.desk import urls
from portal.cases.desk.modules_view import ModulesView
from portal.cases.desk.officers_admin import OfficerViewSet
from portal.cases.desk.rights import Rights
from portal.cases.desk.settings_admin import AgencyViewSet, ReplyTemplateViewSet
from portal.cases.webhooks.admin import WebhookViewSet


class _DeskItem(MenuItem):
    """The entry of the desk, for officers of cases."""

    def is_shown(self, request: Any) -> bool:
        return bool(Rights(request.user))


class _SuperusersItem(MenuItem):
    """An entry for superusers."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_admin_viewset")
def office_calendar() -> OfficeCalendarGroup:
    """The office calendar."""
    return OfficeCalendarGroup()


@hooks.register("register_admin_viewset")
def officers() -> OfficerViewSet:
    """Who works on which cases."""
    return OfficerViewSet()


@hooks.register("register_admin_viewset")
def replies_and_agencies() -> list[ModelViewSet]:
    """Reply templates, and what agencies are called."""
    return [ReplyTemplateViewSet(), AgencyViewSet()]


@hooks.register("register_settings_menu_item")
def modules_item() -> MenuItem:
    """The modules, for superusers."""
    return _SuperusersItem(_("Modules of cases"), reverse("case_modules"), icon_name="code", order=900)


@hooks.register("register_admin_viewset")
def webhooks() -> WebhookViewSet:
    """Where modules are told of events."""
    return WebhookViewSet()


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    """The addresses of the desk, and of the list of modules, which is no officer's."""
    return [
        path("cases/", include((urls.urlpatterns, "cases_desk"))),
        path("case-modules/", ModulesView.as_view(), name="case_modules"),
    ]


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """The desk, in the menu."""
    return _DeskItem(_("Cases"), reverse("cases_desk:mine"), icon_name="folder-open-inverse", order=150)
