"""Lists as files for a spreadsheet: nothing in them may run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from django.http import HttpResponse
from openpyxl import Workbook

Cell = str | int | None
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would run gets a leading apostrophe; figures stay figures."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell


def sheet(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], kind: Literal["csv", "xlsx"] = "xlsx"
) -> HttpResponse:
    """A file to save, called ``name``. CSV is UTF-8 with a mark that spreadsheets know, separated by semicolons."""
    safe = ([harmless(cell) for cell in row] for row in (head, *rows))
    content, mime = (_csv(safe), "text/csv; charset=utf-8") if kind == "csv" else (_xlsx(safe), _XLSX)
    return HttpResponse(
        content,
        content_type=mime,
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store, private"},
    )


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = "A2"
    for row in rows:
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
