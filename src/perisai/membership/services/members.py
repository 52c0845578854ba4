"""Membership: it begins, goes on, sleeps, and passes to another agent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from perisai.agents import selectors as agents
from perisai.audit import services as audit
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import handover, lapsing, rules, selectors
from perisai.membership.models import Death, Member, ProtectionEntry, Registration
from perisai.membership.rules import Action, State
from perisai.notices import services as notices
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.rows import insert, update

if TYPE_CHECKING:
    from collections.abc import Sequence


@transaction.atomic
def complete_registration(*, actor: Actor, registration: Registration, paid_on: date, paid_until: date) -> Member:
    """The first full payment makes the member, or wakes the one that slept; the number is given at once.

    Called by ``contributions.record_payment`` inside its transaction, after its own door, with ``registration`` locked.
    ``paid_until`` is the last day of the last month paid. Raises Refused(WRONG_ORDER).
    """
    registration.state = rules.next_state(State(registration.state), Action.COMPLETE)
    (person,) = selectors.persons_of_nik(bytes(registration.nik_index))
    member = next(iter(selectors.lock_bpu_member_of(person.id)), None)
    if member is None:
        member = Member(person=person, segment=rules.Segment.BPU, number=_next_number(), joined_on=paid_on)
    before, known = member.agent_id, not member._state.adding
    member.state = rules.MemberState.ACTIVE
    member.branch_id, member.agent_id = registration.branch_id, registration.agent_id
    member.programmes, member.income_idr = registration.programmes, registration.income_idr
    member.sector = rules.OCCUPATIONS[registration.occupation]
    member.protected_from, member.paid_until, member.managed_since = paid_on, paid_until, paid_on
    if known:
        member.save()
    else:
        insert(member)
    if known and before != member.agent_id:
        handover.note(actor, [member.id], before, member.agent_id, "acquired again")
    _protect(member, person.village_id, paid_on, "joined")
    registration.member, registration.completed_at = member, clock.now()
    update(registration, "state", "member", "completed_at")
    audit.record(actor, "membership.registration.completed", registration, number=member.number)
    notices.enqueue(
        "member_number",
        about=member.id,
        office_path=registration.branch.path,
        phone=registration.phone,
        number=member.number,
    )
    return member


@transaction.atomic
def extend_protection(*, actor: Actor, member: Member, paid_on: date, paid_until: date) -> Member:
    """More months are paid; a sleeping membership wakes with a new protection start (domain 11.8), never back-dated.

    Called by ``contributions.record_payment`` inside its transaction, after its own door, with ``member`` locked.
    """
    if member.state == rules.MemberState.INACTIVE:
        member.state = rules.MemberState.ACTIVE
        member.protected_from = member.managed_since = paid_on
        _protect(member, member.person.village_id, paid_on, "resumed")
        audit.record(actor, "membership.member.resumed", member)
    member.paid_until = max(paid_until, member.paid_until or paid_until)
    member.save(update_fields=["state", "protected_from", "managed_since", "paid_until"])
    return member


@transaction.atomic
def shrink_protection(*, actor: Actor, member: Member, paid_until: date | None, on: date) -> Member:
    """Money was taken back: protection reaches to ``paid_until``, and ends on ``on`` where nothing is paid any more.

    What was protected until that day stays as it was counted; the card says inactive by itself. Called by the verbs of
    ``contributions`` inside their transaction, after their own door, with ``member`` locked.
    """
    member.paid_until = paid_until
    if paid_until is None and member.state == rules.MemberState.ACTIVE:
        member.state = rules.MemberState.INACTIVE
        _protect(member, member.person.village_id, on, "taken_back", change=-1)
        audit.record(actor, "membership.member.unpaid", member)
    member.save(update_fields=["state", "paid_until"])
    return member


@transaction.atomic
def end_by_death(*, actor: Actor, member: Member, died_on: date, evidence: str, evidence_number: str) -> Death:
    """Every membership of the person ends the day after the death, and never wakes again; told twice, it is one death.

    Called by ``contributions.record_death`` inside its transaction, after its own door, with ``member`` locked. Raises
    Refused(CHOICE_UNKNOWN | EVIDENCE_MISSING | DIED_WHEN | DEATH_KNOWN).
    """
    evidence_number = names.tidy(evidence_number)[:60]
    if evidence not in tuple(rules.Evidence):
        raise Refused(Code.CHOICE_UNKNOWN, field="evidence")
    if not evidence_number:
        raise Refused(Code.EVIDENCE_MISSING, field="evidence_number")
    if not member.person.born_on <= died_on <= clock.today():
        raise Refused(Code.DIED_WHEN, field="died_on")
    known = Death.objects.filter(person=member.person).first()
    if known is not None:
        if (known.died_on, known.evidence, known.evidence_number) == (died_on, evidence, evidence_number):
            return known
        raise Refused(Code.DEATH_KNOWN, field="died_on", died=known.died_on)
    death = Death.objects.create(
        person=member.person,
        died_on=died_on,
        evidence=evidence,
        evidence_number=evidence_number,
        recorded_by_id=actor.person_id,
    )
    for each in Member.objects.select_for_update().filter(person=member.person).order_by("id"):
        if each.state == rules.MemberState.ACTIVE:
            last_day = max(died_on, each.protected_from)
            _protect(each, member.person.village_id, last_day + timedelta(days=1), "died", change=-1)
        Member.objects.filter(pk=each.pk).update(state=rules.MemberState.DECEASED)
        audit.record(actor, "membership.member.died", each)
    member.state = rules.MemberState.DECEASED
    return death


def _protect(member: Member, village_id: int, on: date, because: str, change: int = 1) -> None:
    insert(
        ProtectionEntry(
            member=member,
            branch_id=member.branch_id,
            village_id=village_id,
            segment=member.segment,
            on=on,
            change=change,
            because=because,
        )
    )


def _next_number() -> str:
    """Ten digits of a sequence and a check digit: unique by the sequence, and by the column's constraint."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('membership_member_number')")
        (running,) = cursor.fetchone()
    return ids.with_check_digit(f"{running:010d}")


