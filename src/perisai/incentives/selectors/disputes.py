"""Reading disputes: every read starts from whose pay the actor may see."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, QuerySet

from perisai.agents import selectors as agents
from perisai.incentives.models import Dispute, IncentiveLine
from perisai.incentives.rules import Kind
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of

if TYPE_CHECKING:
    from perisai.agents.models import Agent


def own_agent(actor: Actor) -> "Agent":
    """The Perisai that the actor is, who may see their own pay. Raises NotFound."""
    if Role.PERISAI not in scope_of(actor, Permission.VIEW_INCENTIVES).own:
        raise NotFound("agent")
    return agents.agent_of(actor)


def is_posted(agent_id: UUID, period: Period, kind: Kind, subject: str) -> bool:
    """Whether the agent's month has a line about that subject."""
    rows = IncentiveLine.objects.filter(agent_id=agent_id, period=period.first_day, kind=kind, subject=subject)
    return rows.exists()


def disputes_visible_to(actor: Actor, permission: Permission = Permission.VIEW_INCENTIVES) -> QuerySet[Dispute]:
    """Open ones first, the most urgent on top; then the answered ones, newest first."""
    rows = Dispute.objects.filter(agent__in=agents.visible_to(actor, permission))
    return rows.select_related("agent__branch", "answered_by").order_by(
        F("answered_at").desc(nulls_first=True), "due_on", "id"
    )


def dispute_for(
    actor: Actor, dispute_id: UUID, permission: Permission = Permission.VIEW_INCENTIVES, *, lock: bool = False
) -> Dispute:
    """Raises NotFound when there is none or the actor may not see it."""
    rows = disputes_visible_to(actor, permission).filter(pk=dispute_id)
    dispute = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if dispute is None:
        raise NotFound("dispute")
    return dispute
