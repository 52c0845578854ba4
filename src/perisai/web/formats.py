"""How figures, days and months are written for a reader of Indonesian or English. A missing value is an em dash, never 0."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from perisai.kernel import clock, written
from perisai.kernel.money import format_idr
from perisai.kernel.period import Period

MISSING: Final = "—"
NARROW: Final = written.NARROW


def idr(amount: int, language: str) -> str:
    """``Rp 16.800``; the space does not break."""
    return format_idr(amount, language).replace(" ", NARROW)


def count(figure: int | Decimal, language: str, places: int = 0) -> str:
    """``1.234.567`` in Indonesian, ``1,234,567`` in English; ``places`` decimals, half up."""
    rounded = Decimal(figure).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    figure_en = f"{rounded:,}"
    return figure_en if language == "en" else figure_en.translate(str.maketrans(",.", ".,"))


def percent(figure: Decimal | int, language: str, places: int = 2) -> str:
    """``85,04 %`` from Decimal("85.04"): the figure is already in per cent."""
    number = count(figure, language, places)
    return f"{number}%" if language == "en" else f"{number}{NARROW}%"


def day(value: date | datetime, language: str, zone: ZoneInfo = clock.WIB) -> str:
    """``30 Okt 2017``; an instant is the day it was in the office's zone."""
    on = value.astimezone(zone).date() if isinstance(value, datetime) else value
    return written.day(on, language)


def moment(value: datetime, language: str, zone: ZoneInfo = clock.WIB) -> str:
    """``30 Okt 2017, 14.05`` in the office's zone."""
    local = value.astimezone(zone)
    return f"{day(value, language, zone)}, {local:%H}{':' if language == 'en' else '.'}{local:%M}"


def month(value: Period | date, language: str) -> str:
    """``Okt 2017``."""
    return written.month(value, language)
