"""Every state machine of the house: its table is reachable, ends somewhere, and is all that the rule allows."""

from enum import StrEnum
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.house import source

from perisai.kernel.errors import Code, Refused

FIRST_AND_LAST = {
    "agents": ({"active"}, {"terminated"}),
    "incentives.month": ({"open"}, {"closed"}),
    "incentives.payout": ({"sent"}, {"failed", "confirmed"}),
    "membership": ({"submitted", "in_review"}, {"rejected", "completed"}),
    "villages": ({"nominated"}, {"withdrawn"}),
}
"""Where each machine begins, and where nothing more can happen."""

RULES = [*source.PERISAI.glob("*/rules.py"), *source.PERISAI.glob("*/rules/*.py")]
MACHINES: dict[str, Any] = {
    ".".join(name for name in path.relative_to(source.PERISAI).with_suffix("").parts if name != "rules"): rules
    for path in sorted(RULES)
    if path.stem != "__init__"
    and hasattr(
        rules := import_module(".".join(["perisai", *path.relative_to(source.PERISAI).with_suffix("").parts])), "MOVES"
    )
}
CROSS = [
    pytest.param(rules, state, action, id=f"{room}-{state}-{action}")
    for room, rules in MACHINES.items()
    for state, action in product(rules.State, rules.Action)
]


def reached(rules: Any, states: set[StrEnum]) -> set[StrEnum]:
    """States that moves lead to from these, and these."""
    found = set(states)
    while more := {to for (state, _), to in rules.MOVES.items() if state in found} - found:
        found |= more
    return found


def test_every_machine_is_known() -> None:
    assert set(MACHINES) == set(FIRST_AND_LAST)


@pytest.mark.parametrize(("rules", "state", "action"), CROSS)
def test_a_move_is_in_the_table_or_refused(rules: Any, state: StrEnum, action: StrEnum) -> None:
    if (state, action) in rules.MOVES:
        assert rules.next_state(state, action) is rules.MOVES[state, action]
    else:
        with pytest.raises(Refused) as refusal:
            rules.next_state(state, action)
        assert refusal.value.code is Code.WRONG_ORDER
        assert refusal.value.facts == {"state": state.value, "action": action.value}


@pytest.mark.parametrize("room", MACHINES)
def test_every_state_can_be_reached(room: str) -> None:
    rules = MACHINES[room]
    first = {rules.State(each) for each in FIRST_AND_LAST[room][0]}
    assert reached(rules, first) == set(rules.State)


@pytest.mark.parametrize("room", MACHINES)
def test_the_last_states_are_the_ones_without_a_way_out(room: str) -> None:
    rules = MACHINES[room]
    assert {state.value for state in rules.State if not any(state is begin for begin, _ in rules.MOVES)} == (
        FIRST_AND_LAST[room][1]
    )


@pytest.mark.parametrize("room", MACHINES)
def test_nobody_is_caught_in_a_circle(room: str) -> None:
    rules = MACHINES[room]
    last = {rules.State(each) for each in FIRST_AND_LAST[room][1]}
    assert all(reached(rules, {state}) & last for state in rules.State)


@pytest.mark.parametrize("room", MACHINES)
def test_every_action_moves_something(room: str) -> None:
    rules = MACHINES[room]
    assert {action for _, action in rules.MOVES} == set(rules.Action)


@given(st.data())
@pytest.mark.parametrize("room", MACHINES)
def test_a_random_walk_stays_in_the_table(room: str, data: st.DataObject) -> None:
    rules = MACHINES[room]
    state = rules.State(data.draw(st.sampled_from(sorted(FIRST_AND_LAST[room][0]))))
    for action in data.draw(st.lists(st.sampled_from(list(rules.Action)), max_size=20)):
        try:
            after = rules.next_state(state, action)
        except Refused:
            continue
        assert rules.MOVES[state, action] is after
        state = after
    assert state in reached(rules, {rules.State(each) for each in FIRST_AND_LAST[room][0]})
