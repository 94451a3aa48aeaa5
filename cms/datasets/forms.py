"""The dataset's form: its observations as CSV text, with every problem named at its line and column."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.base.forms import RecordForm
from portal.statistics.csvtable import parse_csv, write_csv
from portal.statistics.problems import TableProblems
from portal.statistics.selectors import every_row
from portal.statistics.structure import StructureError


class TableInput(forms.Textarea):
    """A box for CSV: a line stays a line."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 14, "wrap": "off", "spellcheck": "false", "class": "table-input"})


class DatasetForm(RecordForm):
    """A dataset's metadata and its table; the table's rows are stored once, under their digest, and never changed."""

    observations = forms.CharField(
        label=_("Observations"),
        required=False,
        strip=False,
        widget=TableInput(),
        help_text=_("CSV: period, measure, one column per dimension, value, status, note_zh, note_en."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.table_digest:
            self.initial["observations"] = write_csv(every_row(self.instance.table_digest), self.instance.structure())

    def fill(self) -> None:
        """Give the page the table that stands in the box; an emptied box takes the table away."""
        text = self.cleaned_data.get("observations", "")
        if not text.strip():
            self.instance.table_digest = ""
            if self.is_publishing:
                self.add_error("observations", _("A dataset is published with its observations."))
            return
        try:
            structure = self.instance.structure()
            rows = parse_csv(text, structure)
        except StructureError as error:
            self.add_error("dimensions", str(error))
        except TableProblems as error:
            for problem in error.problems:
                self.add_error("observations", str(problem))
        else:
            self.instance.enter(rows, structure)
