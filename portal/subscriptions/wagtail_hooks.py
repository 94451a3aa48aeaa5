"""E-mail subscriptions in Wagtail's admin: a page of numbers among the reports."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.subscriptions.report import CountsView


@hooks.register("register_admin_urls")
def counts_url() -> list[URLPattern]:
    """The address of the numbers."""
    return [path("subscriptions/", CountsView.as_view(), name="subscriptions_counts")]


@hooks.register("register_reports_menu_item")
def counts_item() -> MenuItem:
    """The numbers, among the other reports."""
    return MenuItem(_("E-mail subscriptions"), reverse("subscriptions_counts"), icon_name="mail", order=50)
