"""The states of a Perisai (domain 1.8, 10)."""

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
