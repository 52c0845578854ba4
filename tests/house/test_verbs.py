"""The shape of every verb: keyword-only, the actor first, one transaction, a docstring that tells what it raises."""

import ast
from pathlib import Path

import pytest
from tests.house import source

SERVICES = sorted([*source.PERISAI.glob("*/services.py"), *source.PERISAI.glob("*/services/[a-z]*.py")])
NEAR_THE_GROUND = {"audit", "notices", "vault", "paper"}
"""Called by verbs inside the verb's own transaction, and by jobs: they have no door."""

NO_ACTOR = {
    "accounts.sign_in": "nobody is signed in yet",
    "banks.issue_token": "the bank is only showing who it is",
    "banks.admit": "the bank is only showing who it is",
}
NOT_ATOMIC = {
    "banks.issue_token": "what is refused is logged in a transaction of its own",
    "banks.admit": "what is refused is logged in a transaction of its own",
    "banks.answer_inquiry": "what is refused is logged in a transaction of its own",
    "banks.take_payment": "a booking is undone, but its refusal is logged, in a transaction of its own",
    "sync.take_in_parcel": "each command of it is a transaction of its own",
    "sync.receive_all": "each command is a transaction of its own",
    "accounts.sign_in": "a failure is counted in a transaction of its own",
    "accounts.change_password": "a wrong old password is counted even though the change is refused",
    "contributions.note_refused_payment": "one entry; the refused transaction has ended",
    "incentives.prepare_months": "a month a transaction, so that its progress is seen",
    "incentives.statement_document": "reads only",
    "incentives.wadah_statement_document": "reads only",
}


def verbs(path: Path) -> list[tuple[str, ast.FunctionDef]]:
    room = source.room_of(path)
    return [
        (f"{room}.{node.name}", node)
        for node in source.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and room not in NEAR_THE_GROUND
    ]


VERBS = [verb for path in SERVICES for verb in verbs(path)]


def test_there_are_verbs() -> None:
    assert len(VERBS) > 20


@pytest.mark.parametrize(("name", "node"), VERBS, ids=[name for name, _ in VERBS])
def test_a_verb_is_keyword_only_with_the_actor_first(name: str, node: ast.FunctionDef) -> None:
    assert not node.args.args and not node.args.posonlyargs and node.args.vararg is None
    names = [each.arg for each in node.args.kwonlyargs]
    assert names[:1] == ["actor"] or name in NO_ACTOR
    assert not {"request", "form", "session"} & set(names)


@pytest.mark.parametrize(("name", "node"), VERBS, ids=[name for name, _ in VERBS])
def test_a_verb_is_one_transaction(name: str, node: ast.FunctionDef) -> None:
    atomic = any(ast.unparse(each) == "transaction.atomic" for each in node.decorator_list)
    assert atomic != (name in NOT_ATOMIC)


@pytest.mark.parametrize(("name", "node"), VERBS, ids=[name for name, _ in VERBS])
def test_a_verb_says_what_it_does(name: str, node: ast.FunctionDef) -> None:
    assert ast.get_docstring(node)


@pytest.mark.parametrize(("name", "node"), VERBS, ids=[name for name, _ in VERBS])
def test_a_verb_has_no_switch(name: str, node: ast.FunctionDef) -> None:
    """A boolean that changes what a verb means makes it two verbs; one that is a fact of the row is named in the row."""
    facts = {"must_change_password"}
    flags = {
        each.arg
        for each in node.args.kwonlyargs
        if each.annotation is not None and ast.unparse(each.annotation) == "bool"
    }
    assert flags <= facts
