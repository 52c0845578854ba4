"""Who has been idle for the months that the law counts: one set-based statement; ``rules.work.must_end`` is its oracle."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from perisai.incentives.rules import work
from perisai.kernel.period import Period

_IDLE: Final = """
WITH month AS (
    SELECT * FROM unnest(%(firsts)s::date[], %(nexts)s::date[], %(keeps)s::boolean[]) AS month (first, next, keeps)
)
SELECT agent.id FROM agents_agent agent
WHERE agent.state = 'active' AND agent.branch_id = ANY(%(branches)s::bigint[])
    AND agent.appointed_on <= (SELECT min(first) FROM month)
    AND NOT EXISTS (
        SELECT FROM month JOIN contributions_contributionline line
            ON line.received_on >= month.first AND line.received_on < month.next AND line.turn %% 2 = 0
        LEFT JOIN contributions_payment payment ON payment.id = line.payment_id
        LEFT JOIN contributions_paymentcode code ON code.id = payment.code_id
        WHERE line.agent_id = agent.id AND (code.registration_id IS NOT NULL OR (month.keeps AND line.total_idr > 0))
    )
ORDER BY agent.id
"""


def idle_agents(running: Period, branch_ids: Sequence[int]) -> list[UUID]:
    """Active agents of those branches who brought nothing in all of the months before ``running`` that count."""
    months = work.months_to_judge(running)
    given: dict[str, Any] = {
        "firsts": [each.first_day for each in months],
        "nexts": [each.next.first_day for each in months],
        "keeps": [work.contributions_keep(each) for each in months],
        "branches": list(branch_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_IDLE, given)
        return [row[0] for row in cursor.fetchall()]
