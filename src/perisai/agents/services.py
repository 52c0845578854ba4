"""Binding Wadah to branches and Perisai to Wadah."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from perisai import vault
from perisai.agents import rules
from perisai.agents.models import Agent, Pks, SuratTugas, Wadah
from perisai.agents.selectors import agent_for
from perisai.audit import services as audit
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.nik import parse_nik
from perisai.notices import services as notices
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.organisation.services import grant_role
from perisai.regions import selectors as regions
from perisai.villages import services as villages


@transaction.atomic
def register_wadah(
    *, actor: Actor, branch_code: str, code: str, name: str, coordinator_user_id: UUID | None, registered_on: date
) -> Wadah:
    """A Wadah comes under a branch. Raises NotFound, Refused(WADAH_CODE_TAKEN)."""
    branch = organisation.office_for(actor, branch_code, Permission.MANAGE_AGENTS)
    if Wadah.objects.filter(code=code).exists():
        raise Refused(Code.WADAH_CODE_TAKEN, field="code")
    wadah = Wadah.objects.create(
        code=code, name=names.tidy(name), branch=branch, coordinator_id=coordinator_user_id, registered_on=registered_on
    )
    audit.record(actor, "agents.wadah.registered", wadah)
    return wadah


@transaction.atomic
def sign_pks(*, actor: Actor, wadah_id: UUID, number: str, starts_on: date, ends_on: date) -> Pks:
    """A cooperation agreement for ``starts_on <= day < ends_on``. Raises NotFound, Refused(SPAN_OVERLAPS | SPAN_EMPTY)."""
    wadah = _wadah_to_manage(actor, wadah_id)
    during = _span(starts_on, ends_on)
    if Pks.objects.filter(wadah=wadah, during__overlap=during).exists():
        raise Refused(Code.SPAN_OVERLAPS, field="starts_on")
    pks = Pks.objects.create(wadah=wadah, number=number, during=during)
    audit.record(actor, "agents.pks.signed", pks)
    return pks


@transaction.atomic
def appoint_agent(
    *,
    actor: Actor,
    wadah_id: UUID,
    number: str,
    name: str,
    village_code: str,
    user_id: UUID | None,
    nik: str | None,
    phone: str | None,
    bank_account: str | None,
    appointed_on: date,
) -> Agent:
    """The Wadah's Perisai is entered by the branch. Raises NotFound, Refused(NIK_… | AGENT_ALREADY_APPOINTED)."""
    wadah = _wadah_to_manage(actor, wadah_id)
    nik = parse_nik(nik) if nik else None
    nik_index = vault.blind_index(nik, context="agents.agent.nik") if nik else None
    if Agent.objects.filter(number=number).exists() or (
        nik_index and Agent.objects.filter(nik_index=nik_index).exists()
    ):
        raise Refused(Code.AGENT_ALREADY_APPOINTED, field="nik")
    agent = Agent.objects.create(
        number=number,
        name=names.tidy(name),
        wadah=wadah,
        branch_id=wadah.branch_id,
        village_id=regions.get_region(village_code).id,
        user_id=user_id,
        nik=nik,
        nik_index=nik_index,
        phone=phone,
        bank_account=bank_account,
        appointed_on=appointed_on,
    )
    if user_id is not None:
        grant_role(actor=actor, user_id=user_id, role=Role.PERISAI, starts_on=appointed_on)
    audit.record(actor, "agents.perisai.appointed", agent)
    return agent


@transaction.atomic
def issue_surat_tugas(*, actor: Actor, agent_id: UUID, number: str, starts_on: date, ends_on: date) -> SuratTugas:
    """The Wadah's letter of assignment, entered by the branch. Raises NotFound, Refused(SPAN_OVERLAPS | SPAN_EMPTY)."""
    agent = agent_for(actor, agent_id, Permission.MANAGE_AGENTS, lock=True)
    during = _span(starts_on, ends_on)
    if SuratTugas.objects.filter(agent=agent, during__overlap=during).exists():
        raise Refused(Code.SPAN_OVERLAPS, field="starts_on")
    letter = SuratTugas.objects.create(agent=agent, wadah_id=agent.wadah_id, number=number, during=during)
    audit.record(actor, "agents.surat_tugas.issued", letter)
    return letter


@transaction.atomic
def suspend_agent(*, actor: Actor, agent_id: UUID, reason: str) -> Agent:
    """No referrals until reinstated. Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING)."""
    return _move(actor, agent_id, rules.Action.SUSPEND, "agents.perisai.suspended", reason)


@transaction.atomic
def reinstate_agent(*, actor: Actor, agent_id: UUID, reason: str) -> Agent:
    """Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING)."""
    return _move(actor, agent_id, rules.Action.REINSTATE, "agents.perisai.reinstated", reason)


