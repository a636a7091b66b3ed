"""An Excel workbook for people without other tools: entities, facts with their sentences, documents."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports.files import replacing
from kg.exports.rows import Node, Rows
from kg.exports.source import Again
from kg.exports.tables import Row, document_rows, fact_rows
from kg.rdf.terms import xml_text
from kg.rdf.vocabulary import vocabulary

if TYPE_CHECKING:
    import openpyxl

_ROWS = 1_048_576  # that a sheet can hold
_CELL = 32_767  # characters that a cell can hold
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file knows: the same bytes in every run
_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ENTITIES = {"名称 name": 36, "类别 kind": 14, "细类 class": 20, "编号 code": 18, "别名 aliases": 40, "标识 id": 40}
_FACTS = {
    "主体 subject": 30, "关系 relation": 16, "客体 object": 36, "职务 title": 16, "情态 modality": 12,
    "任期 tenure": 10, "最早 since": 12, "最晚 until": 12, "可信度 confidence": 12,
    "更正 correction": 24, "原句 sentence": 80,
    "文档 document": 36, "日期 date": 12, "文件 source": 30, "行 line": 8, "规则 rule": 28, "主体标识 subject id": 30,
    "客体标识 object id": 30,
}  # fmt: skip
_DOCUMENTS = {"标题 title": 50, "日期 date": 12, "发布者 publisher": 24, "来源 source": 40, "标识 id": 40}


def write_workbook(again: Again, path: Path) -> None:
    """Write the workbook; what exceeds a sheet goes on in another, what exceeds a cell is cut.

    Raises GraphError when it cannot be written.
    """
    with replacing(path) as part:
        part.touch()  # what cannot be written at all should be told before anything has been read
        _write(again, part)


def _write(again: Again, part: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    try:
        _fill(book, again)
        book.save(part)
    except OSError:
        _let_go(book)
        raise
    _settle(part)


def _let_go(book: openpyxl.Workbook) -> None:
    """End the sheets of a workbook that cannot be written; left to themselves each would print a traceback."""
    from openpyxl.utils.exceptions import WorkbookAlreadySaved

    for sheet in book.worksheets:
        for one in (sheet, sheet._writer):
            with suppress(OSError, ValueError, AttributeError, WorkbookAlreadySaved):
                one.close()


def _fill(book: openpyxl.Workbook, again: Again) -> None:
    labels = {name: kind.labels for name, kind in vocabulary().kinds.items()}
    _sheets(book, "实体", _ENTITIES, (_entity(node, labels[node.kind]) for node in Rows(again()).nodes()))
    names = {term.name: term.labels["zh"] for term in vocabulary().relations.values()}
    _sheets(book, "事实", _FACTS, ((row[0], f"{names[str(row[1])]} {row[1]}", *row[2:]) for row in fact_rows(again)))
    _sheets(book, "文档", _DOCUMENTS, document_rows(again))


def _entity(node: Node, labels: Mapping[str, str]) -> Row:
    return node.label, f"{labels['zh']} {labels['en']}", node.subclass, node.code, "、".join(node.aliases), node.iri


def _sheets(book: openpyxl.Workbook, title: str, columns: Mapping[str, int], rows: Iterable[Row]) -> None:
    left = iter(rows)
    for number in count(1):
        part = list(islice(left, 1))
        if number > 1 and not part:
            return
        _sheet(book, title if number == 1 else f"{title} {number}", columns, _chain(part, islice(left, _ROWS - 2)))


def _chain(*parts: Iterable[Row]) -> Iterator[Row]:
    for part in parts:
        yield from part


def _sheet(book: openpyxl.Workbook, title: str, columns: Mapping[str, int], rows: Iterable[Row]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(columns.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, Font(bold=True)) for name in columns])
    last = 1
    for row in rows:
        sheet.append([_value(sheet, value) if isinstance(value, str) else value for value in row])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _value(sheet: Any, text: str) -> Any:
    """A text for a cell; only one that would be taken for something else needs a cell made for it."""
    return _cell(sheet, text) if text[:1] in ("=", "#") else xml_text(text)[:_CELL] or None


def _cell(sheet: Any, text: str, font: Any = None) -> Any:
    """A cell that is text whatever it says: one that begins with = must not become a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.value = xml_text(text)[:_CELL]
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _settle(path: Path) -> None:
    """Take the time of the day out of the file."""
    settled = path.with_name(f"{path.name}.settled")
    try:
        with zipfile.ZipFile(path) as made, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as out:
            for name in sorted(made.namelist(), key=_order):
                about = zipfile.ZipInfo(name, _DATE)
                about.compress_type = zipfile.ZIP_DEFLATED
                _copy(made, out, about)
        settled.replace(path)
    finally:
        settled.unlink(missing_ok=True)


def _order(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name


def _copy(made: zipfile.ZipFile, out: zipfile.ZipFile, about: zipfile.ZipInfo) -> None:
    if about.filename == "docProps/core.xml":
        out.writestr(about, _WHEN.sub(rb"\g<1>1980-01-01T00:00:00Z", made.read(about.filename)))
        return
    with made.open(about.filename) as data, out.open(about, "w", force_zip64=True) as copy:
        while block := data.read(1 << 20):
            copy.write(block)
