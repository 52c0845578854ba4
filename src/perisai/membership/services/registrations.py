"""Referrals and what the office decides about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from perisai import vault
from perisai.agents import selectors as agents
from perisai.audit import services as audit
from perisai.certification.selectors import must_act
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.membership import contact, rules, search, selectors
from perisai.membership.models import Member, Person, Registration
from perisai.membership.rules import Action, Applicant, Doubt, State
from perisai.notices import services as notices
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.rows import insert, update

if TYPE_CHECKING:
    from perisai.agents.models import Agent


PERSON_NIK = "membership.person.nik"


# --- referral ----------------------------------------------------------------------------------------------------


@transaction.atomic
def refer_member(*, actor: Actor, registration_id: UUID, applicant: Applicant, occurred_on: date) -> Registration:
    """A Perisai refers a worker; the branch will decide. Sent twice with one id, it is one referral.

    A second referral of a NIK, a NIK that is a member, or a village outside the branch goes to review with its doubts.
    Raises NotFound, Misuse (same id, other person), Refused(AGENT_… | VILLAGE_… | any of ``rules.checked`` | DATE_IN_FUTURE).
    """
    agent = _referring_agent(actor)
    if occurred_on > clock.today():
        raise Refused(Code.DATE_IN_FUTURE, field="occurred_on")
    must_act(agent.id, occurred_on)
    applicant = rules.checked(applicant, occurred_on)
    village = regions.get_village_for_referral(applicant.village_code, occurred_on)
    nik_index = vault.blind_index(applicant.nik, context=PERSON_NIK)
    _lock_nik(nik_index)
    same_nik = selectors.registrations_like(nik_index, registration_id)
    sent_before = next((each for each in same_nik if each.pk == registration_id), None)
    if sent_before is not None:
        return _same_referral(sent_before, agent, nik_index)
    rival = next((each for each in same_nik if each.state in (*rules.HOLDS_THE_NIK, State.IN_REVIEW)), None)
    rival_member = next(iter(selectors.active_members_of_nik(nik_index)), None)
    serving = organisation.find_branch_serving(village.code, occurred_on)
    doubts = _doubts(rival, rival_member, outside=serving is None or serving.id != agent.branch_id)
    registration = Registration(
        id=registration_id,
        reference=ids.unguessable(8),
        state=State.IN_REVIEW if doubts else State.SUBMITTED,
        agent=agent,
        branch_id=agent.branch_id,
        entered_by_id=actor.person_id,
        occurred_on=occurred_on,
        doubts=doubts,
        rival_registration=rival,
        rival_member=rival_member,
        **_columns(applicant, village.id, nik_index),
    )
    insert(registration)
    audit.record(actor, "membership.registration.submitted", registration, doubts=",".join(doubts))
    notices.enqueue(
        "registration_received", about=registration.id, office_path=agent.branch.path, phone=applicant.phone
    )
    return registration


@transaction.atomic
def resubmit_registration(*, actor: Actor, registration_id: UUID, applicant: Applicant) -> Registration:
    """The Perisai mends what the office returned. Raises NotFound, Refused(WRONG_ORDER | NIK_OPEN_ELSEWHERE | …)."""
    agent = _referring_agent(actor)
    registration = selectors.registration_for(actor, registration_id, Permission.REFER_MEMBER, lock=True)
    must_act(agent.id, clock.today())
    state = rules.next_state(State(registration.state), Action.RESUBMIT)
    applicant = rules.checked(applicant, registration.occurred_on)
    village = regions.get_village_for_referral(applicant.village_code, registration.occurred_on)
    nik_index = vault.blind_index(applicant.nik, context=PERSON_NIK)
    _lock_nik(nik_index)
    _refuse_open_elsewhere(registration, nik_index)
    for column, value in _columns(applicant, village.id, nik_index).items():
        setattr(registration, column, value)
    registration.state, registration.submitted_at = state, clock.now()
    registration.entered_by_id = actor.person_id
    registration.decided_at = registration.decided_by = None
    registration.decision_note = ""
    registration.save()
    audit.record(actor, "membership.registration.resubmitted", registration)
    return registration


def _referring_agent(actor: Actor) -> Agent:
    if not organisation.scope_of(actor, Permission.REFER_MEMBER).own:
        raise NotFound("agent")
    return agents.agent_of(actor)


def _same_referral(sent_before: Registration, agent: Agent, nik_index: bytes) -> Registration:
    if sent_before.agent_id != agent.id or bytes(sent_before.nik_index) != nik_index:
        raise Misuse("this id belongs to another referral")
    return sent_before


def _doubts(rival: Registration | None, rival_member: Member | None, *, outside: bool) -> list[str]:
    found = {
        Doubt.NIK_REFERRED_TWICE: rival is not None,
        Doubt.NIK_ALREADY_MEMBER: rival_member is not None,
        Doubt.OUTSIDE_TERRITORY: outside,
    }
    return [doubt.value for doubt, holds in found.items() if holds]


def _columns(applicant: Applicant, village_id: int, nik_index: bytes) -> dict[str, Any]:
    return {
        "nik": applicant.nik,
        "nik_index": nik_index,
        "kk": applicant.kk or None,
        "name": applicant.name,
        "born_on": applicant.born_on,
        "sex": applicant.sex,
        "village_id": village_id,
        "address": applicant.address,
        "phone": applicant.phone,
        "mother_name": applicant.mother_name,
        "occupation": applicant.occupation,
        "income_idr": applicant.income_idr,
        "programmes": list(applicant.programmes),
        "months": applicant.months,
        "consent_at": clock.now(),
        "attested_work": applicant.attested_work,
    }


def _lock_nik(nik_index: bytes) -> None:
    """Two referrals or approvals of one NIK at the same instant take turns; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(nik_index[:8], "big", signed=True)])