@transaction.atomic
def terminate_agent(*, actor: Actor, agent_id: UUID, reason: str, on: date) -> Agent:
    """All rights end on that day (domain 1.8). Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING)."""
    end = _End(on, rules.End.DECIDED)
    return _move(actor, agent_id, rules.Action.TERMINATE, "agents.perisai.terminated", reason, end)


@transaction.atomic
def terminate_agent_for_fraud(*, actor: Actor, agent_id: UUID, reason: str, on: date) -> Agent:
    """The branch ends the work at once and revokes ALL rights: what is not paid yet is not paid any more (domain 1.8).

    Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING).
    """
    end = _End(on, rules.End.FRAUD)
    return _move(actor, agent_id, rules.Action.TERMINATE, "agents.perisai.terminated_for_fraud", reason, end)


@transaction.atomic
def end_idle_agents(*, actor: Actor, agent_ids: Sequence[UUID], months: int) -> int:
    """Those agents were idle for ``months`` whole months: their work ends today, and they are told; how many.

    Called by ``incentives.end_idle_agents``, which knows the law and the facts. Raises NotFound.
    """
    if organisation.scope_of(actor, Permission.MANAGE_AGENTS).nowhere:
        raise NotFound("page")
    rows = Agent.objects.filter(pk__in=agent_ids, state=rules.State.ACTIVE).select_related("branch")
    ended = list(rows.select_for_update(of=("self",)).order_by("id"))
    Agent.objects.filter(pk__in=[each.id for each in ended]).update(
        state=rules.next_state(rules.State.ACTIVE, rules.Action.TERMINATE),
        ended_on=clock.today(),
        ended_because=f"{months} bulan tanpa hasil",
        ended_as=rules.End.IDLE,
    )
    for each in ended:
        audit.record(actor, "agents.perisai.ended_idle", each, months=months)
        notices.enqueue(
            "agent_ended_idle", about=each.id, office_path=each.branch.path, user_id=each.user_id, months=months
        )
    return len(ended)


@transaction.atomic
def record_bank_account(*, actor: Actor, agent_id: UUID, bank_account: str) -> Agent:
    """Where the agent is paid: an account in their own name at the partner bank (domain 1.4).

    Raises NotFound, Refused(BANK_ACCOUNT_MALFORMED).
    """
    agent = agent_for(actor, agent_id, Permission.MANAGE_AGENTS, lock=True)
    agent.bank_account = rules.bank_account(bank_account)
    agent.save(update_fields=["bank_account"])
    audit.record(actor, "agents.bank_account.recorded", agent)
    return agent


@transaction.atomic
def record_wadah_bank_account(*, actor: Actor, wadah_id: UUID, bank_account: str) -> Wadah:
    """Where the Wadah is paid. Raises NotFound, Refused(BANK_ACCOUNT_MALFORMED)."""
    wadah = _wadah_to_manage(actor, wadah_id)
    wadah.bank_account = rules.bank_account(bank_account)
    wadah.save(update_fields=["bank_account"])
    audit.record(actor, "agents.bank_account.recorded", wadah)
    return wadah


@dataclass(frozen=True, slots=True)
class _End:
    on: date
    how: rules.End


@transaction.atomic
def confirm_village_agents(*, actor: Actor, village_code: str, on: date) -> None:
    """The village in the programme has the Perisai it needs. Raises NotFound, Refused(WRONG_ORDER | VILLAGE_AGENTS_MISSING)."""
    living = Agent.objects.filter(village__code=village_code, state=rules.State.ACTIVE, appointed_on__lte=on).count()
    villages.confirm_agents(actor=actor, village_code=village_code, agents=living, on=on)


def _move(
    actor: Actor, agent_id: UUID, action: rules.Action, entry: str, reason: str, end: _End | None = None
) -> Agent:
    agent = agent_for(actor, agent_id, Permission.MANAGE_AGENTS, lock=True)
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    agent.state = rules.next_state(rules.State(agent.state), action)
    agent.ended_on, agent.ended_because = (end.on, reason) if end else (None, "")
    agent.ended_as = end.how if end else ""
    agent.save(update_fields=["state", "ended_on", "ended_because", "ended_as"])
    audit.record(actor, entry, agent, note=reason)
    return agent


def _wadah_to_manage(actor: Actor, wadah_id: UUID) -> Wadah:
    wadah = Wadah.objects.select_for_update(of=("self",)).select_related("branch").filter(pk=wadah_id).first()
    if wadah is None or not organisation.scope_of(actor, Permission.MANAGE_AGENTS).covers_office(wadah.branch.path):
        raise NotFound("wadah")
    return wadah


def _span(starts_on: date, ends_on: date) -> DateRange:
    if ends_on <= starts_on:
        raise Refused(Code.SPAN_EMPTY, field="ends_on")
    return DateRange(starts_on, ends_on)
