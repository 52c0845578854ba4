"""What an employer is, and how one line of its wage report is read.

A report is taken whole or not at all; a line that cannot be taken says why, in words that the firm can act on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from perisai import rulebook
from perisai.kernel import names
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.nik import parse_nik
from perisai.kernel.period import Period


class Industry(StrEnum):
    """Labour-intensive industries (PP 7/2025); the rulebook says which of them have the relief."""

    FOOD_DRINK_TOBACCO = "food_drink_tobacco"
    TEXTILE_APPAREL = "textile_apparel"
    LEATHER = "leather"
    FOOTWEAR = "footwear"
    TOYS = "toys"
    FURNITURE = "furniture"


class FirmSize(StrEnum):
    """The scale of an employer (Perpres 109/2013)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


NPP_SIGNS: Final = 8
MOST_WAGE_IDR: Final = 1_000_000_000
"""A month's wage of more is a slip of the keyboard."""
MOST_ROWS: Final = 50_000
_NPP: Final = re.compile(r"[A-Z0-9]{8}")
_DIVISION: Final = re.compile(r"[0-9]{3}")
_WAGE: Final = re.compile(r"(?:rp\.?)?(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,0{1,2})?", re.IGNORECASE)
_ROUNDED: Final = re.compile(r"[0-9][0-9.,]*E\+?[0-9]+", re.IGNORECASE)
"""How a spreadsheet writes a number of sixteen digits, of which it keeps fifteen."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a file as it was written. ``row`` counts as the spreadsheet does, the heads being row 1."""

    row: int
    nik: str
    name: str
    wage: str


@dataclass(frozen=True, slots=True)
class Wage:
    """One worker's wage of the month, read and in order."""

    row: int
    nik: str
    name: str
    wage_idr: Rupiah


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken. ``nik`` is as far as it can be read, for the eye that looks for the row."""

    row: int
    nik: str
    why: Refused


def parse_npp(text: str) -> str:
    """Eight letters and digits. Raises Refused(NPP_MALFORMED)."""
    npp = text.strip().upper().replace(" ", "").replace("-", "")
    if not _NPP.fullmatch(npp):
        raise Refused(Code.NPP_MALFORMED, field="npp", signs=NPP_SIGNS)
    return npp


def parse_division(text: str) -> str:
    """Three digits, ``000`` for the whole firm. Raises Refused(DIVISION_MALFORMED)."""
    division = text.strip().zfill(3) if text.strip().isascii() else text
    if not _DIVISION.fullmatch(division):
        raise Refused(Code.DIVISION_MALFORMED, field="division")
    return division


def read(rows: Iterable[Cells]) -> tuple[list[Wage], list[Fault]]:
    """Every row is either read or has its faults; a worker who stands twice is a fault of the later row."""
    wages: list[Wage] = []
    faults: list[Fault] = []
    first_seen: dict[str, int] = {}
    for cells in rows:
        found, wage = _faults(cells, first_seen)
        faults += found
        if wage is not None:
            wages.append(wage)
    return wages, faults


def below_minimum(wages: Iterable[Wage], province_code: str, month: Period) -> list[Wage]:
    """Wages under the province's minimum of the month, for a person to ask about; none where no minimum is known."""
    try:
        least = rulebook.on(month.first_day).whole(f"minimum_wage.province_{province_code}").value
    except rulebook.NotInForce:
        return []
    return [wage for wage in wages if wage.wage_idr < least]


def _faults(cells: Cells, first_seen: dict[str, int]) -> tuple[list[Fault], Wage | None]:
    """All that is wrong with a row, and the row read when nothing is."""
    found: list[Fault] = []
    nik, name, wage = "", names.tidy(cells.name), None
    try:
        nik = _read_nik(cells, first_seen)
    except Refused as why:
        found.append(Fault(cells.row, cells.nik, why))
    if not names.search_key(name):
        found.append(Fault(cells.row, nik or cells.nik, Refused(Code.NAME_MISSING, field="name")))
    elif len(name) > names.LONGEST_NAME:
        too_long = Refused(Code.NAME_TOO_LONG, field="name", most=names.LONGEST_NAME)
        found.append(Fault(cells.row, nik or cells.nik, too_long))
    try:
        wage = _read_wage(cells.wage)
    except Refused as why:
        found.append(Fault(cells.row, nik or cells.nik, why))
    if found or wage is None:
        return found, None
    return found, Wage(cells.row, nik, name, wage)


def _read_nik(cells: Cells, first_seen: dict[str, int]) -> str:
    if _ROUNDED.fullmatch(cells.nik.strip()):
        raise Refused(Code.NIK_AS_NUMBER, field="nik")
    nik = parse_nik(cells.nik)
    if nik in first_seen:
        raise Refused(Code.NIK_TWICE, field="nik", row=first_seen[nik])
    first_seen[nik] = cells.row
    return nik


def _read_wage(text: str) -> Rupiah:
    fits = _WAGE.fullmatch("".join(text.split())) if text.isascii() else None
    if not fits:
        raise Refused(Code.WAGE_MALFORMED, field="wage")
    wage = int(fits[1].replace(".", ""))
    if not 0 < wage <= MOST_WAGE_IDR:
        raise Refused(Code.WAGE_OUT_OF_RANGE, field="wage", most=MOST_WAGE_IDR)
    return Rupiah(wage)
