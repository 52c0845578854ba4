"""Which verb each kind of command calls, and what its answer says. Keys stand in the same order as in ``commands``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from perisai.contributions import services as contributions
from perisai.incentives import services as incentives
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.membership import services as membership
from perisai.membership import tokens
from perisai.membership.rules import State
from perisai.outreach import services as outreach
from perisai.sync.commands import Contact, Envelope, Event, Line, Months, Worker
from perisai.sync.models import Device, Evidence

if TYPE_CHECKING:
    from perisai.membership.models import Registration


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of an accepted command: facts for its author, without personal data."""

    result: dict[str, Any]
    in_review: bool = False


Handler = Callable[[Actor, Device, Envelope, Any], Effect]
"""Called in the porter's savepoint. Raises Refused, NotFound, Misuse: all that it did is then undone."""


def _refer_member(actor: Actor, device: Device, command: Envelope, body: Worker) -> Effect:
    registration = membership.refer_member(
        actor=actor, registration_id=command.entity, applicant=body.facts(), occurred_on=command.occurred_on
    )
    _keep_evidence(registration, device, command, body)
    return _referred(registration)


def _resubmit_registration(actor: Actor, device: Device, command: Envelope, body: Worker) -> Effect:
    registration = membership.resubmit_registration(actor=actor, registration_id=command.entity, applicant=body.facts())
    _keep_evidence(registration, device, command, body)
    return _referred(registration)


def _keep_evidence(registration: "Registration", device: Device, command: Envelope, body: Worker) -> None:
    """What a mended referral does not name again stays as it was."""
    named = {"photo": body.photo, "signature": body.signature, "position": body.position and str(body.position)}
    given = {name: value for name, value in named.items() if value}
    if given:
        Evidence.objects.update_or_create(
            registration=registration, defaults=given | {"device": device, "recorded_at": command.recorded_at}
        )


def _referred(registration: "Registration") -> Effect:
    return Effect(
        {
            "reference": registration.reference,
            "state": registration.state,
            "doubts": registration.doubts,
            "slip_token": tokens.slip_token(registration),
        },
        in_review=registration.state == State.IN_REVIEW,
    )


def _change_contact(actor: Actor, device: Device, command: Envelope, body: Contact) -> Effect:
    changed = membership.change_contact(
        actor=actor, member_id=command.entity, base_version=body.base_version, changes=body.changes()
    )
    return Effect({"version": changed.version, "merged": list(changed.merged)}, in_review=bool(changed.waiting))


def _request_code(actor: Actor, device: Device, command: Envelope, body: Months) -> Effect:
    code = contributions.issue_member_code(actor=actor, member_id=command.entity, months=body.months)
    return Effect({"code": code.code, "amount_idr": code.amount_idr, "expires_at": code.expires_at.isoformat()})


def _dispute_line(actor: Actor, device: Device, command: Envelope, body: Line) -> Effect:
    incentives.dispute_line(
        actor=actor,
        dispute_id=command.entity,
        period=Period.parse(body.period),
        kind=body.kind,
        subject=body.subject,
        text=body.text,
    )
    return Effect({})


def _record_attendance(actor: Actor, device: Device, command: Envelope, body: Event) -> Effect:
    gathering = body.gathering()
    outreach.record_attendance(
        actor=actor,
        event_id=command.entity,
        village_code=body.village_code,
        held_on=body.held_on,
        gathering=gathering,
    )
    return Effect({"attended": len(gathering.attendees)})


HANDLERS: Final[dict[tuple[str, int], Handler]] = {
    ("refer_member", 1): _refer_member,
    ("resubmit_registration", 1): _resubmit_registration,
    ("change_contact", 1): _change_contact,
    ("request_code", 1): _request_code,
    ("dispute_line", 1): _dispute_line,
    ("record_attendance", 1): _record_attendance,
}