@transaction.atomic
def lapse_members(*, actor: Actor, unpaid_months: int, on: date) -> list[lapsing.Lapsed]:
    """Every active BPU member with ``unpaid_months`` whole unpaid months behind them sleeps: one set-based statement.

    Protection ends on the first day of the month after those, whatever day the run is. Run twice it finds nobody.
    Called by ``contributions.lapse_unpaid``, which knows the law. Raises NotFound.
    """
    if organisation.scope_of(actor, Permission.RUN_LAPSE).nowhere:
        raise NotFound("page")
    return lapsing.put_to_sleep(unpaid_months, on)


@transaction.atomic
def hand_over_members(
    *, actor: Actor, from_agent_id: UUID, to_agent_id: UUID | None, member_ids: Sequence[UUID], reason: str
) -> int:
    """Members pass to another Perisai of the branch, or back to the branch itself; returns how many.

    Months under management begin anew with the new one (domain 1.6). Raises NotFound (an agent, or a member who is not
    the first one's), Refused(REASON_MISSING | HANDOVER_IMPOSSIBLE).
    """
    giver = agents.agent_for(actor, from_agent_id, Permission.MANAGE_AGENTS)
    taker = agents.agent_for(actor, to_agent_id, Permission.MANAGE_AGENTS) if to_agent_id else None
    if taker and (taker.ended_on is not None or taker.branch_id != giver.branch_id or taker.id == giver.id):
        raise Refused(Code.HANDOVER_IMPOSSIBLE, field="to_agent")
    reason = names.tidy(reason)[:200]
    if not reason:
        raise Refused(Code.REASON_MISSING, field="reason")
    wanted = set(member_ids)
    moved = Member.objects.filter(pk__in=wanted, agent=giver).update(
        agent=taker, managed_since=clock.today() if taker else None
    )
    if moved != len(wanted):
        raise NotFound("member")
    handover.note(actor, wanted, giver.id, to_agent_id, reason)
    audit.record(actor, "membership.members.handed_over", giver, note=reason, members=moved, to=str(to_agent_id or ""))
    return moved
