"""The states of a branch's incentive month: prepared by one person, approved by another, closed for good."""

from enum import StrEnum
from typing import Final

from perisai.kernel.errors import Code, Refused


class State(StrEnum):
    OPEN = "open"
    PREVIEWED = "previewed"
    APPROVED = "approved"
    CLOSED = "closed"


class Action(StrEnum):
    PREVIEW = "preview"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    CLOSE = "close"


MOVES: Final[dict[tuple[State, Action], State]] = {
    (State.OPEN, Action.PREVIEW): State.PREVIEWED,
    (State.PREVIEWED, Action.PREVIEW): State.PREVIEWED,
    (State.PREVIEWED, Action.SEND_BACK): State.OPEN,
    (State.PREVIEWED, Action.APPROVE): State.APPROVED,
    (State.APPROVED, Action.CLOSE): State.CLOSED,
}
TAKES_LINES: Final = (State.OPEN, State.PREVIEWED)
"""A month takes lines until it is approved; what is found out later is booked in the next month that takes lines."""


def next_state(state: State, action: Action) -> State:
    """Raises Refused(WRONG_ORDER) for a move that the table does not hold."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(Code.WRONG_ORDER, state=state.value, action=action.value) from None


def must_be_another(prepared_by: object, approved_by: object) -> None:
    """Four eyes: raises Refused(OWN_MONTH) for who approves what they prepared themselves."""
    if prepared_by == approved_by:
        raise Refused(Code.OWN_MONTH)
