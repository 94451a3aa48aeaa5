"""The box of a table, which a script makes a grid of; what stands in its place where the table is too large; the field
of a file with a table.
"""

import json
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language

from cms.blocks.lists import CHECK_MEMBERS
from portal.core import languages
from portal.core.languages import CHINESE
from portal.statistics.cells import write_cells
from portal.statistics.names import COLUMNS
from portal.statistics.selectors import observations
from portal.statistics.status import STATUSES

#: A table of more rows is not edited in a grid, and does not stand in the form.
GRID_ROWS = 2000
#: So many of its rows are shown.
_SHOWN = 20


class TableInput(forms.Textarea):
    """A box for CSV: a line stays a line. Where there are scripts a grid stands in its place, which writes into it, and
    what the table says is looked at while it is edited (`cms.datasets.views.CheckView`).
    """

    template_name = "cms/datasets/table_input.html"
    #: Where the form is sent to be looked at.
    check_url = ""

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("cms/dataset/form.css",)}
        js = (forms.Script("cms/dataset/form.js", type="module"),)

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 14, "wrap": "off", "spellcheck": "false", "class": "table-input"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {
            "check_url": self.check_url,
            "check_members": json.dumps(CHECK_MEMBERS),
            "grid_rows": GRID_ROWS,
            # The rest of the form needs some of it.
            "most_text": settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 4 // 5,
            "words": _words(),
        }


class StoredTable(TableInput):
    """The first rows of a table that is too large for a box. Nothing of it is sent with the form."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self._page = page

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows, _next = observations(self._page.table_digest, limit=_SHOWN)
        columns = list(write_cells(rows[0]))
        return super().get_context(name, None, attrs) | {
            "columns": columns,
            "first_rows": [list(write_cells(row).values()) for row in rows],
            "row_count": self._page.row_count(),
        }


class TableFile(forms.FileInput):
    """The field of a file. A script reads into the form what a small one holds."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        limit = {"accept": ".csv,.xlsx,.ods", "data-most-bytes": settings.DATASET_UPLOAD_MAX_BYTES}
        return super().get_context(name, value, (attrs or {}) | limit)


def _words() -> str:
    """What the script has to know of columns and statuses, as JSON: their names in both languages, and the editor's."""
    statuses = {code: status.label for code, status in STATUSES.items()}
    language = languages.tag(get_language() or CHINESE)
    return json.dumps({"language": language, "columns": COLUMNS, "statuses": statuses}, ensure_ascii=False)
