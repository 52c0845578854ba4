"""Ledgers are append-only in the database itself, whoever writes to it."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.house import tables

LEDGERS = {
    "audit_entry": "who did what",
    "membership_death": "who has died, by which paper",
    "membership_protectionentry": "protection begins and ends",
    "membership_personchange": "contact data as they changed",
    "membership_handover": "members pass from agent to agent",
    "sync_receivedcommand": "what phones sent",
    "sync_commandoutcome": "what they were answered",
    "contributions_payment": "money that came",
    "contributions_contributionline": "months paid",
    "banks_banknotice": "what banks told us",
    "contributions_creditentry": "money that pays no month yet",
    "contributions_reversal": "payments that banks took back",
    "banks_statement": "lists of banks",
    "banks_statementline": "credits on them",
    "incentives_accrual": "runs of a month",
    "incentives_incentiveline": "what agents earned",
    "villages_stepentry": "steps of a village in the programme",
    "villages_session": "the programme explained in a jorong",
    "villages_plan": "villages to launch in a year",
    "incentives_statement": "what an approved month comes to",
    "contributions_firmdue": "what firms owe",
    "contributions_firmpayment": "money that came from firms",
    "employers_wagereport": "what firms paid their workers",
    "targets_target": "what an office is to reach",
    "targets_reportedfigure": "what a paper said",
}


def test_a_table_that_calls_itself_append_only_is_a_ledger_and_no_other() -> None:
    called = {each._meta.db_table for each in tables.ours() if "append-only" in (each.__doc__ or "").lower()}
    assert called == set(LEDGERS)


def test_a_table_of_lines_is_a_ledger() -> None:
    assert {each._meta.db_table for each in tables.ours() if each.__name__.endswith(("Line", "Entry"))} <= set(LEDGERS)


@pytest.mark.django_db
@pytest.mark.parametrize("table", LEDGERS)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_a_ledger_refuses_every_change(table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
