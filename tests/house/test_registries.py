"""Registries and their users agree: audit actions, notices, refusals, permissions."""

import ast
import re

import pytest
from tests.house import source

from perisai.audit.actions import ACTIONS
from perisai.kernel.actor import Role
from perisai.kernel.errors import Code
from perisai.notices.kinds import KINDS
from perisai.organisation.policy import POLICY, Permission


def calls(function: str, position: int) -> list[tuple[str, ast.expr]]:
    """Where ``audit.record`` or ``notices.enqueue`` is called, and the argument that names what."""
    return [
        (source.told(path, node.lineno), node.args[position])
        for path in source.files()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == function and len(node.args) > position
    ]


def literals(argument: ast.expr) -> list[str]:
    return [each.value for each in ast.walk(argument) if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def unused(names: set[str], home: str) -> set[str]:
    """Names that no string outside their own registry spells; an f-string spells all that begin with its fixed part."""
    written = [each for path in source.files() if path != source.PERISAI / home for each in source.strings(path)]
    return {name for name in names if not any(each.fullmatch(name) for each in written)}


@pytest.mark.parametrize(
    ("function", "position", "registry"),
    [("audit.record", 1, set(ACTIONS)), ("notices.enqueue", 0, set(KINDS))],
    ids=["audit", "notices"],
)
def test_what_is_called_by_name_stands_in_the_registry(function: str, position: int, registry: set[str]) -> None:
    found = calls(function, position)
    assert found
    strangers = [
        f"{place}: {name}"
        for place, argument in found
        if not isinstance(argument, ast.JoinedStr)
        for name in literals(argument)
        if name not in registry
    ]
    assert not strangers


def test_every_audit_action_is_recorded_somewhere() -> None:
    assert not unused(set(ACTIONS), "audit/actions.py")


def test_every_notice_is_sent_somewhere() -> None:
    assert not unused(set(KINDS), "notices/kinds.py")


@pytest.mark.parametrize("words", [*ACTIONS.values(), *KINDS.values()], ids=[*ACTIONS, *KINDS])
def test_every_sentence_stands_in_both_languages(words: tuple[str, str]) -> None:
    assert all(words) and words[0] != words[1]
    assert set(re.findall(r"\{(\w+)\}", words[0])) == set(re.findall(r"\{(\w+)\}", words[1]))


def attributes(owner: str, home: str) -> set[str]:
    """Names read as ``Owner.NAME`` outside the file that defines them."""
    return {
        node.attr
        for path in source.files()
        if path != source.PERISAI / home
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == owner
    }


def test_every_refusal_is_raised_somewhere() -> None:
    assert not {code.name for code in Code} - attributes("Code", "kernel/errors.py")


def test_every_permission_is_asked_somewhere_and_given_to_somebody() -> None:
    asked = attributes("Permission", "organisation/policy.py") | attributes("P", "organisation/policy.py")
    assert not {each.name for each in Permission} - asked
    assert not set(Permission) - frozenset().union(*POLICY.values())


def test_every_role_has_its_line_in_the_policy() -> None:
    assert set(POLICY) == set(Role)


def test_the_supervisory_board_sees_all_and_changes_nothing() -> None:
    looks = {each for each in Permission if each.name.startswith("VIEW_")}
    assert POLICY[Role.SUPERVISORY_BOARD] == looks


def test_the_system_administrator_has_no_rights_of_the_trade() -> None:
    assert POLICY[Role.SYSTEM_ADMINISTRATOR] == {Permission.MANAGE_ACCOUNTS}


def test_who_refers_never_decides() -> None:
    assert not [
        role for role, may in POLICY.items() if {Permission.REFER_MEMBER, Permission.DECIDE_REGISTRATION} <= may
    ]