def _refuse_open_elsewhere(registration: Registration, nik_index: bytes) -> None:
    """Raises Refused(NIK_OPEN_ELSEWHERE); the caller holds the lock of the NIK."""
    if selectors.holding_nik(nik_index, registration.pk):
        raise Refused(Code.NIK_OPEN_ELSEWHERE)


# --- decision ----------------------------------------------------------------------------------------------------


@transaction.atomic
def approve_registration(*, actor: Actor, registration_id: UUID, note: str = "") -> Registration:
    """The office accepts a referral and the person is written; membership starts with the first full payment.

    Raises NotFound, Refused(WRONG_ORDER | OWN_CASE | NIK_OPEN_ELSEWHERE | NIK_ACTIVE_MEMBER | PERSON_DIED).
    """
    registration = selectors.registration_for(actor, registration_id, Permission.DECIDE_REGISTRATION, lock=True)
    nik_index = bytes(registration.nik_index)
    _lock_nik(nik_index)
    _decide(registration, actor, Action.APPROVE, note)
    _refuse_open_elsewhere(registration, nik_index)
    if any(member.segment == rules.Segment.BPU for member in selectors.active_members_of_nik(nik_index)):
        raise Refused(Code.NIK_ACTIVE_MEMBER)
    person = next(iter(selectors.persons_of_nik(nik_index)), None)
    if person is not None and selectors.death_of(person.id) is not None:
        raise Refused(Code.PERSON_DIED)
    _write_person(actor, registration, person)
    update(registration, *_DECISION_COLUMNS)
    audit.record(actor, "membership.registration.approved", registration, note=note)
    return registration


@transaction.atomic
def hold_registration(*, actor: Actor, registration_id: UUID, note: str) -> Registration:
    """An officer sets a referral aside for a closer look. Raises NotFound, Refused(WRONG_ORDER | OWN_CASE | REASON_MISSING)."""
    registration = selectors.registration_for(actor, registration_id, Permission.DECIDE_REGISTRATION, lock=True)
    _decide(registration, actor, Action.HOLD, note)
    update(registration, *_DECISION_COLUMNS)
    audit.record(actor, "membership.registration.held", registration, note=note)
    return registration


@transaction.atomic
def return_registration(*, actor: Actor, registration_id: UUID, note: str) -> Registration:
    """Back to the Perisai to mend. Raises NotFound, Refused(WRONG_ORDER | OWN_CASE | REASON_MISSING | NIK_OPEN_ELSEWHERE)."""
    registration = selectors.registration_for(actor, registration_id, Permission.DECIDE_REGISTRATION, lock=True)
    _lock_nik(bytes(registration.nik_index))
    _decide(registration, actor, Action.RETURN, note)
    _refuse_open_elsewhere(registration, bytes(registration.nik_index))
    _tell_agent(registration, actor, "returned", note)
    return registration


@transaction.atomic
def reject_registration(*, actor: Actor, registration_id: UUID, note: str) -> Registration:
    """The end of this referral. Raises NotFound, Refused(WRONG_ORDER | OWN_CASE | REASON_MISSING)."""
    registration = selectors.registration_for(actor, registration_id, Permission.DECIDE_REGISTRATION, lock=True)
    _decide(registration, actor, Action.REJECT, note)
    _tell_agent(registration, actor, "rejected", note)
    return registration


_DECISION_COLUMNS = ["state", "decided_at", "decided_by", "decision_note"]


def _decide(registration: Registration, actor: Actor, action: Action, note: str) -> None:
    if registration.entered_by_id == actor.user_id:
        raise Refused(Code.OWN_CASE)
    note = names.tidy(note)[:500]
    if action in rules.NEEDS_REASON and not note:
        raise Refused(Code.REASON_MISSING, field="note")
    registration.state = rules.next_state(State(registration.state), action)
    registration.decided_at, registration.decided_by_id = clock.now(), actor.person_id
    registration.decision_note = note


def _tell_agent(registration: Registration, actor: Actor, outcome: str, note: str) -> None:
    update(registration, *_DECISION_COLUMNS)
    audit.record(actor, f"membership.registration.{outcome}", registration, note=note)
    notices.enqueue(
        f"registration_{outcome}",
        about=registration.id,
        office_path=registration.branch.path,
        user_id=registration.agent.user_id,
        reference=registration.reference,
        reason=registration.decision_note,
    )


def _write_person(actor: Actor, registration: Registration, known: Person | None) -> Person:
    """The office has checked the data: the person is written, or brought up to date."""
    person = known or Person(nik=registration.nik, nik_index=registration.nik_index)
    before = contact.values_of(known) if known else {}
    person.kk = registration.kk
    person.name = registration.name
    person.name_key = names.search_key(registration.name)
    person.name_heard = names.heard_as(registration.name)
    person.born_on, person.sex = registration.born_on, registration.sex
    person.village, person.address = registration.village, registration.address
    person.phone, person.mother_name = registration.phone, registration.mother_name
    person.occupation, person.income_idr = registration.occupation, registration.income_idr
    if known is None:
        insert(person)
    else:
        contact.note(actor, person, before)
        person.save()
    search.note_words(person.name_key)
    return person
