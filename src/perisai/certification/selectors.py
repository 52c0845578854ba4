"""Reading certificates; the standing of a Perisai on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from perisai.agents import selectors as agents
from perisai.agents.rules import State
from perisai.certification import rules
from perisai.certification.models import Certificate
from perisai.kernel.errors import Refused
from perisai.rows import once


def may_act(agent_id: UUID, on: date) -> rules.Standing:
    """Training certificate, Surat Tugas and the Wadah's PKS must all hold on that day, and the Perisai be active."""
    facts = agents.standing_facts(agent_id, on)
    return rules.standing(
        active=facts is not None and facts["state"] == State.ACTIVE and facts["appointed_on"] <= on,
        certificate=bool(_trained(agent_id, on)),
        surat_tugas=facts is not None and facts["letter_wadah"] is not None,
        pks=facts is not None and facts["has_pks"],
    )


@once
def _trained(agent_id: UUID, on: date) -> QuerySet[Certificate]:
    return Certificate.objects.filter(
        Q(revoked_on=None) | Q(revoked_on__gt=on),
        agent_id=agent_id,
        kind=Certificate.Kind.TRAINING,
        during__contains=on,
    )


@dataclass(frozen=True, slots=True)
class Papers:
    """The standing of a day, and when each paper ends: the first day on which it no longer holds."""

    standing: rules.Standing
    certificate_until: date | None
    letter_until: date | None
    pks_until: date | None

    @property
    def first_to_end(self) -> date | None:
        """None where a paper is missing already: then there is nothing to wait for."""
        days = (self.certificate_until, self.letter_until, self.pks_until)
        return None if None in days else min(day for day in days if day is not None)


def papers_of_agents(agent_ids: Iterable[UUID], on: date) -> dict[UUID, Papers]:
    """``may_act`` of many Perisai in four queries."""
    agent_ids = list(agent_ids)
    certificates = {
        each.agent_id: each
        for each in Certificate.objects.filter(
            agent_id__in=agent_ids, kind=Certificate.Kind.TRAINING, during__contains=on
        ).filter(Q(revoked_on=None) | Q(revoked_on__gt=on))
    }
    found = {}
    for agent_id, held in agents.papers_held(agent_ids, on).items():
        certificate = certificates.get(agent_id)
        found[agent_id] = Papers(
            standing=rules.standing(
                active=held.active,
                certificate=certificate is not None,
                surat_tugas=held.letter_until is not None,
                pks=held.pks_until is not None,
            ),
            certificate_until=(certificate.revoked_on or certificate.during.upper) if certificate else None,
            letter_until=held.letter_until,
            pks_until=held.pks_until,
        )
    return found


def must_act(agent_id: UUID, on: date) -> None:
    """Raises the Refused of the first thing the Perisai lacks that day; its ``also`` holds the others."""
    refusals = [Refused(rules.REFUSALS[lack]) for lack in may_act(agent_id, on).lacks]
    if refusals:
        first, *others = refusals
        first.also = tuple(others)
        raise first


def certificates_of(agent_id: UUID) -> list[Certificate]:
    """Every certificate of the agent, newest first. The caller has passed the agent's door."""
    return list(Certificate.objects.filter(agent_id=agent_id).order_by("-during"))
