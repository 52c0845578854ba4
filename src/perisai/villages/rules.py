"""The steps of a village in the programme, and what it must show at each (domain 6.2, 6.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from perisai import rulebook
from perisai.kernel.errors import Code, Refused


class State(StrEnum):
    NOMINATED = "nominated"
    OFFICIALS_REGISTERED = "officials_registered"
    SOCIALISED = "socialised"
    AGREED = "agreed"
    STAFFED = "staffed"
    LAUNCHED = "launched"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    CONFIRM_OFFICIALS = "confirm_officials"
    CONCLUDE_SESSIONS = "conclude_sessions"
    SIGN_AGREEMENT = "sign_agreement"
    CONFIRM_AGENTS = "confirm_agents"
    LAUNCH = "launch"
    KEEP_UP = "keep_up"
    WITHDRAW = "withdraw"


MOVES: Final[dict[tuple[State, Action], State]] = {
    (State.NOMINATED, Action.CONFIRM_OFFICIALS): State.OFFICIALS_REGISTERED,
    (State.OFFICIALS_REGISTERED, Action.CONCLUDE_SESSIONS): State.SOCIALISED,
    (State.SOCIALISED, Action.SIGN_AGREEMENT): State.AGREED,
    (State.AGREED, Action.CONFIRM_AGENTS): State.STAFFED,
    (State.STAFFED, Action.LAUNCH): State.LAUNCHED,
    (State.LAUNCHED, Action.KEEP_UP): State.LAUNCHED,
    (State.NOMINATED, Action.WITHDRAW): State.WITHDRAWN,
    (State.OFFICIALS_REGISTERED, Action.WITHDRAW): State.WITHDRAWN,
    (State.SOCIALISED, Action.WITHDRAW): State.WITHDRAWN,
    (State.AGREED, Action.WITHDRAW): State.WITHDRAWN,
    (State.STAFFED, Action.WITHDRAW): State.WITHDRAWN,
    (State.LAUNCHED, Action.WITHDRAW): State.WITHDRAWN,
}
NEXT_STEP: Final = {state: action for (state, action) in MOVES if action is not Action.WITHDRAW}
"""The one step forward from each state; a village that left is nominated anew."""


def next_state(state: State, action: Action) -> State:
    """Raises Refused(WRONG_ORDER) for a move that the table does not hold."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(Code.WRONG_ORDER, state=state.value, action=action.value) from None


class Criterion(StrEnum):
    """What is asked; the name is the rulebook's."""

    OFFICIALS_REGISTERED = "officials_registered"
    JORONG_REACHED = "jorong_reached"
    AGENTS_LEAST = "agents_least"


@dataclass(frozen=True, slots=True)
class Check:
    """``have`` of ``wanted``; how sure we are of the criterion stands beside it, for it decides something."""

    criterion: Criterion
    have: int
    wanted: int
    reference: str
    confidence: str

    @property
    def met(self) -> bool:
        return self.have >= self.wanted


def officials_check(registered: int, officials: int, on: date) -> Check:
    """How many of the officials in office are members. Without an official on the list at least one is wanted."""
    return _share(Criterion.OFFICIALS_REGISTERED, registered, officials, on)


def sessions_check(reached: int, jorong: int, on: date) -> Check:
    """In how many of the village's jorong (or dusun) the programme was explained."""
    return _share(Criterion.JORONG_REACHED, reached, jorong, on)


def agents_check(agents: int, on: date) -> Check:
    """How many Perisai of the village are active."""
    law = rulebook.on(on).whole(f"villages.{Criterion.AGENTS_LEAST}")
    return Check(Criterion.AGENTS_LEAST, agents, law.value, law.reference, law.confidence)


def must_meet(check: Check) -> None:
    """Raises Refused(VILLAGE_NOT_READY) with what there is and what is wanted."""
    if not check.met:
        raise Refused(_LACKS[check.criterion], have=check.have, wanted=check.wanted)


_LACKS: Final = {
    Criterion.OFFICIALS_REGISTERED: Code.VILLAGE_OFFICIALS_MISSING,
    Criterion.JORONG_REACHED: Code.VILLAGE_SESSIONS_MISSING,
    Criterion.AGENTS_LEAST: Code.VILLAGE_AGENTS_MISSING,
}


def _share(criterion: Criterion, have: int, of: int, on: date) -> Check:
    law = rulebook.on(on).rate(f"villages.{criterion}")
    wanted = -(-Fraction(law.value) * max(of, 1) // 1)
    return Check(criterion, have, int(wanted), law.reference, law.confidence)
