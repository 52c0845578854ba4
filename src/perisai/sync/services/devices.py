"""Phones: enrolled by their agent, revoked by the branch."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from perisai.agents import selectors as agents
from perisai.audit import services as audit
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, Refused
from perisai.organisation.policy import Permission
from perisai.sync import selectors
from perisai.sync.models import Device
from perisai.sync.rules import CONTACT_STEP
from perisai.vault import parcels


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A phone and the token that opens the door for it; the token is shown this once."""

    device: Device
    token: str


@transaction.atomic
def enrol_device(*, actor: Actor, device_id: UUID, label: str, key: str) -> Enrolled:
    """A Perisai takes a phone into use; the same phone again gets a new token and keeps its salt.

    ``key`` is the phone's public P-256 key, raw, in base64url. Raises Refused(ONLY_FOR_PERISAI | DEVICE_TAKEN |
    FIELD_WRONG).
    """
    if Role.PERISAI not in actor.roles_on(clock.today()):
        raise Refused(Code.ONLY_FOR_PERISAI)
    agent = agents.agent_of(actor)
    if agent.ended_on is not None:
        raise Refused(Code.ONLY_FOR_PERISAI)
    point, token = _point(key), secrets.token_urlsafe(32)
    device = Device.objects.select_for_update().filter(pk=device_id).first()
    if device is None:
        device = Device(id=device_id, agent=agent, salt=os.urandom(32))
    elif device.agent_id != agent.id or device.revoked_at is not None:
        raise Refused(Code.DEVICE_TAKEN, field="device")
    device.agent, device.label, device.key = agent, names.tidy(label)[:60], point
    device.token_hash = selectors.token_hash(token)
    device.save(force_insert=device._state.adding)
    audit.record(actor, "sync.device.enrolled", device)
    return Enrolled(device, token)


@transaction.atomic
def revoke_device(*, actor: Actor, device_id: UUID, reason: str) -> Device:
    """Nothing more is taken from the phone, and it empties itself at its next contact; revoked twice is revoked once.

    Raises NotFound, Refused(REASON_MISSING).
    """
    device = selectors.device_for(actor, device_id, Permission.MANAGE_AGENTS, lock=True)
    reason = names.tidy(reason)[:200]
    if not reason:
        raise Refused(Code.REASON_MISSING, field="reason")
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by_id = clock.now(), actor.person_id
        device.save(update_fields=["revoked_at", "revoked_by"])
        audit.record(actor, "sync.device.revoked", device, note=reason)
    return device


@transaction.atomic
def note_contact(*, actor: Actor, device: Device, skew_seconds: int | None) -> None:
    """When the phone was last here and how far its clock was ahead; written at most once a minute."""
    now = clock.now()
    fresh = device.last_contact_at is not None and now - device.last_contact_at < CONTACT_STEP
    known = skew_seconds is None or (device.skew_seconds is not None and abs(device.skew_seconds - skew_seconds) < 60)
    if fresh and known:
        return
    device.last_contact_at = now
    device.skew_seconds = device.skew_seconds if skew_seconds is None else skew_seconds
    device.save(update_fields=["last_contact_at", "skew_seconds"])


def _point(key: str) -> bytes:
    try:
        point = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
        parcels.public_from(point)
    except ValueError:
        raise Refused(Code.FIELD_WRONG, field="key", name="key", expected="P-256, base64url") from None
    return point
