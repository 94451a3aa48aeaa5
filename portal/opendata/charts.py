"""The charts of published datasets: what they show, and their pictures, each drawn once for a content.

Everything here takes a dataset's record or document. A picture depends on nothing but the table, the declarations and
labels in the document, the language and the programs that draw: these make its key.
"""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import orjson
from django.core.cache import caches

from portal import __version__
from portal.core.canonical import canonical_json, sha256_hex
from portal.statistics import drawing, pictures
from portal.statistics.chart_rows import rows_of_stored_chart
from portal.statistics.chart_style import LAYOUTS
from portal.statistics.models import Table
from portal.statistics.palette import DARK
from portal.statistics.pictures import Reader, Shown

#: What a picture comes as, with its media type.
FORMS = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}


def charts(record: Mapping[str, Any], language: str) -> list[Shown]:
    """Every chart of a dataset in a language; none where its table is not here."""
    if not record.get("charts"):
        return []
    try:
        return pictures.shown(record, _reader(record), language)
    except Table.DoesNotExist:
        return []


def key(record: Mapping[str, Any], place: int, language: str, layout: str, form: str) -> str:
    """What names the content of a picture, in hex; ``place`` counts the charts from 0. Reads nothing."""
    columns = [record["title"], record["dimensions"], record["measures"]]
    programs = [__version__, version("vl-convert-python")]
    depends = [record["table"]["digest"], record["charts"][place], columns, language, layout, form, programs]
    return sha256_hex(canonical_json(depends))


def picture(record: Mapping[str, Any], place: int, language: str, layout: str, form: str) -> bytes:
    """A chart in one of `FORMS`, as it was drawn before or drawn now.

    Raises `StructureError` where it cannot be drawn, and `Table.DoesNotExist`.
    """
    name = key(record, place, language, layout, form)
    kept = caches["charts"].get(name)
    if kept is None:
        kept = _made(record, place, language, layout, form)
        caches["charts"].set(name, kept)
    return kept


def _made(record: Mapping[str, Any], place: int, language: str, layout: str, form: str) -> bytes:
    declared = record["charts"][place]
    if form == "png":
        return drawing.png(picture(record, place, language, layout, "svg").decode())
    drawn = pictures.picture_of(record, declared, _reader(record), language, LAYOUTS[layout])
    if form == "svg":
        return pictures.svg(drawn, declared, language).encode()
    # What shows it says by itself that it is dark: the page replaces the light colours by these.
    return orjson.dumps(drawn.spec | {"usermeta": {"dark": DARK}})


def _reader(record: Mapping[str, Any]) -> Reader:
    return lambda chart: rows_of_stored_chart(chart, record["table"]["digest"])
