"""How days, months and figures are written for a reader of Indonesian or English."""

from datetime import date
from typing import Final

from perisai.kernel.period import Period

NARROW: Final = "\u00a0"
"""A space that does not break."""
_MONTHS: Final = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_GROUPED_FROM: Final = 10_000
"""Years, line numbers and lengths stay as they are."""


def day(on: date, language: str) -> str:
    """``30 Okt 2017``."""
    return f"{on.day}{NARROW}{month(on, language)}"


def month(value: Period | date, language: str) -> str:
    """``Okt 2017``."""
    return f"{_months(language)[value.month - 1]}{NARROW}{value.year}"


def fact(value: object, language: str) -> object:
    """A fact of a sentence as its reader writes it; words stay as they are."""
    if isinstance(value, Period):
        return month(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, int) and value >= _GROUPED_FROM:
        return f"{value:,}" if language.startswith("en") else f"{value:,}".replace(",", ".")
    return value


def _months(language: str) -> tuple[str, ...]:
    return _MONTHS["en" if language.startswith("en") else "id"]
