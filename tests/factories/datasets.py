"""A dataset with its table: some figures of a headcount."""

from typing import Any

from portal.statistics.csvtable import parse_csv
from portal.statistics.services import ensure_table
from portal.statistics.structure import Structure
from tests.factories.documents import Document, both, document, proof

_LINES = """\
period,measure,staff,value,status,note_zh,note_en
2022-05,headcount,workers,5498,normal,,
2022-05,headcount,temporary,1705,approximate,約數,About
2022-05,rate,workers,27.50,normal,,
2022-05,rate,temporary,,missing,,
2022-02-01--2022-06-30,headcount,workers,633,normal,只有學校,
"""


def check(kind: str, result: str, *terms: str, **members: Any) -> Document:
    """A declared check."""
    plain = {"dataset": None, "rounding": None, "direction": None, "tolerance": None, "explanation": None}
    return {"kind": kind, "result": result, "terms": list(terms)} | plain | members


def chart(mark: str = "bar", x: str = "value", y: str = "staff", **members: Any) -> Document:
    """A declared chart of a headcount; ``filters`` maps dimensions to codes."""
    plain = {
        "title": both("各類人數", "Staff by kind"),
        "description": both("工友最多。", "Workers are the most."),
        "measures": ["headcount"],
        "colour": None,
        "sort": "declared",
        "stacked": False,
    }
    filters = [{"dimension": name, "codes": list(codes)} for name, codes in members.pop("filters", {}).items()]
    return plain | {"mark": mark, "x": x, "y": y, "filters": filters} | members


def dataset(slug: str = "headcount", lines: str = _LINES, **members: Any) -> Document:
    """The document of a dataset with one dimension, unless others are given, and two measures; its table is stored."""
    dimensions = members.get("dimensions") or [
        {
            "code": "staff",
            "label": both("類別", "Kind of staff"),
            "codes": [
                {"code": "workers", "label": both("工友", "Workers")},
                {"code": "temporary", "label": both("臨時人員", None)},
            ],
        }
    ]
    measures = [
        {"code": "headcount", "label": both("人數", "Headcount"), "unit": "person"},
        {"code": "rate", "label": both("比率", "Rate"), "unit": "percent"},
    ]
    structure = Structure.from_document(dimensions, measures)
    table = ensure_table(parse_csv(lines, structure), structure=structure)
    plain = {
        "dimensions": dimensions,
        "measures": measures,
        "table": {"digest": table.digest, "rows": table.rows},
        "source": [
            proof("observations/headcount.workers.2022-05", quote="5,498人"),
            proof("observations", "dates", quote="截至111年5月"),
            proof("title", quote="員額"),
        ],
    }
    return document("dataset", slug, **(plain | members))
