"""Reading phones and what came from them."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from perisai.agents import selectors as agents
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.membership import selectors as membership
from perisai.membership.selectors import CardCheck
from perisai.organisation.policy import Permission
from perisai.sync import slips
from perisai.sync.models import CommandOutcome, Device, Evidence, Picture, ReceivedCommand


def token_hash(token: str) -> bytes:
    """A token has 256 random bits, so a plain hash hides it."""
    return hashlib.sha256(token.encode()).digest()


def find_device_of_token(token: str) -> Device | None:
    """The phone that was given this token, revoked or not, with its agent's branch."""
    return (
        Device.objects.select_related("agent__branch", "agent__wadah", "agent__village")
        .filter(token_hash=token_hash(token))
        .first()
    )


def devices_of_agent(actor: Actor, agent_id: UUID) -> list[Device]:
    """Every phone of the agent, the latest first. Raises NotFound."""
    agent = agents.agent_for(actor, agent_id)
    return list(Device.objects.filter(agent=agent).order_by("-enrolled_at"))


def device_for(actor: Actor, device_id: UUID, permission: Permission, *, lock: bool = False) -> Device:
    """Raises NotFound when there is none or the actor may not see its agent."""
    rows = Device.objects.filter(pk=device_id, agent__in=agents.visible_to(actor, permission))
    device = (rows.select_for_update(of=("self",)) if lock else rows).select_related("agent").first()
    if device is None:
        raise NotFound("device")
    return device


def find_outcome(command_id: UUID) -> tuple[bytes, CommandOutcome] | None:
    """The digest of a command that has come, and what was answered."""
    outcome = CommandOutcome.objects.select_related("command").filter(command_id=command_id).first()
    return (bytes(outcome.command.digest), outcome) if outcome else None


def outcomes_of(device: Device, command_ids: Iterable[str]) -> dict[str, tuple[bytes, CommandOutcome]]:
    """``find_outcome`` of many, by id as it is written; only of phones of the same agent."""
    ids = [UUID(each) for each in command_ids if _UUID.fullmatch(each)]
    rows = CommandOutcome.objects.select_related("command").filter(
        command_id__in=ids, command__device__agent_id=device.agent_id
    )
    return {str(each.command_id): (bytes(each.command.digest), each) for each in rows}


_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def step_taken(device_id: UUID, entity: UUID, seq: int) -> bool:
    """Whether that step of the phone about that thing has come, whatever was answered."""
    return ReceivedCommand.objects.filter(device_id=device_id, entity=entity, seq=seq).exists()


def find_phone(device: Device, device_id: UUID) -> Device | None:
    """The phone that a command names: the one that carries it, or another one of the same agent."""
    if device_id == device.id:
        return device
    rows = Device.objects.select_related("agent__branch", "agent__wadah", "agent__village")
    return rows.filter(pk=device_id, agent_id=device.agent_id).first()


def received_of(name: str) -> int:
    """How many bytes of that picture are here."""
    return Picture.objects.filter(pk=name).values_list("received", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sent beside a referral. ``photo``, ``signature``: ``come``, ``coming`` (named, not whole yet) or empty."""

    photo: str
    signature: str
    position: str
    recorded_at: datetime


def evidence_of(registration_id: UUID) -> Sent | None:
    """None for a referral from an office form. The caller has passed the registration's door."""
    evidence = Evidence.objects.filter(registration_id=registration_id).first()
    if evidence is None:
        return None
    names = {evidence.photo, evidence.signature} - {""}
    come = set(Picture.objects.filter(pk__in=names, complete_at__isnull=False).values_list("id", flat=True))

    def state(name: str) -> str:
        return "" if not name else "come" if name in come else "coming"

    return Sent(state(evidence.photo), state(evidence.signature), evidence.position or "", evidence.recorded_at)


def check_card(token: str) -> CardCheck:
    """What a public check says of a card, or of a slip, whoever signed it: we or a phone without signal."""
    if token.startswith(slips.MARK):
        return CardCheck("slip" if slips.is_slip(token) else "unknown", "", None, "")
    return membership.check_card(token)
