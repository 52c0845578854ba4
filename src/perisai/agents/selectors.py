"""Reading Wadah and Perisai."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from perisai.agents.models import Agent, Pks, SuratTugas, Wadah
from perisai.agents.rules import State
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import NotFound
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices
from perisai.rows import once


def own_agent_ids(actor: Actor, own: frozenset[Role]) -> QuerySet[Agent, UUID]:
    """The ids of the Perisai that ``actor`` is, or coordinates; for rooms above that show what belongs to an agent."""
    match = Q(pk__in=())
    if Role.PERISAI in own:
        match |= Q(user_id=actor.person_id)
    if Role.WADAH_COORDINATOR in own:
        match |= Q(wadah__coordinator_id=actor.person_id)
    return Agent.objects.filter(match).values_list("id", flat=True)


def visible_to(actor: Actor, permission: Permission = Permission.VIEW_AGENTS) -> QuerySet[Agent]:
    """The Perisai that the actor may see for that permission."""
    reach = scope_of(actor, permission)
    if reach.nowhere:
        return Agent.objects.none()
    match = under_offices(reach)
    if reach.own:
        match |= Q(pk__in=own_agent_ids(actor, reach.own))
    return Agent.objects.filter(match)


def agent_for(
    actor: Actor, agent_id: UUID, permission: Permission = Permission.VIEW_AGENTS, *, lock: bool = False
) -> Agent:
    """Raises NotFound when there is none or the actor may not see it."""
    rows = visible_to(actor, permission).filter(pk=agent_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    agent = rows.first()
    if agent is None:
        raise NotFound("agent")
    return agent


def agent_of(actor: Actor) -> Agent:
    """The Perisai that the signed-in person is. Raises NotFound."""
    found = _agents_of_user(actor.person_id)
    if not found:
        raise NotFound("agent")
    return found[0]


@once
def _agents_of_user(user_id: UUID) -> QuerySet[Agent]:
    return Agent.objects.filter(user_id=user_id).select_related("branch")


def wadah_visible_to(actor: Actor) -> QuerySet[Wadah]:
    reach = scope_of(actor, Permission.VIEW_AGENTS)
    if reach.nowhere:
        return Wadah.objects.none()
    match = under_offices(reach)
    if Role.WADAH_COORDINATOR in reach.own:
        match |= Q(coordinator_id=actor.user_id)
    return Wadah.objects.filter(match)


def wadah_for(actor: Actor, wadah_id: UUID) -> Wadah:
    """Raises NotFound."""
    wadah = wadah_visible_to(actor).filter(pk=wadah_id).first()
    if wadah is None:
        raise NotFound("wadah")
    return wadah


def find_letter(agent_id: UUID, on: date) -> SuratTugas | None:
    """The Surat Tugas that is valid on that day."""
    return SuratTugas.objects.filter(agent_id=agent_id, during__contains=on).first()


def find_pks(wadah_id: UUID, on: date) -> Pks | None:
    """The PKS of the Wadah that is valid on that day."""
    return Pks.objects.filter(wadah_id=wadah_id, during__contains=on).first()


def agreements_on(wadah_ids: Iterable[UUID], on: date) -> dict[UUID, Pks]:
    """``find_pks`` of many Wadah; those without one are missing."""
    return {pks.wadah_id: pks for pks in Pks.objects.filter(wadah_id__in=list(wadah_ids), during__contains=on)}


def papers_of(agent_id: UUID) -> list[SuratTugas]:
    """Every Surat Tugas of the agent, newest first."""
    return list(SuratTugas.objects.filter(agent_id=agent_id).select_related("wadah").order_by("-during"))


def agreements_of(wadah_id: UUID) -> list[Pks]:
    """Every PKS of the Wadah, newest first."""
    return list(Pks.objects.filter(wadah_id=wadah_id).order_by("-during"))


def agents_of_village(village_id: int) -> list[Agent]:
    """The Perisai who live there and have not ended; the caller has passed the village's door."""
    return list(Agent.objects.filter(village_id=village_id, ended_on=None).select_related("wadah").order_by("name"))


def ids_of_branch(branch_id: int) -> list[UUID]:
    """Every agent that the branch has or had; for rooms above that passed the branch's door."""
    return list(Agent.objects.filter(branch_id=branch_id).values_list("id", flat=True))


def agents_by_id(agent_ids: Iterable[UUID]) -> dict[UUID, Agent]:
    """For rooms above that already passed a door of their own."""
    return {agent.id: agent for agent in Agent.objects.filter(pk__in=list(agent_ids)).select_related("wadah", "branch")}


class StandingFacts(TypedDict):
    """What ``certification`` needs to know of a Perisai on a day."""

    state: str
    appointed_on: date
    letter_wadah: UUID | None
    has_pks: bool


@dataclass(frozen=True, slots=True)
class PapersHeld:
    """What holds for a Perisai on a day: until when (the first day on which it no longer does), None where nothing does."""

    active: bool
    letter_until: date | None
    pks_until: date | None


def papers_held(agent_ids: Iterable[UUID], on: date) -> dict[UUID, PapersHeld]:
    """``standing_facts`` of many Perisai in two queries, with the days on which their papers end."""
    letters = {
        letter.agent_id: letter
        for letter in SuratTugas.objects.filter(agent_id__in=list(agent_ids), during__contains=on)
    }
    agreements = agreements_on({letter.wadah_id for letter in letters.values()}, on)
    held = {}
    for agent in Agent.objects.filter(pk__in=list(agent_ids)).only("id", "state", "appointed_on"):
        letter = letters.get(agent.id)
        pks = agreements.get(letter.wadah_id) if letter else None
        held[agent.id] = PapersHeld(
            active=agent.state == State.ACTIVE and agent.appointed_on <= on,
            letter_until=letter.during.upper if letter else None,
            pks_until=pks.during.upper if pks else None,
        )
    return held


def standing_facts(agent_id: UUID, on: date) -> StandingFacts | None:
    """State, and whether Surat Tugas and the PKS of its Wadah hold on that day, in one query. None for no such agent."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"agent_id": agent_id, "on": on})
        row = cursor.fetchone()
    if row is None:
        return None
    state, appointed_on, letter_wadah, has_pks = row
    return StandingFacts(state=state, appointed_on=appointed_on, letter_wadah=letter_wadah, has_pks=has_pks)


# Asked by every referral; written out because putting it together from objects costs more than answering it.
_STANDING: Final = """
    SELECT agent.state, agent.appointed_on, letter.wadah_id, EXISTS (
        SELECT FROM agents_pks pks WHERE pks.wadah_id = letter.wadah_id AND pks.during @> %(on)s::date
    )
    FROM agents_agent agent
    LEFT JOIN agents_surattugas letter ON letter.agent_id = agent.id AND letter.during @> %(on)s::date
    WHERE agent.id = %(agent_id)s
"""


@dataclass(frozen=True, slots=True)
class Payee:
    """An agent or a Wadah as somebody who is paid. ``bank_account`` is open: for the bank's file alone."""

    number: str
    name: str
    bank_account: str | None


def payees(agent_ids: Iterable[UUID], wadah_ids: Iterable[UUID]) -> dict[UUID, Payee]:
    """Agents and Wadah by id, with open accounts; the caller has passed the door of their payouts."""
    agents = Agent.objects.filter(pk__in=list(agent_ids)).values_list("id", "number", "name", "bank_account")
    wadah = Wadah.objects.filter(pk__in=list(wadah_ids)).values_list("id", "code", "name", "bank_account")
    return {row[0]: Payee(*row[1:]) for row in (*agents, *wadah)}
