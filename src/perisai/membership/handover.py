"""The ledger of members who pass from one agent to another."""

from collections.abc import Iterable
from uuid import UUID

from perisai.kernel.actor import Actor
from perisai.membership.models import Handover


def note(actor: Actor, member_ids: Iterable[UUID], from_id: UUID | None, to_id: UUID | None, reason: str) -> None:
    """One entry a member, in the caller's transaction; from or to None stands for the branch."""
    Handover.objects.bulk_create(
        Handover(member_id=each, from_agent_id=from_id, to_agent_id=to_id, reason=reason, by_id=actor.user_id)
        for each in sorted(member_ids)
    )
