"""Spreadsheets as editors upload them, and such as nobody should."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("table", "table"), ("text", "text"))
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(rows: Sequence[Sequence[Any]], change: Callable[[Workbook], None] = lambda _workbook: None) -> bytes:
    """A workbook with one sheet, “Data”; ``change`` is done to it before it is saved."""
    workbook = Workbook()
    workbook.active.title = "Data"
    for row in rows:
        workbook.active.append(row)
    change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def cell(shown: str = "", kind: str = "string", inside: str = "", **attributes: str) -> str:
    """A cell of an OpenDocument sheet; an attribute's name has ``_`` for ``:`` and ``-`` after the first part."""
    named = {name.replace("_", ":", 1).replace("_", "-"): value for name, value in attributes.items()}
    given = {"office:value-type": kind, **named} if shown else named
    text = f"<text:p>{escape(shown)}</text:p>" if shown else ""
    return f"<table:table-cell {_written(given)}>{inside}{text}</table:table-cell>"


def number(value: str, shown: str = "") -> str:
    """A cell with a number, which shows all of it unless told otherwise."""
    return cell(shown or value, "float", office_value=value)


def ods_row(*cells: str, **attributes: str) -> str:
    """A row of an OpenDocument sheet; a cell is its XML, or its text."""
    named = {f"table:{name.replace('_', '-')}": value for name, value in attributes.items()}
    content = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {_written(named)}>{content}</table:table-row>"


def ods_sheet(*rows: str, name: str = "Data", style: str = "shown", inside: str = "") -> str:
    """A sheet; with the style “hidden” it is."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{inside}{"".join(rows)}</table:table>'


def ods(*sheets: str, prolog: str = "") -> bytes:
    """An OpenDocument spreadsheet of these sheets."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{display}"/>'
        "</style:style>"
        for name, display in (("shown", "true"), ("hidden", "false"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS_TYPE.encode(), "content.xml": content.encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """An archive with its members changed, and others added (``__`` stands for ``/``)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped(members | {name.replace("__", "/"): each for name, each in more.items()})


def claiming(content: bytes, size: int) -> bytes:
    """A zip archive whose directory says that the last member is of this size when unpacked, whatever it is."""
    entry = content.rfind(b"PK\x01\x02")
    return content[: entry + 24] + size.to_bytes(4, "little") + content[entry + 28 :]


def _written(attributes: dict[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
