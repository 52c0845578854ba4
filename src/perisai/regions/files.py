"""Reading and checking a folder with an edition of the national codes: every fault is named by file and line.

The files are those of the package ``idn-area-data``: provinces, regencies, districts and villages.csv, each with the
columns code, the parent's code (but for provinces) and name. ``successions.csv`` may stand beside them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from perisai.kernel.errors import Code, Refused
from perisai.regions import rules
from perisai.regions.rules import Level, Row

FILES: Final = {
    Level.PROVINCE: ("provinces.csv", ("code", "name"), "13"),
    Level.REGENCY: ("regencies.csv", ("code", "province_code", "name"), "13.06"),
    Level.DISTRICT: ("districts.csv", ("code", "regency_code", "name"), "13.06.08"),
    Level.VILLAGE: ("villages.csv", ("code", "district_code", "name"), "13.06.08.2001"),
}
SUCCESSIONS: Final = "successions.csv"
_SUCCESSION_HEADER: Final = ("from_code", "to_code", "effective_on", "reference")


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A split or merger as written in ``file`` at ``line``."""

    file: str
    line: int
    from_code: str
    to_code: str
    effective_on: date
    reference: str


def read_regions(folder: Path) -> dict[Level, list[Row]]:
    """All regions of the folder by level, checked. Raises Refused(REGIONS_…) at the first fault."""
    if not folder.is_dir():
        raise Refused(Code.REGIONS_FOLDER_MISSING, folder=folder)
    for file, _, _ in FILES.values():
        if not (folder / file).is_file():
            raise Refused(Code.REGIONS_FILE_MISSING, file=file, folder=folder)
    read: dict[Level, list[Row]] = {}
    above: dict[str, Row] = {}
    for level in Level:
        rows = _read_level(folder, level, above)
        read[level] = list(rows.values())
        above = rows
    return read


def _read_level(folder: Path, level: Level, above: dict[str, Row]) -> dict[str, Row]:
    file, header, example = FILES[level]
    rows: dict[str, Row] = {}
    for line, cells in _lines(folder / file, header):
        code, written = cells[0], cells[-1]
        if not rules.is_code(level, code):
            raise Refused(Code.REGIONS_CODE_MALFORMED, file=file, line=line, region=code, example=example)
        if code in rows:
            raise Refused(Code.REGIONS_CODE_TWICE, file=file, line=line, region=code)
        if len(written) > rules.LONGEST_NAME:
            raise Refused(Code.REGIONS_NAME_LONG, file=file, line=line, longest=rules.LONGEST_NAME)
        parent = None
        if level is not Level.PROVINCE:
            parent = above.get(cells[1])
            if parent is None or rules.parent_code(code) != cells[1]:
                raise Refused(Code.REGIONS_PARENT_UNKNOWN, file=file, line=line, region=code, parent=cells[1])
        rows[code] = rules.row(level, code, written, parent)
    if not rows:
        raise Refused(Code.REGIONS_FILE_EMPTY, file=file)
    return rows


def read_successions(path: Path, *, until: date) -> list[SuccessionRow]:
    """The splits and mergers of one file; none where there is no file. Raises Refused(SUCCESSION_DATE_WRONG, …)."""
    if not path.is_file():
        return []
    return [_succession(path.name, line, cells, until) for line, cells in _lines(path, _SUCCESSION_HEADER)]


def _succession(file: str, line: int, cells: list[str], until: date) -> SuccessionRow:
    from_code, to_code, day, reference = cells
    try:
        effective_on = date.fromisoformat(day)
    except ValueError:
        effective_on = date.max
    if effective_on > until:
        raise Refused(Code.SUCCESSION_DATE_WRONG, file=file, line=line, day=day, effective_from=until)
    return SuccessionRow(file, line, from_code, to_code, effective_on, reference)


def _lines(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line number and trimmed cells of every row below the header; blank lines are passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened)
            if tuple(next(reader, ())) != header:
                raise Refused(Code.REGIONS_HEADER_WRONG, file=path.name, expected=",".join(header))
            for cells in reader:
                if not cells:
                    continue
                trimmed = [cell.strip() for cell in cells]
                if len(trimmed) != len(header) or not all(trimmed):
                    raise Refused(
                        Code.REGIONS_ROW_MALFORMED, file=path.name, line=reader.line_num, expected=len(header)
                    )
                yield reader.line_num, trimmed
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refused(Code.REGIONS_FILE_UNREADABLE, file=path.name) from fault
