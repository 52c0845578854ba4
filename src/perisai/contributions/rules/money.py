"""What becomes of money that came: months paid, credit kept, months taken back (docs/algorithms/payment.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from perisai.kernel.money import ZERO, Rupiah
from perisai.kernel.period import Period

AGENTS_HANDS: Final = ["agen", "agent", "perisai", "wadah", "tunai", "cash"]
"""What no channel may be called: money never passes through an agent's hands (domain 1.7)."""


class LineReason(StrEnum):
    """Why a line of the ledger stands there: the first pays a month, the others take a paid month back."""

    PAID = "paid"
    TAKEN_BACK = "taken_back"
    AFTER_DEATH = "after_death"
    REFUNDED = "refunded"


class CreditReason(StrEnum):
    """Why money stands on a payer's credit, or left it."""

    SHORT = "short"
    SURPLUS = "surplus"
    STRAY = "stray"
    USED = "used"
    TAKEN_BACK = "taken_back"
    AFTER_DEATH = "after_death"
    REFUND = "refund"
    REFUND_REJECTED = "refund_rejected"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a sum does to a code: all its months or none. ``missing_idr`` is what is still to come when none."""

    covers: bool
    credit_idr: Rupiah
    missing_idr: Rupiah


def due(*, asked_idr: int, credit_idr: int) -> Rupiah:
    """What is to be paid for a code once the payer's credit is used; a debt (credit below zero) is added."""
    return Rupiah(max(asked_idr - credit_idr, 0))


def settle(*, asked_idr: int, credit_idr: int, paid_idr: int) -> Settlement:
    """Money and credit together pay the whole code or nothing; what is left, or all of it, is credit afterwards."""
    together = credit_idr + paid_idr
    if together >= asked_idr:
        return Settlement(True, Rupiah(together - asked_idr), ZERO)
    return Settlement(False, Rupiah(together), Rupiah(asked_idr - together))


def months_to_free(standing: Iterable[tuple[date, int]], short_idr: int) -> list[date]:
    """The latest paid months (month, amount) whose money makes up for ``short_idr``; all of them when it does not."""
    freed: list[date] = []
    for month, amount_idr in sorted(standing, reverse=True):
        if short_idr <= 0:
            break
        freed.append(month)
        short_idr -= amount_idr
    return freed


def months_after_death(months: Iterable[date], died_on: date) -> list[date]:
    """Of these months, the ones that begin after the month of death: they protect nobody."""
    return [month for month in months if Period.of(month) > Period.of(died_on)]
