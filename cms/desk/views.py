"""The desk's two lists: what could not be published, and what waits for its English."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.base.document import field_of, texts_of
from cms.base.models import RecordPage, page_model
from cms.base.translation_state import states
from cms.desk.models import PublicationFailure
from portal.publication.types import TYPES

#: Records per list; what is mended makes room for the rest.
SHOWN = 100


class FailuresView(TemplateView):
    """Scheduled publications and expiries that failed, newest first, with the reason."""

    template_name = "cms/desk/failures.html"
    page_title = _("Could not be published")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = editable(self.request.user)
        failures = (
            PublicationFailure.objects.filter(page__in=mine).select_related("page").order_by("-failed_at")[:SHOWN]
        )
        return super().get_context_data(page_title=self.page_title, failures=failures, **kwargs)


class TranslationsView(TemplateView):
    """Records whose English is missing, stale or a machine's, drafts included, with the members concerned."""

    template_name = "cms/desk/translations.html"
    page_title = _("Translations to do")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = editable(self.request.user)
        rows = []
        for record_type in TYPES:
            waiting = page_model(record_type).objects.filter(pk__in=mine).exclude(english_state="current")
            rows += [_waiting(page) for page in waiting.order_by("-latest_revision_created_at")[:SHOWN]]
        return super().get_context_data(page_title=self.page_title, rows=rows[:SHOWN], **kwargs)


def editable(user: Any) -> QuerySet[Page]:
    """The pages that somebody may edit."""
    return PagePermissionPolicy().instances_user_has_permission_for(user, "change")


def _waiting(page: RecordPage) -> dict[str, Any]:
    """A page of the list, and which of its members are how, as its latest draft has them."""
    draft = page.get_latest_revision_as_object()
    known = states(texts_of(draft), draft.translation_basis)
    members = sorted({(state, _label(page, member)) for member, state in known.items() if state != "current"})
    return {"page": page, "title": draft.headline_zh_hant, "type": page.get_verbose_name(), "members": members}


def _label(page: RecordPage, member: str) -> str:
    """What the form calls a member; all blocks of the body are the body."""
    return capfirst(str(page._meta.get_field(field_of(page.record_type, member)).verbose_name))
