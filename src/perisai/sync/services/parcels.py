"""An outbox that left the phone as a sealed file is taken in by an officer: the same porter, the same one effect."""

import json
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from perisai.audit import services as audit
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.sync import selectors
from perisai.sync.models import Device
from perisai.sync.rules import MOST_OPEN_BYTES, Outcome
from perisai.sync.services.commands import Answer, receive_all
from perisai.vault import parcels


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A command of the parcel, by its kind and day as the phone wrote them, and what it was answered."""

    kind: str
    occurred_on: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class TakenIn:
    device: Device
    sealed_at: str
    commands: tuple[Unpacked, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(each.answer.outcome for each in self.commands)


def take_in_parcel(*, actor: Actor, parcel: bytes) -> TakenIn:
    """Each command of the file once, credited to the phone's agent, whoever brings it and however often.

    Raises Refused(PARCEL_BROKEN | DEVICE_REVOKED), NotFound for a phone of another branch.
    """
    content = _opened(parcel)
    device = selectors.find_device_of_token(content["token"])
    if device is None or str(device.id) != content["device"] or device.agent.user_id is None:
        raise Refused(Code.PARCEL_BROKEN, field="parcel")
    reach = organisation.scope_of(actor, Permission.DECIDE_REGISTRATION)
    if not reach.covers_office(device.agent.branch.path):
        raise NotFound("device")
    if not device.is_open:
        raise Refused(Code.DEVICE_REVOKED)
    commands = content["commands"]
    author = organisation.actor_for(device.agent.user_id)
    answers = receive_all(actor=author, device=device, commands=commands)
    taken = TakenIn(
        device,
        content["sealed_at"],
        tuple(
            Unpacked(_said(command, "kind"), _said(command, "occurred_on"), answer)
            for command, answer in zip(commands, answers, strict=True)
        ),
    )
    told = taken.counts
    audit.record(
        actor,
        "sync.parcel.taken",
        device,
        accepted=told[Outcome.ACCEPTED] + told[Outcome.IN_REVIEW],
        refused=told[Outcome.REFUSED] + told[Outcome.MISUSE],
        held=told[Outcome.HELD],
    )
    return taken


def _opened(parcel: bytes) -> dict[str, Any]:
    """Raises Refused(PARCEL_BROKEN) for what is not a parcel of the one known shape."""
    try:
        unpacker = zlib.decompressobj(wbits=31)
        raw = unpacker.decompress(parcels.open_parcel(parcel), MOST_OPEN_BYTES)
        content = json.loads(raw)
        if not unpacker.eof or not isinstance(content, dict):
            raise ValueError("shape")
        words = [content[name] for name in ("token", "device", "sealed_at")]
        if not all(isinstance(each, str) for each in words) or not isinstance(content["commands"], list):
            raise ValueError("shape")
        datetime.fromisoformat(content["sealed_at"])
    except (parcels.ParcelBroken, zlib.error, ValueError, KeyError, RecursionError):
        raise Refused(Code.PARCEL_BROKEN, field="parcel") from None
    return content


def _said(command: Any, name: str) -> str:
    said = command.get(name) if isinstance(command, dict) else None
    return said[:40] if isinstance(said, str) else ""
