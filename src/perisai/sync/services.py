"""The porter: enrol and revoke phones; receive each command once, in order, with its outcome."""

from __future__ import annotations

import base64
import logging
import os
import secrets
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from pydantic import ValidationError

from perisai.agents import selectors as agents
from perisai.audit import services as audit
from perisai.kernel import clock, names, shapes
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.organisation.policy import Permission
from perisai.sync import selectors
from perisai.sync.commands import SHAPES, Envelope, Step
from perisai.sync.handlers import HANDLERS, Effect
from perisai.sync.models import CommandOutcome, Device
from perisai.sync.rules import CONTACT_STEP, Outcome, digest
from perisai.vault import parcels

log = logging.getLogger(__name__)

# --- phones ------------------------------------------------------------------------------------------------------


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


# --- commands ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What a phone is told of one command. ``problems`` are the refusal and what else was wrong at once."""

    id: str | None
    outcome: Outcome
    problems: tuple[dict[str, str], ...] = ()
    result: dict[str, Any] = field(default_factory=dict)


def receive_all(*, actor: Actor, device: Device, commands: list[Any]) -> list[Answer]:
    """Each command in its order, each in a transaction of its own: a bad one never stops the others."""
    return [_received(actor, device, command) for command in commands]


def _received(actor: Actor, device: Device, command: Any) -> Answer:
    try:
        return receive(actor=actor, device=device, command=command)
    except Exception:
        log.exception("a command stumbled")
        return _answer(_id_of(command), Outcome.HELD, Refused(Code.COMMAND_STUMBLED))


@transaction.atomic
def receive(*, actor: Actor, device: Device, command: Any) -> Answer:
    """One command, once: effect and outcome commit together, and the same id again gets the same answer.

    ``actor`` is the device's agent, whoever carries the command here. A command whose predecessor has not come is held:
    nothing is kept of it. What cannot even be named by id, thing and step is refused and not kept either.
    """
    try:
        step = Step.model_validate(command)
    except ValidationError as wrong:
        return _answer(_id_of(command), Outcome.REFUSED, shapes.refusal_of(wrong.errors()))
    author = selectors.find_phone(device, step.device)
    if author is None:
        other = Refused(Code.FIELD_WRONG, field="device", name="device", expected=str(device.id))
        return _answer(str(step.id), Outcome.REFUSED, other)
    envelope = _envelope(command)
    if not _take(author, step, command, None if isinstance(envelope, Refused) else envelope):
        return _not_taken(author, step, command)
    outcome, refusal, effect = _done(actor, author, envelope)
    answer = _answer(str(step.id), outcome, refusal, effect.result)
    CommandOutcome.objects.create(
        command_id=step.id,
        outcome=outcome,
        code=refusal.code if refusal else "",
        answer={"problems": list(answer.problems), "result": answer.result},
    )
    return answer


def _envelope(command: Any) -> Envelope | Refused:
    try:
        return Envelope.model_validate(command)
    except ValidationError as wrong:
        return shapes.refusal_of(wrong.errors())


# The predecessor is asked in the statement that takes the command: nothing of a held one is ever written.
_TAKE: Final = """
INSERT INTO sync_receivedcommand (id, device_id, kind, v, entity, seq, digest, recorded_at, occurred_on, received_at)
SELECT %(id)s, %(device)s, %(kind)s, %(v)s, %(entity)s, %(seq)s, %(digest)s, %(recorded_at)s, %(occurred_on)s, %(now)s
WHERE %(seq)s = 1 OR EXISTS (
    SELECT FROM sync_receivedcommand WHERE device_id = %(device)s AND entity = %(entity)s AND seq = %(seq)s - 1
)
ON CONFLICT DO NOTHING
"""


def _take(device: Device, step: Step, command: Any, envelope: Envelope | None) -> bool:
    """Whether it is new and its turn; waits for another transaction that is taking the same one."""
    given: dict[str, Any] = {
        "id": step.id,
        "device": device.id,
        "kind": envelope.kind if envelope else "",
        "v": envelope.v if envelope else 0,
        "entity": step.entity,
        "seq": step.seq,
        "digest": digest(command),
        "recorded_at": envelope.recorded_at if envelope else None,
        "occurred_on": envelope.occurred_on if envelope else None,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        return bool(cursor.rowcount)


def _not_taken(device: Device, step: Step, command: Any) -> Answer:
    """It came before, or another one came as this step, or its turn has not come."""
    known = selectors.find_outcome(step.id)
    if known is not None:
        came, kept = known
        if came != digest(command):
            return _answer(str(step.id), Outcome.MISUSE, Refused(Code.MISUSED))
        return Answer(str(step.id), Outcome(kept.outcome), tuple(kept.answer["problems"]), kept.answer["result"])
    if selectors.step_taken(device.id, step.entity, step.seq):
        return _answer(str(step.id), Outcome.MISUSE, Refused(Code.MISUSED))
    return _answer(str(step.id), Outcome.HELD, Refused(Code.COMMAND_EARLY))


_NOTHING: Final = Effect({})


def _done(actor: Actor, device: Device, envelope: Envelope | Refused) -> tuple[Outcome, Refused | None, Effect]:
    """The verb in a savepoint: a refusal undoes what it did, and only that."""
    try:
        if isinstance(envelope, Refused):
            raise envelope
        with transaction.atomic():
            effect = _called(actor, device, envelope)
    except Refused as refusal:
        return Outcome.REFUSED, refusal, _NOTHING
    except NotFound:
        return Outcome.REFUSED, Refused(Code.NOT_FOUND), _NOTHING
    except Misuse:
        return Outcome.MISUSE, Refused(Code.MISUSED), _NOTHING
    return (Outcome.IN_REVIEW if effect.in_review else Outcome.ACCEPTED), None, effect


def _called(actor: Actor, device: Device, envelope: Envelope) -> Effect:
    shape = SHAPES.get((envelope.kind, envelope.v))
    if shape is None:
        raise Refused(Code.COMMAND_UNKNOWN, field="kind", kind=envelope.kind, version=envelope.v)
    if envelope.occurred_on > clock.today(ZoneInfo(device.agent.branch.timezone)):
        raise Refused(Code.DATE_IN_FUTURE, field="occurred_on")
    try:
        body = shape.model_validate(envelope.body)
    except ValidationError as wrong:
        raise shapes.refusal_of(wrong.errors()) from None
    return HANDLERS[envelope.kind, envelope.v](actor, device, envelope, body)


def _answer(
    command_id: str | None, outcome: Outcome, refusal: Refused | None, result: dict[str, Any] | None = None
) -> Answer:
    problems = (refusal, *refusal.also) if refusal else ()
    return Answer(command_id, outcome, tuple(_told(each) for each in problems), result or {})


def _told(refusal: Refused) -> dict[str, str]:
    """In both languages: the answer is kept for ever, and its reader may change the language."""
    return {
        "code": refusal.code.value,
        "field": refusal.field,
        "id": refusal.sentence("id"),
        "en": refusal.sentence("en"),
    }


def _id_of(command: Any) -> str | None:
    """The id as it came, so that the phone knows which one is meant."""
    named = command.get("id") if isinstance(command, dict) else None
    return named[:36] if isinstance(named, str) else None
