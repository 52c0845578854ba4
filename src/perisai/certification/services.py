"""Issuing and revoking certificates."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from perisai.agents.selectors import agent_for
from perisai.audit import services as audit
from perisai.certification.models import Certificate
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.organisation.policy import Permission


@transaction.atomic
def issue_certificate(
    *, actor: Actor, agent_id: UUID, kind: str, number: str, issued_on: date, expires_on: date
) -> Certificate:
    """Valid for ``issued_on <= day < expires_on``. Raises NotFound, Refused(SPAN_OVERLAPS | SPAN_EMPTY)."""
    agent = agent_for(actor, agent_id, Permission.MANAGE_AGENTS, lock=True)
    if expires_on <= issued_on:
        raise Refused(Code.SPAN_EMPTY, field="expires_on")
    during = DateRange(issued_on, expires_on)
    if Certificate.objects.filter(agent=agent, kind=kind, during__overlap=during, revoked_on=None).exists():
        raise Refused(Code.SPAN_OVERLAPS, field="issued_on")
    certificate = Certificate.objects.create(agent=agent, kind=kind, number=number, during=during)
    audit.record(actor, "certification.certificate.issued", certificate, kind=kind)
    return certificate


@transaction.atomic
def revoke_certificate(*, actor: Actor, certificate_id: UUID, reason: str, on: date) -> Certificate:
    """Ends the right to act from that day. Raises NotFound, Refused(REASON_MISSING)."""
    certificate = Certificate.objects.select_for_update().filter(pk=certificate_id, revoked_on=None).first()
    if certificate is None:
        raise NotFound("certificate")
    agent_for(actor, certificate.agent_id, Permission.MANAGE_AGENTS)
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    certificate.revoked_on, certificate.revoked_because = on, reason
    certificate.save(update_fields=["revoked_on", "revoked_because"])
    audit.record(actor, "certification.certificate.revoked", certificate, note=reason)
    return certificate
