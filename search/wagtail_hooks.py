"""Search in Wagtail's admin: synonyms, pinned results, and a box to try queries in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.core.languages import tag
from search.answers import LONGEST_QUERY
from search.engines.base import Unavailable
from search.models import Entry, Pin, Synonym
from search.names import key
from search.trying import attempt

_MOST_TERMS = 20


class SynonymForm(WagtailAdminModelForm):
    """Refuses a group of fewer than two terms, or with a term that nothing can be searched by."""

    def clean_terms(self) -> str:
        """The terms, one a line."""
        terms = [line.strip() for line in self.cleaned_data["terms"].splitlines() if line.strip()]
        if not 2 <= len({key(term) for term in terms}) <= _MOST_TERMS:
            raise ValidationError(_("Write at least two different words or names, and at most twenty, one per line."))
        for term in terms:
            if not key(term):
                raise ValidationError(_("“%(term)s” has nothing to search by."), params={"term": term})
        return "\n".join(terms)


class PinForm(WagtailAdminModelForm):
    """Refuses a query that nothing can be searched by, and a record that is not public."""

    def clean_query(self) -> str:
        """The query, if it can be searched by."""
        query = self.cleaned_data["query"].strip()
        if not key(query):
            raise ValidationError(_("“%(term)s” has nothing to search by."), params={"term": query})
        return query

    def clean_uid(self) -> str:
        """The uid of a public record."""
        uid = self.cleaned_data["uid"].strip()
        if not Entry.objects.filter(uid=uid).exists():
            raise ValidationError(_("There is no public record “%(uid)s”."), params={"uid": uid})
        return uid

    def clean(self) -> dict[str, Any]:
        """Refuses the same record twice for one query."""
        cleaned = super().clean()
        query, uid = cleaned.get("query"), cleaned.get("uid")
        if query and uid:
            same = Pin.objects.filter(folded=key(query), uid=uid).exclude(pk=self.instance.pk)
            if same.exists():
                self.add_error("uid", _("This record is pinned for this query already."))
        return cleaned


Synonym.base_form_class = SynonymForm
Pin.base_form_class = PinForm


class SynonymViewSet(SnippetViewSet):
    """Groups of words that mean the same."""

    model = Synonym
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = ["__str__", "note"]
    panels = [FieldPanel("terms"), FieldPanel("note")]


class PinViewSet(SnippetViewSet):
    """Records that stand first for a query."""

    model = Pin
    icon = "pin"
    menu_label = _("Pinned results")
    list_display = ["query", "uid", "position"]
    panels = [FieldPanel("query"), FieldPanel("uid"), FieldPanel("position")]


class SearchViewSetGroup(SnippetViewSetGroup):
    """What editors decide about search."""

    items = (SynonymViewSet, PinViewSet)
    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 650


register_snippet(SearchViewSetGroup)


class TryForm(forms.Form):
    """A query to try."""

    q = forms.CharField(label=_("Query"), max_length=LONGEST_QUERY)


def try_search(request: HttpRequest) -> HttpResponse:
    """The box to try a query in: its tokens, what widens it, and why each result stands where it stands."""
    form = TryForm(request.GET or None)
    trial, unavailable = None, False
    if form.is_valid():
        try:
            trial = attempt(form.cleaned_data["q"], tag(get_language() or ""))
        except Unavailable:
            unavailable = True
    context = {"page_title": _("Try a search"), "form": form, "trial": trial, "unavailable": unavailable}
    return TemplateResponse(request, "search/try.html", context)


@hooks.register("register_admin_urls")
def try_url() -> list[URLPattern]:
    """The address of the box."""
    return [path("search-try/", try_search, name="search_try")]


@hooks.register("register_reports_menu_item")
def try_item() -> MenuItem:
    """The box, among the reports."""
    return MenuItem(_("Try a search"), reverse("search_try"), icon_name="search", order=30)
