"""The dataset's form: its observations in a box or from a file, with every problem named at its line and column."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.base.forms import RecordForm
from cms.datasets.entering import Entry, entered_file, entered_text, kept, structure_of
from cms.datasets.widgets import GRID_ROWS, StoredTable, TableFile, TableInput
from portal.statistics.csvtable import write_csv
from portal.statistics.problems import Problem
from portal.statistics.selectors import every_row

_FILE_HELP = _(
    "CSV (UTF-8, or Big5), XLSX or ODS, up to %(size)s; up to %(csv)s observations as CSV, %(sheet)s in a spreadsheet. "
    "The file's table takes the place of the one below. Its header has the names or codes of the columns."
)


class DatasetForm(RecordForm):
    """A dataset's metadata and its table; the table's rows are stored once, under their digest, and never changed.

    A table that is too large for a box is only shown: it stays unless a file takes its place.
    """

    table_file = forms.FileField(label=_("Table from a file"), required=False, widget=TableFile())
    observations = forms.CharField(
        label=_("Observations"),
        required=False,
        strip=False,
        widget=TableInput(),
        help_text=_("One observation per line. A name or a period such as 111年5月 may stand in place of its code."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file: UploadedFile | None = None
        self._declared = structure_of(self.instance)
        self.fields["table_file"].help_text = _FILE_HELP % {
            "csv": f"{settings.DATASET_CSV_MAX_ROWS:,}",
            "sheet": f"{settings.DATASET_SHEET_MAX_ROWS:,}",
            "size": filesizeformat(settings.DATASET_UPLOAD_MAX_BYTES),
        }
        box = self.fields["observations"]
        digest = self.instance.table_digest
        if digest and self.instance.row_count() > GRID_ROWS:
            box.disabled, box.help_text, box.widget = True, "", StoredTable(digest)
        elif digest:
            self.initial["observations"] = write_csv(every_row(digest), self.instance.structure())
        box.widget.check_url = self._check_url()

    @cached_property
    def entry(self) -> Entry:
        """The table that stands in the form; to be asked for once the form was looked through."""
        if self._file is not None:
            return entered_file(self.instance, self._file)
        if refused := self.errors.get("table_file"):
            return Entry("table_file", problems=[Problem(0, None, "%(text)s", {"text": text}) for text in refused])
        if self.fields["observations"].disabled or "observations" not in self.data:
            return kept(self.instance, self._declared)
        return entered_text(self.instance, self.cleaned_data.get("observations", ""))

    def clean_table_file(self) -> UploadedFile | None:
        """A file that is too large is refused before anything is read of it."""
        file: UploadedFile | None = self.cleaned_data["table_file"]
        if file and file.size > settings.DATASET_UPLOAD_MAX_BYTES:
            text = _("The file has %(size)s. A table's file has at most %(most)s (DATASET_UPLOAD_MAX_BYTES).")
            most = filesizeformat(settings.DATASET_UPLOAD_MAX_BYTES)
            raise forms.ValidationError(text, params={"size": filesizeformat(file.size), "most": most})
        self._file = file
        return file

    def clean_counted_kind(self) -> str:
        """Cases of a kind are counted into one dataset, so that no two can be subtracted from each other."""
        kind: str = self.cleaned_data["counted_kind"]
        other = type(self.instance).objects.exclude(pk=self.instance.pk).filter(counted_kind=kind).first()
        if kind and other:
            text = _("Cases of this kind are counted into another dataset already: %(title)s (%(uid)s).")
            raise forms.ValidationError(text, params={"title": other.headline_zh_hant, "uid": other.uid})
        return kind

    def fill(self) -> None:
        """Give the page the table that was entered; an emptied box takes the table away."""
        entry = self.entry
        if entry.problem is not None:
            self.add_error("dimensions", str(entry.problem))
        for problem in entry.problems:
            self.add_error(entry.source, str(problem))
        if self.errors:
            return
        self.take()
        if self.is_publishing and not self.instance.table_digest:
            self.add_error("observations", _("A dataset is published with its observations."))

    def take(self) -> None:
        """Give the page the table as it was entered, whatever else of the form is in disorder."""
        entry = self.entry
        if entry.rows is not None:
            self.instance.enter(entry.rows, entry.rows.structure)
            self.instance.notices = entry.notices
        elif not entry.is_kept:
            self.instance.table_digest = ""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors and self._file is not None and "table_file" not in self.errors:
            # A browser never fills in a file by itself.
            self.add_error("table_file", _("Choose the file once more: the form could not be saved yet."))

    def _check_url(self) -> str:
        if self.instance.pk:
            return reverse("cms_dataset_check", args=[self.instance.pk])
        return reverse("cms_dataset_check_new", args=[self.parent_page.pk]) if self.parent_page else ""
