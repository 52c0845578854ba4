"""What a statement comes to, and the states of a transfer: sent to the bank, paid or failed, confirmed by who got it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from perisai import rulebook
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import ZERO, Rupiah, round_down
from perisai.kernel.period import Period


class State(StrEnum):
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class Action(StrEnum):
    PAY = "pay"
    FAIL = "fail"
    CONFIRM = "confirm"
    DENY = "deny"


MOVES: Final[dict[tuple[State, Action], State]] = {
    (State.SENT, Action.PAY): State.PAID,
    (State.SENT, Action.FAIL): State.FAILED,
    (State.PAID, Action.FAIL): State.FAILED,
    (State.PAID, Action.CONFIRM): State.CONFIRMED,
    (State.PAID, Action.DENY): State.DENIED,
    (State.DENIED, Action.FAIL): State.FAILED,
    (State.DENIED, Action.CONFIRM): State.CONFIRMED,
}
"""A failed transfer stays failed; the statement is paid again by another one, in the next batch."""


def next_state(state: State, action: Action) -> State:
    """Raises Refused(WRONG_ORDER) for a move that the table does not hold."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(Code.WRONG_ORDER, state=state.value, action=action.value) from None


class Withheld(StrEnum):
    """Why a statement is not paid now; the case decides, not the finance officer."""

    SUSPENDED = "suspended"
    FRAUD = "fraud"
    DISPUTE = "dispute"
    NO_ACCOUNT = "no_account"


@dataclass(frozen=True, slots=True)
class Settled:
    """``gross + brought = net + tax + carried``. ``carried`` is below 0 where more was taken back than earned."""

    gross_idr: Rupiah
    brought_idr: Rupiah
    tax_idr: Rupiah
    net_idr: Rupiah
    carried_idr: Rupiah


def settle(gross_idr: Rupiah, brought_idr: Rupiah, tax_rate: Decimal) -> Settled:
    """A payee's month: the debt of earlier months first, tax on what remains, rounded down (docs/algorithms/incentive.md).

    ``brought_idr`` is 0 or below. A debt that remains is carried to the next statement; nobody is asked to pay in.
    """
    base = Rupiah(gross_idr + brought_idr)
    if base <= 0:
        return Settled(gross_idr, brought_idr, ZERO, ZERO, base)
    tax = round_down(base * tax_rate)
    return Settled(gross_idr, brought_idr, tax, Rupiah(base - tax), ZERO)


def due_on(period: Period) -> date:
    """The day by which the month is paid: the 5th of the next (Perdir 13/2022); before, only "monthly" is known."""
    try:
        day = rulebook.on(period.first_day).whole("incentive.regime_2022.payout_day").value
    except rulebook.NotInForce:
        return period.next.last_day
    return period.next.first_day.replace(day=day)
