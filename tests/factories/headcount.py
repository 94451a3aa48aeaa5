"""The report's headcount: the dataset as its fixture declares it, and its table."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from cms.datasets.document import MEMBERS
from cms.models import DatasetPage
from cms.seeding.context import SeedingContext
from cms.seeding.defaults import completed
from tests.factories.pages import new, put

_FIXTURES = Path(settings.BASE_DIR, "fixtures")


def headcount_csv() -> str:
    """The table, with its header."""
    return (_FIXTURES / "tables/headcount-2022.csv").read_text(encoding="utf-8")


def headcount(table: str = "", *, publish: bool = False) -> Any:
    """The dataset with its dimensions, its measure and its four checks; without observations unless they are given."""
    fixture = yaml.safe_load((_FIXTURES / "records/datasets/headcount-2022.yaml").read_text(encoding="utf-8"))
    page = new(DatasetPage, slug="headcount-2022", date_start="2022-05-01", date_precision="month")
    data = completed("dataset", fixture) | {"table": table}
    for member in MEMBERS:
        if data[member.name] or member.name != "table":
            member.assign(page, data[member.name], SeedingContext({}))
    page.headline_zh_hant, page.headline_en = data["title"].values()
    return put(page, publish=publish)
