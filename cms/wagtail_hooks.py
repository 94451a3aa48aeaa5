"""What the records add to Wagtail's admin: the desk's lists, and the look of bilingual fields."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.datasets.chart_views import ChartsOnAddView, ChartsOnEditView
from cms.datasets.views import CheckView, ForwardView, may_copy_forward
from cms.desk.citing import CitingView
from cms.desk.corrections import CorrectionsView
from cms.desk.counts import CountsView, fed
from cms.desk.views import FailuresView, TranslationsView


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """The addresses of the desk."""
    return [
        path("desk/failures/", FailuresView.as_view(), name="cms_failures"),
        path("desk/translations/", TranslationsView.as_view(), name="cms_translations"),
        path("desk/corrections/", CorrectionsView.as_view(), name="cms_corrections"),
        path("desk/figures/", CitingView.as_view(), name="cms_figures"),
        path("desk/counts/", CountsView.as_view(), name="cms_counts"),
    ]


@hooks.register("register_admin_urls")
def chart_urls() -> list[URLPattern]:
    """Where the form of a dataset has its charts drawn."""
    return [
        path("datasets/<int:page_id>/charts/", ChartsOnEditView.as_view(), name="cms_charts_on_edit"),
        path("datasets/add/<int:parent_page_id>/charts/", ChartsOnAddView.as_view(), name="cms_charts_on_add"),
    ]


@hooks.register("register_admin_urls")
def dataset_urls() -> list[URLPattern]:
    """Where the form of a dataset is sent while it is edited, and where the next one is made."""
    return [
        path("datasets/<int:page_id>/check/", CheckView.as_view(), name="cms_dataset_check"),
        path("datasets/new/<int:parent_id>/check/", CheckView.as_view(), name="cms_dataset_check_new"),
        path("datasets/<int:page_id>/forward/", ForwardView.as_view(), name="cms_dataset_forward"),
    ]


@hooks.register("register_page_header_buttons")
def forward_in_the_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The next dataset of the same shape, in the menu of a dataset's own pages."""
    yield from forward_in_the_list(page, user, next_url)


@hooks.register("register_page_listing_more_buttons")
def forward_in_the_list(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The same in the menu that a dataset has in the list of pages."""
    if may_copy_forward(page.specific_deferred, user):
        address = reverse("cms_dataset_forward", args=[page.pk])
        yield Button(_("Copy its shape forward"), address, icon_name="copy", priority=35)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("before_publish_page")
def tell_notices(request: HttpRequest, page: Page) -> None:
    """Say what was done to a file before its table could be read, once."""
    for notice in getattr(page, "notices", ()):
        # In the editor's language, which is active here only.
        messages.warning(request, str(notice))
    if hasattr(page, "notices"):
        page.notices = ()


@hooks.register("register_reports_menu_item")
def failures_item() -> MenuItem:
    """The list of what could not be published, among the reports."""
    return MenuItem(_("Could not be published"), reverse("cms_failures"), icon_name="warning", order=10)


@hooks.register("register_reports_menu_item")
def translations_item() -> MenuItem:
    """The list of what waits for its English, among the reports."""
    return MenuItem(_("Translations to do"), reverse("cms_translations"), icon_name="globe", order=20)


@hooks.register("register_reports_menu_item")
def corrections_item() -> MenuItem:
    """The list of records whose figures were corrected, among the reports."""
    return MenuItem(_("Figures to look at again"), reverse("cms_corrections"), icon_name="order", order=30)


@hooks.register("register_reports_menu_item")
def figures_item() -> MenuItem:
    """The list of figures to cite, among the reports."""
    return MenuItem(_("Figures to cite"), reverse("cms_figures"), icon_name="list-ol", order=40)


class CountsItem(MenuItem):
    """Of use to those alone who may edit a dataset that is fed by cases."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is such a dataset."""
        return bool(fed(request.user))


@hooks.register("register_reports_menu_item")
def counts_item() -> MenuItem:
    """The published counts of cases beside the cases, among the reports."""
    return CountsItem(_("Counts and cases"), reverse("cms_counts"), icon_name="list-ul", order=50)


@hooks.register("insert_global_admin_css")
def bilingual_css() -> SafeString:
    """Chinese and English side by side."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))
