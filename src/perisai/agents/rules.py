"""The states of a Perisai (domain 1.8, 10)."""

import re
from enum import StrEnum
from typing import Final

from perisai.kernel.errors import Code, Refused


class State(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Action(StrEnum):
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    TERMINATE = "terminate"


class End(StrEnum):
    """How an agent's work ended: it decides about what is not paid yet, and when they may come back (domain 1.8)."""

    DECIDED = "decided"
    IDLE = "idle"
    FRAUD = "fraud"


MOVES: Final[dict[tuple[State, Action], State]] = {
    (State.ACTIVE, Action.SUSPEND): State.SUSPENDED,
    (State.ACTIVE, Action.TERMINATE): State.TERMINATED,
    (State.SUSPENDED, Action.REINSTATE): State.ACTIVE,
    (State.SUSPENDED, Action.TERMINATE): State.TERMINATED,
}


def next_state(state: State, action: Action) -> State:
    """Raises Refused(WRONG_ORDER) for a move that the table does not hold."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(Code.WRONG_ORDER, state=state.value, action=action.value) from None


_ACCOUNT: Final = re.compile(r"[0-9]{6,20}")


def bank_account(typed: str) -> str:
    """The account number in digits; a bank's name before it stays out. Raises Refused(BANK_ACCOUNT_MALFORMED)."""
    digits = re.sub(r"[\s.-]", "", typed)
    if not _ACCOUNT.fullmatch(digits):
        raise Refused(Code.BANK_ACCOUNT_MALFORMED, field="bank_account")
    return digits
