"""What a handover changes in pay: read from the members of an agent and the last month that each of them paid."""

from typing import Final
from uuid import UUID

from django.db import connection

from perisai.agents import selectors as agents
from perisai.incentives.rules.work import Managed
from perisai.kernel.actor import Actor
from perisai.kernel.money import Rupiah
from perisai.organisation.policy import Permission

_MANAGED: Final = """
SELECT member.id, COALESCE(last.total_idr, 0), COALESCE(last.managed_month, 0)
FROM membership_member member
LEFT JOIN LATERAL (
    SELECT line.total_idr, line.managed_month FROM contributions_contributionline line
    WHERE line.member_id = member.id AND line.agent_id = member.agent_id AND line.turn %% 2 = 0
    ORDER BY line.month DESC LIMIT 1
) last ON true
WHERE member.agent_id = %s
ORDER BY member.id
"""


def members_of(actor: Actor, agent_id: UUID) -> dict[UUID, Managed]:
    """Every member of the agent, with the last month paid and how many months the agent has had them. Raises NotFound."""
    agent = agents.agent_for(actor, agent_id, Permission.MANAGE_AGENTS)
    with connection.cursor() as cursor:
        cursor.execute(_MANAGED, [agent.id])
        return {member_id: Managed(Rupiah(total), months) for member_id, total, months in cursor.fetchall()}
