"""The verbs of contact data: changed from the field, corrected by the office, and what clashed settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.membership import contact, rules, selectors
from perisai.membership.models import ContactClash, Member
from perisai.membership.rules import Settled
from perisai.notices import services as notices
from perisai.organisation.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """``version`` is the one that now holds; ``merged`` are the fields that took effect, ``waiting`` those that did not."""

    version: int
    merged: tuple[str, ...]
    waiting: tuple[str, ...]


@transaction.atomic
def change_contact(*, actor: Actor, member_id: UUID, base_version: int, changes: Mapping[str, str]) -> ContactChanged:
    """The agent changes what a copy of ``base_version`` said. Other fields merge; a clash waits for the office.

    Raises NotFound, Misuse (a version that never was), Refused(NOTHING_CHANGED | PHONE_… | ADDRESS_… | VILLAGE_… |
    CHOICE_UNKNOWN).
    """
    member, clean = _locked(actor, member_id, changes)
    person = member.person
    if not 1 <= base_version <= person.version:
        raise Misuse("a version that never was")
    since = contact.changed_since(person.id, base_version)
    before = contact.values_of(person)
    fresh = {field: value for field, value in clean.items() if value != before[field]}
    clashes = {field: rules.clash(field, before[field], value, since) for field, value in fresh.items()}
    for field, reason in clashes.items():
        if reason is not None:
            ContactClash.objects.create(
                member=member,
                field=field,
                reason=reason,
                base_version=base_version,
                proposed=fresh[field],
                proposed_by_id=actor.person_id,
            )
    waiting = tuple(field for field, reason in clashes.items() if reason is not None)
    _write(actor, member, {field: value for field, value in fresh.items() if field not in waiting})
    return ContactChanged(person.version, tuple(field for field in clean if field not in waiting), waiting)


@transaction.atomic
def correct_contact(*, actor: Actor, member_id: UUID, base_version: int, changes: Mapping[str, str]) -> Member:
    """The office corrects what its page of ``base_version`` showed.

    Raises NotFound, Refused(CONTACT_CHANGED) where somebody was quicker, and what ``change_contact`` refuses.
    """
    member, clean = _locked(actor, member_id, changes)
    if not selectors.is_of_office(actor, member, Permission.CHANGE_CONTACT):
        raise NotFound("member")
    before = contact.values_of(member.person)
    fresh = {field: value for field, value in clean.items() if value != before[field]}
    if set(fresh) & contact.changed_since(member.person_id, base_version):
        raise Refused(Code.CONTACT_CHANGED)
    _write(actor, member, fresh)
    return member


@transaction.atomic
def take_contact(*, actor: Actor, clash_id: UUID) -> ContactClash:
    """The office takes the value from the field. Raises NotFound, Refused(WRONG_ORDER) for a clash that is settled."""
    clash = _settle(actor, clash_id, Settled.TAKEN)
    _write(actor, selectors.lock_member(clash.member_id), {clash.field: str(clash.proposed)})
    return clash


@transaction.atomic
def keep_contact(*, actor: Actor, clash_id: UUID) -> ContactClash:
    """The office keeps its own value, and the agent is told. Raises NotFound, Refused(WRONG_ORDER)."""
    clash = _settle(actor, clash_id, Settled.KEPT)
    notices.enqueue(
        "contact_kept",
        about=clash.member_id,
        office_path=clash.member.branch.path,
        user_id=clash.proposed_by_id,
        number=clash.member.number,
    )
    return clash


def _locked(actor: Actor, member_id: UUID, changes: Mapping[str, str]) -> tuple[Member, dict[str, str]]:
    """The member through the door, the person locked, and the changes in one spelling."""
    clean = rules.checked_contact(changes)
    if not clean:
        raise Refused(Code.NOTHING_CHANGED)
    member = selectors.member_for(actor, member_id, Permission.CHANGE_CONTACT, lock=True)
    member.person = contact.lock_person(member.person_id)
    if clean.get("village_code", member.person.village.code) != member.person.village.code:
        clean["village_code"] = contact.village_of(clean["village_code"]).code
    return member, clean


def _write(actor: Actor, member: Member, fresh: Mapping[str, str]) -> None:
    if not fresh:
        return
    contact.write(actor, member.person, fresh)
    if "occupation" in fresh and member.segment == rules.Segment.BPU:
        member.sector = rules.OCCUPATIONS[fresh["occupation"]]
        member.save(update_fields=["sector"])
    audit.record(actor, "membership.contact.changed", member, fields=",".join(fresh), version=member.person.version)


def _settle(actor: Actor, clash_id: UUID, settled: Settled) -> ContactClash:
    clash = selectors.clash_for(actor, clash_id, lock=True)
    if clash.state != Settled.OPEN:
        raise Refused(Code.WRONG_ORDER, state=clash.state, action=settled.value)
    clash.state, clash.settled_at, clash.settled_by_id = settled, clock.now(), actor.person_id
    clash.save(update_fields=["state", "settled_at", "settled_by"])
    audit.record(actor, "membership.contact.settled", clash.member, field=clash.field, chosen=settled.value)
    return clash
