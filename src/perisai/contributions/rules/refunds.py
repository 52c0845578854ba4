"""A refund: proposed by one person, decided by another, paid out with the bank's reference."""

from enum import StrEnum
from typing import Final

from perisai.kernel.errors import Code, Refused


class RefundState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"


class RefundAction(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    PAY = "pay"


class Payee(StrEnum):
    """Who may get money back. There is no agent among them, and no Wadah (domain 1.7)."""

    MEMBER = "member"
    HEIR = "heir"
    PAYER = "payer"


REFUND_MOVES: Final[dict[tuple[RefundState, RefundAction], RefundState]] = {
    (RefundState.PROPOSED, RefundAction.APPROVE): RefundState.APPROVED,
    (RefundState.PROPOSED, RefundAction.REJECT): RefundState.REJECTED,
    (RefundState.APPROVED, RefundAction.REJECT): RefundState.REJECTED,
    (RefundState.APPROVED, RefundAction.PAY): RefundState.PAID,
}


def next_refund_state(state: RefundState, action: RefundAction) -> RefundState:
    """Raises Refused(WRONG_ORDER) for a move that the table does not hold."""
    try:
        return REFUND_MOVES[state, action]
    except KeyError:
        raise Refused(Code.WRONG_ORDER, state=state.value, action=action.value) from None
