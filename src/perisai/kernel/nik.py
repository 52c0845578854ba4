"""NIK: sixteen digits given once in a life.

The digits hold the place and the birth date of *first registration* and are never corrected when a birth date is
(domain 4.3). So structure beyond "sixteen digits, not all zeros" is a hint for a person to read, never a rule.
"""

from dataclasses import dataclass
from datetime import date

from perisai.kernel.errors import Code, Refused


@dataclass(frozen=True, slots=True)
class NikHints:
    """What the digits suggest. ``born_on`` is None where they make no date in the century nearest to ``today``."""

    district_code: str
    woman: bool
    born_on: date | None


def parse_nik(text: str) -> str:
    """Sixteen digits, blanks and dots between them forgiven. Raises Refused(NIK_MALFORMED)."""
    digits = text.strip().replace(" ", "").replace(".", "")
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        raise Refused(Code.NIK_MALFORMED, digits=sum(c.isdigit() for c in digits))
    if not digits.strip("0"):
        raise Refused(Code.NIK_ZEROS)
    return digits


def hints(nik: str, today: date) -> NikHints:
    """Read the digits of a parsed NIK; the century of the two-digit year is a guess against ``today``."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    woman = day > 40
    century = today.year // 100 * 100
    born_on = None
    for base in (century, century - 100):
        try:
            guess = date(base + year, month, day - 40 if woman else day)
        except ValueError:
            continue
        if guess <= today:
            born_on = guess
            break
    return NikHints(f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}", woman, born_on)


def differences(nik: str, *, born_on: date, woman: bool, today: date) -> tuple[str, ...]:
    """Names of what the card says otherwise than the digits: any of ``born_on``, ``sex``. Warnings, not refusals."""
    read = hints(nik, today)
    found = []
    if (born_on.day, born_on.month, born_on.year % 100) != (
        int(nik[6:8]) - (40 if read.woman else 0),
        int(nik[8:10]),
        int(nik[10:12]),
    ):
        found.append("born_on")
    if read.woman != woman:
        found.append("sex")
    return tuple(found)


def mask(nik: str) -> str:
    """``130608******0001``: place and serial stay, the birth date goes."""
    return f"{nik[:6]}******{nik[12:]}"
