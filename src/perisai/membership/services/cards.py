"""The card, and the NIK for a duty that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.membership import rules, selectors, tokens
from perisai.membership.models import Card
from perisai.notices import services as notices
from perisai.organisation.policy import Permission

if TYPE_CHECKING:
    pass


@transaction.atomic
def issue_card(*, actor: Actor, member_id: UUID) -> Card:
    """The office issues the card, or a new one in place of the old. Raises NotFound, Refused(CARD_NOT_YET)."""
    member = selectors.member_for(actor, member_id, Permission.ISSUE_CARD, lock=True)
    if member.segment != rules.Segment.BPU or member.state != rules.MemberState.ACTIVE or member.paid_until is None:
        raise Refused(Code.CARD_NOT_YET)
    replaced = Card.objects.filter(member=member, state=rules.CardState.VALID).update(
        state=rules.CardState.REPLACED, replaced_at=clock.now()
    )
    serial, today = ids.unguessable(10), clock.today()
    card = Card.objects.create(
        serial=serial,
        member=member,
        issued_on=today,
        issued_by_id=actor.person_id,
        token=tokens.card_token(serial, member, today),
    )
    audit.record(
        actor, "membership.card.replaced" if replaced else "membership.card.issued", card, member=member.number
    )
    notices.enqueue(
        "card_issued", about=member.id, office_path=member.branch.path, phone=member.person.phone, number=member.number
    )
    return card


@transaction.atomic
def reveal_nik(*, actor: Actor, member_id: UUID, reason: str) -> str:
    """The full NIK for a duty that needs it; the reason is recorded. Raises NotFound, Refused(REASON_MISSING)."""
    member = selectors.member_for(actor, member_id, Permission.REVEAL_NIK)
    if not names.tidy(reason):
        raise Refused(Code.REASON_MISSING, field="reason")
    audit.record(actor, "membership.nik.revealed", member, note=names.tidy(reason)[:200])
    return str(member.person.nik)
