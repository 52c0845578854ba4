"""Statements in bulk: one set-based statement over the lines of approved months; ``rules.payout.settle`` is its oracle."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from perisai import rulebook
from perisai.kernel.period import Period

_WRITE: Final = """
WITH earned AS MATERIALIZED (
    SELECT month.id AS month_id, line.branch_id, line.agent_id, line.wadah_id, sum(line.agent_idr)::bigint AS agent_idr,
        sum(line.wadah_idr)::bigint AS wadah_idr
    FROM incentives_incentiveline line JOIN incentives_month month USING (branch_id)
    WHERE line.period = %(first)s AND month.id = ANY(%(months)s)
        AND (%(agents)s::uuid[] IS NULL OR line.agent_id = ANY(%(agents)s))
    GROUP BY month.id, line.branch_id, line.agent_id, line.wadah_id
), gross AS (
    SELECT month_id, earned.branch_id, earned.agent_id, agent.wadah_id, sum(agent_idr)::bigint AS gross_idr
    FROM earned JOIN agents_agent agent ON agent.id = earned.agent_id
    GROUP BY month_id, earned.branch_id, earned.agent_id, agent.wadah_id
    UNION ALL
    SELECT month_id, branch_id, NULL, wadah_id, sum(wadah_idr)::bigint
    FROM earned GROUP BY month_id, branch_id, wadah_id
), before AS MATERIALIZED (
    -- read once, before the first statement is written: what each payee carries from their last one
    SELECT DISTINCT ON (COALESCE(agent_id, wadah_id)) COALESCE(agent_id, wadah_id) AS payee_id, carried_idr
    FROM incentives_statement
    WHERE period < %(first)s AND COALESCE(agent_id, wadah_id) IN (SELECT COALESCE(agent_id, wadah_id) FROM gross)
    ORDER BY COALESCE(agent_id, wadah_id), period DESC
), brought AS (
    SELECT gross.*, COALESCE(before.carried_idr, 0) AS brought_idr
    FROM gross LEFT JOIN before ON before.payee_id = COALESCE(gross.agent_id, gross.wadah_id)
), taxed AS (
    SELECT brought.*, GREATEST(gross_idr + brought_idr, 0) AS base_idr,
        floor(GREATEST(gross_idr + brought_idr, 0) * %(rate)s)::bigint AS tax_idr
    FROM brought
)
INSERT INTO incentives_statement (id, month_id, period, branch_id, agent_id, wadah_id, gross_idr, brought_idr, tax_rate,
    tax_idr, net_idr, carried_idr, rulebook_hash, made_at)
SELECT gen_random_uuid(), month_id, %(first)s, branch_id, agent_id, wadah_id, gross_idr, brought_idr, %(rate)s, tax_idr,
    base_idr - tax_idr, LEAST(gross_idr + brought_idr, 0), %(rulebook_hash)s, %(now)s
FROM taxed
"""


def write_statements(period: Period, month_ids: Sequence[UUID], agent_ids: Sequence[UUID] | None, now: datetime) -> int:
    """A statement for every agent and Wadah with lines in those months; how many. ``agent_ids`` is all who may have any.

    With ``agent_ids`` the lines are found through the agents, who are the index of the ledger; None reads the whole month.
    """
    law = rulebook.on(period.first_day)
    given: dict[str, Any] = {
        "first": period.first_day,
        "months": list(month_ids),
        "agents": None if agent_ids is None else list(agent_ids),
        "rate": law.rate("incentive.tax.rate").value,
        "rulebook_hash": law.hash,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, given)
        return int(cursor.rowcount)
