"""Following a contribution into what it earned, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perisai.agents import selectors as agents
from perisai.incentives.models import IncentiveLine
from perisai.incentives.rules import Kind
from perisai.kernel.actor import Actor
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission


@dataclass(frozen=True, slots=True)
class Earned:
    """One line of the incentive ledger and the statement that it stands in."""

    agent_id: UUID
    agent_number: str
    agent_name: str
    period: Period
    kind: Kind
    month: date | None
    received_idr: Rupiah
    agent_idr: Rupiah
    wadah_idr: Rupiah
    rulebook_hash: str


def earned_from(
    actor: Actor, agent_ids: Iterable[UUID], received_in: Iterable[Period], subjects: Iterable[str]
) -> list[Earned]:
    """What those facts (contribution lines, a registration) earned agents whom the actor may see, oldest first.

    ``received_in`` are the months in which the money came or went: the key and the partitions know them.
    """
    seen = agents.visible_to(actor, Permission.VIEW_INCENTIVES).filter(pk__in=list(agent_ids))
    rows = (
        IncentiveLine.objects.filter(
            agent_id__in=seen.values("pk"),
            about_period__in=[month.first_day for month in received_in],
            subject__in=[subject for subject in subjects if subject],
        )
        .select_related("agent")
        .order_by("period", "kind", "month", "turn")
    )
    return [
        Earned(
            agent_id=row.agent_id,
            agent_number=row.agent.number,
            agent_name=row.agent.name,
            period=Period.of(row.period),
            kind=Kind(row.kind),
            month=row.month,
            received_idr=Rupiah(row.received_idr),
            agent_idr=Rupiah(row.agent_idr),
            wadah_idr=Rupiah(row.wadah_idr),
            rulebook_hash=row.rulebook_hash,
        )
        for row in rows
    ]
