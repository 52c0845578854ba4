"""Reading a wage report out of a file: CSV or XLSX, three columns by their heads, and nothing else of the file.

What cannot be read as a table at all is refused here; what is wrong in a row is for ``rules.read`` to say.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from openpyxl import load_workbook

from perisai.employers.rules import MOST_ROWS, Cells
from perisai.kernel.errors import Code, Refused

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_UNPACKED: Final = 100 * 1024 * 1024
"""An XLSX is a packed folder; a small file may hide a very large one."""
_COLUMNS: Final = 50
_LONGEST_CELL: Final = 500
"""Signs; what is longer is cut, and is refused for its length afterwards."""
HEADS: Final = {
    "nik": ("nik", "nomornik", "nonik", "nomorktp", "noktp"),
    "name": ("nama", "namapekerja", "namalengkap", "name"),
    "wage": ("upah", "upahsebulan", "gaji", "wage"),
}
"""How the three columns may be headed, without blanks and signs."""
TEMPLATE: Final = ("NIK", "Nama", "Upah")


def read_cells(content: bytes) -> list[Cells]:
    """The rows under the heads, blank ones left out; the kind of file is seen from its first bytes, not its name.

    Raises Refused(WAGE_FILE_TOO_LARGE, WAGE_FILE_KIND, WAGE_FILE_UNREADABLE, WAGE_FILE_NOT_UTF8, WAGE_COLUMNS_MISSING,
    WAGE_FILE_EMPTY, WAGE_TOO_MANY_ROWS).
    """
    if len(content) > MOST_BYTES:
        raise Refused(Code.WAGE_FILE_TOO_LARGE, field="file", megabytes=MOST_BYTES // 1024 // 1024)
    table = _sheet(content) if content.startswith(b"PK\x03\x04") else _lines(content)
    found = list(islice(_rows(table), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise Refused(Code.WAGE_TOO_MANY_ROWS, field="file", most=MOST_ROWS)
    if not found:
        raise Refused(Code.WAGE_FILE_EMPTY, field="file")
    return found


def _rows(table: Iterable[Sequence[Any]]) -> Iterator[Cells]:
    """The first row that is not blank holds the heads."""
    places: dict[str, int] | None = None
    for number, row in enumerate(table, start=1):
        cells = [_text(cell) for cell in row[:_COLUMNS]]
        if not any(cells):
            continue
        if places is None:
            places = _places(cells)
        else:
            nik, name, wage = (cells[places[key]] if places[key] < len(cells) else "" for key in HEADS)
            yield Cells(number, nik, name, wage)
    if places is None:
        raise Refused(Code.WAGE_FILE_EMPTY, field="file")


def _places(heads: Sequence[str]) -> dict[str, int]:
    plain = ["".join(sign for sign in head.casefold() if sign.isalnum()) for head in heads]
    places = {
        key: next((place for place, head in enumerate(plain) if head in known), -1) for key, known in HEADS.items()
    }
    missing = [head for head, place in zip(TEMPLATE, places.values(), strict=True) if place < 0]
    if missing:
        raise Refused(Code.WAGE_COLUMNS_MISSING, field="file", missing=", ".join(missing))
    return places


def _text(cell: object) -> str:
    """A cell as it was typed. A number of a spreadsheet is written whole, and a long one as the spreadsheet rounds it."""
    if cell is None:
        return ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{cell:.14E}" if abs(cell) >= 10**15 else str(int(cell)) if cell == int(cell) else repr(cell)
    return str(cell)[:_LONGEST_CELL].strip().removeprefix("'")


def _sheet(content: bytes) -> Iterator[Sequence[Any]]:
    """The first sheet's rows; formulas give what they last gave."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Refused(Code.WAGE_FILE_TOO_LARGE, field="file", megabytes=MOST_UNPACKED // 1024 // 1024)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True, max_col=_COLUMNS)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError, SyntaxError, TypeError) as error:
        raise Refused(Code.WAGE_FILE_UNREADABLE, field="file") from error


def _lines(content: bytes) -> Iterator[Sequence[str]]:
    """Lines of CSV in UTF-8; the separator is the sign that its heads are parted by."""
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")) or b"\0" in content[:4096]:
        raise Refused(Code.WAGE_FILE_KIND, field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Code.WAGE_FILE_NOT_UTF8, field="file") from None
    heads = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";,\t", key=heads.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Refused(Code.WAGE_FILE_UNREADABLE, field="file") from error
