"""What a bank's statement and our books say of one day, side by side (docs/algorithms/reconciliation.md).

The pure rule is the oracle of the SQL in ``banks.matching``. Amounts are whole rupiah.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from perisai.kernel.money import ZERO, Rupiah


class Difference(StrEnum):
    MISSING_HERE = "missing_here"
    MISSING_AT_BANK = "missing_at_bank"
    DOUBLE = "double"
    UNKNOWN = "unknown"
    AMOUNT_DIFFERS = "amount_differs"


class Action(StrEnum):
    """What was decided about a difference. ``SEEN_LATER`` is nobody's: a later statement or notice has cleared it."""

    BOOK_NOW = "book_now"
    BANK_TO_CORRECT = "bank_to_correct"
    REFUND_LATER = "refund_later"
    SEEN_LATER = "seen_later"


ACTIONS: Final[Mapping[Difference, tuple[Action, ...]]] = {
    Difference.MISSING_HERE: (Action.BOOK_NOW, Action.REFUND_LATER, Action.BANK_TO_CORRECT),
    Difference.MISSING_AT_BANK: (Action.BANK_TO_CORRECT,),
    Difference.DOUBLE: (Action.REFUND_LATER, Action.BANK_TO_CORRECT),
    Difference.UNKNOWN: (Action.REFUND_LATER, Action.BANK_TO_CORRECT),
    Difference.AMOUNT_DIFFERS: (Action.BANK_TO_CORRECT, Action.REFUND_LATER),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One credit on a statement. ``code`` is the payment code in its virtual account, empty where there is none."""

    reference: str
    code: str
    amount_idr: Rupiah
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """A payment in our books, by the bank's number of it."""

    reference: str
    amount_idr: Rupiah


@dataclass(frozen=True, slots=True)
class Verdict:
    """One pair, or one without its other half; ``difference`` None where both agree. ``nth`` counts a number's lines."""

    reference: str
    nth: int
    bank_idr: Rupiah
    ours_idr: Rupiah
    difference: Difference | None


def judge(
    lines: Iterable[Line],
    booked: Iterable[Booked],
    *,
    codes: Collection[str],
    told_before: Collection[str] = (),
    told_elsewhere: Collection[str] = (),
) -> list[Verdict]:
    """Every line of the day's statement, then every payment of the day that no statement speaks of.

    ``booked`` are the payments of the day and those that a line names; ``codes`` are payment codes of ours;
    ``told_before`` are the bank's numbers on its statements of earlier days, ``told_elsewhere`` those of any other day.
    """
    ours = {payment.reference: payment for payment in booked}
    seen: Counter[str] = Counter()
    verdicts = []
    for line in lines:
        seen[line.reference] += 1
        first = seen[line.reference] == 1 and line.reference not in told_before
        payment = ours.get(line.reference) if first else None
        verdicts.append(
            Verdict(
                line.reference,
                seen[line.reference],
                line.amount_idr,
                payment.amount_idr if payment else ZERO,
                _difference(line, payment, first, codes),
            )
        )
    silent = [payment for payment in ours.values() if payment.reference not in {*seen, *told_elsewhere}]
    return verdicts + [
        Verdict(payment.reference, 1, ZERO, payment.amount_idr, Difference.MISSING_AT_BANK) for payment in silent
    ]


def _difference(line: Line, payment: Booked | None, first: bool, codes: Collection[str]) -> Difference | None:
    if not first:
        return Difference.DOUBLE
    if payment is None:
        return Difference.MISSING_HERE if line.code in codes else Difference.UNKNOWN
    return None if payment.amount_idr == line.amount_idr else Difference.AMOUNT_DIFFERS
