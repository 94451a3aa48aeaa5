"""Open data in Wagtail's admin: the report on its quality."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.opendata.report import QualityView


@hooks.register("register_admin_urls")
def quality_url() -> list[URLPattern]:
    """The address of the report."""
    return [path("open-data/", QualityView.as_view(), name="opendata_quality")]


@hooks.register("register_reports_menu_item")
def quality_item() -> MenuItem:
    """The report, among the others."""
    return MenuItem(_("Open data quality"), reverse("opendata_quality"), icon_name="table", order=40)
