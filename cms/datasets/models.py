"""Datasets: what is counted, in which dimensions, and the digest of the table that holds the observations."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.base.context import TextContext
from cms.base.members import Items
from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.base import BilingualBlock
from cms.blocks.charts import ChartBlock
from cms.blocks.lists import CheckBlock, DimensionBlock, MeasureBlock
from cms.datasets import charting, checking
from cms.datasets.forms import DatasetForm
from cms.datasets.panels import ChartsPanel
from portal.cases.counts.describing import kind_choices
from portal.publication import schemas
from portal.publication.codelists import choices
from portal.rendering.tables import LIMIT
from portal.statistics.digest import table_digest
from portal.statistics.rows import Row
from portal.statistics.selectors import observation, observations, of_series, table
from portal.statistics.series import Series
from portal.statistics.services import ensure_table
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure, StructureError


class DatasetPage(DatedRecordPage):
    """Datasets: what is counted, in which dimensions, and the digest of the table that holds the observations."""

    record_type: ClassVar[str] = "dataset"
    base_form_class = DatasetForm

    dimensions = StreamField([("dimension", DimensionBlock())], blank=True, verbose_name=_("dimensions"))
    measures = StreamField([("measure", MeasureBlock())], blank=True, verbose_name=_("measures"))
    frequency = models.CharField(
        _("frequency"), max_length=12, choices=choices("dataset.frequency"), default="half-yearly"
    )
    coverage = models.CharField(_("coverage"), max_length=200, blank=True)
    licence = models.CharField(
        _("licence"), max_length=20, choices=choices("dataset.licence"), default="OGDL-Taiwan-1.0"
    )
    notes = StreamField([("item", BilingualBlock(sentence=True))], blank=True, verbose_name=_("notes"))
    checks = StreamField([("check", CheckBlock())], blank=True, verbose_name=_("checks"))
    charts = StreamField([("chart", ChartBlock())], blank=True, verbose_name=_("charts"))
    counted_kind = models.CharField(
        _("fed by cases"),
        max_length=40,
        blank=True,
        choices=kind_choices,
        help_text=_(
            "Each month the cases of this kind are counted into a draft of this dataset, which you review and publish. "
            "Of a dataset that is public, the choice holds from its next publication on."
        ),
    )
    table_digest = models.CharField(max_length=64, blank=True, editable=False)
    #: What stands in the form; a table is stored when the page is, and not for a preview.
    entered: Spool | None = None
    #: What was done to the file that it came from, to be told to the editor.
    notices: Sequence[Promise] = ()

    #: Cases are counted into one dataset: a copy is not fed.
    exclude_fields_in_copy = [*DatedRecordPage.exclude_fields_in_copy, "counted_kind"]

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldPanel("dimensions"),
            FieldPanel("measures"),
            FieldPanel("table_file"),
            FieldPanel("observations"),
            FieldPanel("checks"),
            MultiFieldPanel([FieldPanel("charts"), ChartsPanel()], heading=_("Charts")),
            FieldRowPanel([FieldPanel("frequency"), FieldPanel("licence")]),
            FieldPanel("counted_kind"),
            both("coverage"),
            FieldPanel("notes"),
        ]
    )

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        constraints = [
            # Two datasets of the same cases could be subtracted from each other.
            models.UniqueConstraint(
                fields=["counted_kind"], condition=~models.Q(counted_kind=""), name="cms_dataset_counted_kind"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, with the table that was entered."""
        self._store()
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft, with the table that was entered."""
        self._store()
        return super().save_revision(*args, **kwargs)

    def enter(self, rows: Iterable[Row], structure: Structure) -> None:
        """Take these rows for the page's table."""
        self.entered = rows if isinstance(rows, Spool) else Spool.of(rows, structure)
        self.table_digest = table_digest(self.entered, structure)

    def preview_data(self, document: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The first rows of the page's table, stored or only entered, what its checks say of them, and its charts."""
        try:
            structure = Structure.from_document(document["dimensions"], document["measures"])
        except StructureError:
            return {}
        rows = self._rows(LIMIT)
        return {
            "observations": [row.members for row in rows],
            "evaluations": checking.evaluations(self, document["checks"], structure) if rows else [],
            "charts": charting.charts(self, document, language),
        }

    def _rows(self, limit: int) -> list[Row]:
        if self.entered is not None:
            return list(islice(self.entered, limit))
        return observations(self.table_digest, limit=limit)[0] if self.table_digest else []

    def row_count(self) -> int:
        """How many rows the page's table has, stored or only entered."""
        return len(self.entered) if self.entered is not None else table(self.table_digest).rows

    def of_series(self, series: Series) -> Iterable[Row]:
        """The observations of a series in the page's table, stored or only entered."""
        if self.entered is not None:
            return self.entered.of_series(series)
        return of_series(self.table_digest, series) if self.table_digest else []

    def objections(self, document: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What its checks and charts have against publishing the dataset as the document has it."""
        schemas.validate(dict(document), document["schema"])
        try:
            structure = Structure.from_document(document["dimensions"], document["measures"])
        except StructureError as error:
            return [("dimensions", str(error))]
        found = checking.evaluations(self, document["checks"], structure)
        return [*checking.objections(found), *charting.objections(self, document)]

    def _store(self) -> None:
        if self.entered is not None:
            self.table_digest = ensure_table(self.entered, structure=self.entered.structure).digest
            self.entered = None

    def structure(self) -> Structure:
        """The declared dimensions and measures. Raises `StructureError` where they cannot hold observations."""
        context = TextContext()
        return Structure.from_document(Items("dimensions").value(self, context), Items("measures").value(self, context))

    def observation(self, key: str) -> Row | None:
        """The observation of a key in the page's table."""
        return observation(self.table_digest, key) if self.table_digest else None
