"""Rupiah: whole numbers only, rounded in one place and by a named rule."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NewType

Rupiah = NewType("Rupiah", int)

ZERO = Rupiah(0)
MOST_IDR = Rupiah(10**13)
"""No single amount in this trade comes near ten trillion rupiah; more is a slip of the keyboard."""


def round_half_up(amount: Decimal) -> Rupiah:
    """Half a rupiah goes up: contributions and fines (docs/algorithms/contribution.md)."""
    return Rupiah(int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def round_down(amount: Decimal) -> Rupiah:
    """The broken rupiah stays with the payer: incentives and shares (docs/algorithms/incentive.md)."""
    return Rupiah(int(amount.quantize(Decimal(1), rounding=ROUND_DOWN)))


def floor_to_hundred(amount: Decimal) -> Rupiah:
    """Down to a whole hundred: the JP wage ceiling (PP 45/2015 Pasal 29; domain 2.4)."""
    return Rupiah(int(amount // 100) * 100)


def share(amount: Rupiah, rate: Decimal) -> Rupiah:
    """``rate`` of ``amount``, half a rupiah up. ``rate`` is a fraction: Decimal("0.01") is one per cent."""
    return round_half_up(Decimal(amount) * rate)


def format_idr(amount: int, language: str = "id") -> str:
    """``Rp 16.800`` for a reader of Indonesian, ``Rp 16,800`` for a reader of English."""
    grouped = f"{abs(amount):,}"
    if language == "id":
        grouped = grouped.replace(",", ".")
    return f"{'-' if amount < 0 else ''}Rp {grouped}"
