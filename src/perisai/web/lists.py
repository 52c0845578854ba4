"""Reading a list that somebody made in a spreadsheet: the first column that holds numbers, row by row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from django.forms import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES: Final = 2_000_000


def numbers_in(text: str) -> list[str]:
    """Member numbers typed or pasted, one a line; a heading without digits is left out."""
    lines = (line.replace(";", ",").split(",")[0].strip() for line in text.splitlines())
    return [line for line in lines if any(each.isdigit() for each in line)]


def numbers_of(file: UploadedFile[Any]) -> list[str]:
    """The first column of a CSV or XLSX file. Raises ValidationError for anything else."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("Berkas terlalu besar. Paling banyak 2 MB; bagi daftarnya."))
    content = file.read()
    if (file.name or "").lower().endswith(".xlsx"):
        return numbers_in("\n".join(_first_column(content)))
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        return numbers_in("\n".join(row[0] for row in rows if row))
    except (UnicodeDecodeError, csv.Error):
        raise ValidationError(
            _("Berkas tidak terbaca. Simpan sebagai CSV (UTF-8) atau XLSX, lalu unggah lagi.")
        ) from None


def _first_column(content: bytes) -> list[str]:
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return ["" if row[0] is None else str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError):
        raise ValidationError(
            _("Berkas XLSX tidak terbaca. Simpan ulang dari lembar kerja, lalu unggah lagi.")
        ) from None
