"""Datasets as editors have them: a page with a table, published, corrected."""

from typing import Any

from cms.datasets.document import TableDigest
from cms.models import DatasetPage
from tests.factories.filled import FIELDS, TABLE
from tests.factories.pages import add, changing, draft, fresh, section

#: The key of the one observation of `tests.factories.filled.TABLE`.
KEY = "headcount.workers.2022-05"


def dataset_page(table: str = TABLE, *, publish: bool = True, **fields: Any) -> Any:
    """A dataset with a table, published unless told otherwise."""
    page = add(DatasetPage, parent=section("dataset"), **FIELDS[DatasetPage] | {"slug": "headcount"} | fields)
    return correct(page, table, publish=publish)


def correct(page: Any, table: str, *, publish: bool = True, **fields: Any) -> Any:
    """Give a dataset another table, as one edit."""
    with changing():
        edited = draft(page)
        TableDigest("table").assign(edited, table, None)
        for name, value in fields.items():
            setattr(edited, name, value)
        revision = edited.save_revision()
        if publish:
            revision.publish()
    return fresh(page)


def figure_block(dataset: Any, key: str = KEY) -> dict[str, Any]:
    """A figure block of a body as a StreamField stores it."""
    value = {"dataset": dataset.pk, "key": key, "label": {"zh_hant": "工友", "en": "Workers"}}
    return {"type": "figure", "id": "00000000-0000-4000-8000-000000000003", "value": value}
