"""The figures of a document that is being built: from which version of a dataset each is taken, and what is wrong with
them.

A record keeps its figures as it was published with them, whatever becomes of their datasets and for whatever reason its
page is looked at again; published again, it takes them from the versions that are public then.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import orjson
from django.apps import apps
from django.utils.translation import gettext as _

from portal.publication import citations, selectors
from portal.publication.models import Content, LogRow
from portal.statistics.figures import Figure, Source
from portal.statistics.structure import StructureError

Sources = Callable[[str], Source | None]
_MEMBERS = ("dataset", "key", "version", "value", "unit", "period")


def dataset_as_edited(uid: str) -> Any:
    """A dataset's page as it is live, or its latest draft where it is not; None if there is no such dataset."""
    page = apps.get_model("cms", "DatasetPage").objects.filter(uid=uid).first()
    return page if page is None or page.live else page.get_latest_revision_as_object()


def public_source(uid: str) -> Source | None:
    """The version of a dataset that is public by the log, rows that were just appended included; None if none is."""
    version = selectors.version_at(uid, selectors.head().seq)
    if version is None or version.document is None:
        return None
    return Source.of(version.document, version.members["version"])


def draft_source(uid: str) -> Source | None:
    """The same, and for a dataset that is not public what its page holds; None if there is nothing to take."""
    if public := public_source(uid):
        return public
    page = dataset_as_edited(uid)
    if page is None or not page.table_digest:
        return None
    try:
        units = {measure.code: measure.unit for measure in page.structure().measures}
    except StructureError:
        return None
    return Source(uid, None, page.table_digest, units)


class Figures:
    """The figures of one record's document.

    ``citing`` is the record's uid, empty for one that is only looked at. ``is_renewed`` says that it is being published
    again, so that it takes its figures anew. ``problems`` collects, in the active language, why it cannot be published
    with them.
    """

    def __init__(self, citing: str, source: Sources = public_source, *, is_renewed: bool = True) -> None:
        self.problems: list[str] = []
        self._source = source
        self._citing = citing
        self._is_renewed = is_renewed
        self._taken: dict[tuple[str, str], Figure | None] = {}

    def of_block(self, dataset: str, key: str) -> Figure | None:
        """The figure of a block of its own; None where it is left out, since the dataset is not public."""
        figure = self._figure(dataset, key)
        if figure is None and self._is_renewed and (not self._may_cite or self._source(dataset)):
            self._refuse(dataset, key)
        return figure

    def in_text(self, dataset: str, key: str) -> Figure | None:
        """The figure within a text, which always has a value; None, and a problem, where nothing can stand there."""
        figure = self._figure(dataset, key)
        if figure is None or figure["value"] is None:
            self._refuse(dataset, key)
            return None
        return figure

    @property
    def _may_cite(self) -> bool:
        return not self._citing.startswith("dataset:")

    def _figure(self, dataset: str, key: str) -> Figure | None:
        if self._is_renewed and not self._may_cite:
            return None
        if (dataset, key) not in self._taken:
            before = self._before.get((dataset, key))
            is_taken_anew = self._may_cite and (self._is_renewed or before is None)
            source = self._source(dataset) if is_taken_anew else None
            self._taken[dataset, key] = before if source is None else source.figure(key)
        return self._taken[dataset, key]

    def _refuse(self, dataset: str, key: str) -> None:
        if self._may_cite:
            why = _("“%(figure)s” cannot be cited: no public version of the dataset has a value for it.")
        else:
            why = _("A dataset cites no figures: its own stand in its table, agreement with others is a check.")
        problem = why % {"figure": f"{dataset}/{key}"}
        if problem not in self.problems:
            self.problems.append(problem)

    @cached_property
    def _before(self) -> dict[tuple[str, str], Figure]:
        """The figures of the record's last published version, be it withdrawn since, as that has them."""
        versions = Content.objects.filter(row__uid=self._citing, row__action=LogRow.Action.PUBLISH).order_by("-row_id")
        last = versions.values_list("document", flat=True).first()
        return {
            (figure["dataset"], figure["key"]): {name: figure[name] for name in _MEMBERS if name in figure}
            for figure in (citations.figures(orjson.loads(last)) if last else ())
        }
