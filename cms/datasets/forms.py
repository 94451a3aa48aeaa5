"""The dataset's form: its observations as CSV text, with every problem named at its line and column."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.base.forms import RecordForm
from cms.datasets.entering import Entry, entered_text
from cms.datasets.widgets import TableInput
from portal.statistics.csvtable import write_csv
from portal.statistics.selectors import every_row


class DatasetForm(RecordForm):
    """A dataset's metadata and its table; the table's rows are stored once, under their digest, and never changed."""

    observations = forms.CharField(
        label=_("Observations"),
        required=False,
        strip=False,
        widget=TableInput(),
        help_text=_("One observation per line. A name or a period such as 111年5月 may stand in place of its code."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["observations"].widget.check_url = self._check_url()
        if self.instance.table_digest:
            self.initial["observations"] = write_csv(every_row(self.instance.table_digest), self.instance.structure())

    @cached_property
    def entry(self) -> Entry:
        """The table that stands in the form; to be asked for once the form was looked through."""
        return entered_text(self.instance, self.cleaned_data.get("observations", ""))

    def fill(self) -> None:
        """Give the page the table that was entered; an emptied box takes the table away."""
        entry = self.entry
        if entry.problem is not None:
            self.add_error("dimensions", str(entry.problem))
        for problem in entry.problems:
            self.add_error(entry.source, str(problem))
        if self.errors:
            return
        if entry.rows is not None:
            self.instance.enter(entry.rows, entry.rows.structure)
            return
        self.instance.table_digest = ""
        if self.is_publishing:
            self.add_error("observations", _("A dataset is published with its observations."))

    def _check_url(self) -> str:
        if self.instance.pk:
            return reverse("cms_dataset_check", args=[self.instance.pk])
        return reverse("cms_dataset_check_new", args=[self.parent_page.pk]) if self.parent_page else ""
