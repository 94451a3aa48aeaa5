"""The panel of a dataset's form that shows its charts while they are edited."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel


class ChartsPanel(Panel):
    """Pictures of the charts as the form stands, drawn anew when it changes."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one form."""

        template_name = "cms/datasets/charts_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance
            if page.pk:
                address = reverse("cms_charts_on_edit", args=[page.pk])
            else:
                address = reverse("cms_charts_on_add", args=[self.form.parent_page.pk])
            return context | {"address": address}

        @property
        def media(self) -> Media:
            return Media(js=["cms/charts.js"])
