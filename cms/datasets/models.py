"""Datasets: what is counted, in which dimensions, and the digest of the table that holds the observations."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.base.context import TextContext
from cms.base.members import Items
from cms.base.models import DatedRecordPage
from cms.base.panels import DATES, both, handler
from cms.blocks.base import BilingualBlock
from cms.blocks.lists import CheckBlock, DimensionBlock, MeasureBlock
from cms.datasets.checking import evaluations, objections
from cms.datasets.forms import DatasetForm
from portal.publication import schemas
from portal.publication.codelists import choices
from portal.rendering.tables import LIMIT
from portal.statistics.digest import table_digest
from portal.statistics.rows import Row, in_order
from portal.statistics.selectors import observation, observations, of_series, table
from portal.statistics.series import Series
from portal.statistics.services import ensure_table
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
    table_digest = models.CharField(max_length=64, blank=True, editable=False)
    #: What stands in the form; a table is stored when the page is, and not for a preview.
    entered: tuple[list[Row], Structure] | None = None

    parent_page_types = ["cms.PlainPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = handler(
        [
            DATES,
            FieldPanel("dimensions"),
            FieldPanel("measures"),
            FieldPanel("observations"),
            FieldPanel("checks"),
            FieldRowPanel([FieldPanel("frequency"), FieldPanel("licence")]),
            both("coverage"),
            FieldPanel("notes"),
        ]
    )

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, with the table that was entered."""
        self._store()
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft, with the table that was entered."""
        self._store()
        return super().save_revision(*args, **kwargs)

    def enter(self, rows: list[Row], structure: Structure) -> None:
        """Take these rows for the page's table."""
        self.entered = (rows, structure)
        self.table_digest = table_digest(rows, structure)

    def preview_data(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The first rows of the page's table, stored or only entered, and what its checks say of them."""
        try:
            structure = Structure.from_document(document["dimensions"], document["measures"])
        except StructureError:
            return {}
        rows = self._rows(LIMIT)
        return {
            "observations": [row.members for row in rows],
            "evaluations": evaluations(self, document["checks"], structure) if rows else [],
        }

    def _rows(self, limit: int) -> list[Row]:
        if self.entered:
            return in_order(*self.entered)[:limit]
        return observations(self.table_digest, limit=limit)[0] if self.table_digest else []

    def row_count(self) -> int:
        """How many rows the page's table has, stored or only entered."""
        return len(self.entered[0]) if self.entered else table(self.table_digest).rows

    def of_series(self, series: Series) -> list[Row]:
        """The observations of a series in the page's table, stored or only entered."""
        if self.entered:
            return [row for row in self.entered[0] if series.has(row)]
        return of_series(self.table_digest, series) if self.table_digest else []

    def objections(self, document: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What its checks have against publishing the dataset as the document has it."""
        schemas.validate(dict(document), document["schema"])
        try:
            structure = Structure.from_document(document["dimensions"], document["measures"])
        except StructureError as error:
            return [("dimensions", str(error))]
        return list(objections(evaluations(self, document["checks"], structure)))

    def _store(self) -> None:
        if self.entered:
            rows, structure = self.entered
            self.table_digest = ensure_table(rows, structure=structure).digest
            self.entered = None

    def structure(self) -> Structure:
        """The declared dimensions and measures. Raises `StructureError` where they cannot hold observations."""
        context = TextContext()
        return Structure.from_document(Items("dimensions").value(self, context), Items("measures").value(self, context))

    def observation(self, key: str) -> Row | None:
        """The observation of a key in the page's table."""
        return observation(self.table_digest, key) if self.table_digest else None
