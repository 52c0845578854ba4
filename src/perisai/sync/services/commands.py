"""Receiving: each command once, in order, with its outcome."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from pydantic import ValidationError

from perisai.kernel import clock, shapes
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.sync import selectors
from perisai.sync.commands import SHAPES, Envelope, Step
from perisai.sync.handlers import HANDLERS, Effect
from perisai.sync.models import CommandOutcome, Device
from perisai.sync.rules import Outcome, digest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a phone is told of one command. ``problems`` are the refusal and what else was wrong at once."""

    id: str | None
    outcome: Outcome
    problems: tuple[dict[str, str], ...] = ()
    result: dict[str, Any] = field(default_factory=dict)


def receive_all(*, actor: Actor, device: Device, commands: list[Any]) -> list[Answer]:
    """Each command in its order, each in a transaction of its own: a bad one never stops the others.

    What came before is answered from one look: a whole batch sent again costs no more than that.
    """
    known = selectors.outcomes_of(device, [each for each in map(_id_of, commands) if each])
    return [_before(known, command) or _received(actor, device, command) for command in commands]


def _before(known: Mapping[str, tuple[bytes, CommandOutcome]], command: Any) -> Answer | None:
    """The answer of a command that came with these very bytes."""
    came, kept = known.get(_id_of(command) or "", (b"", None))
    return _kept(kept) if kept is not None and came == digest(command) else None


def _kept(outcome: CommandOutcome) -> Answer:
    answer = outcome.answer
    return Answer(str(outcome.command_id), Outcome(outcome.outcome), tuple(answer["problems"]), answer["result"])


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
        return _kept(kept)
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
