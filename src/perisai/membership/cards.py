"""Issuing the cards that wait, and replacing a card that is lost or worn: sent twice, each happens once."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import transaction

from perisai.kernel.actor import Actor
from perisai.membership import rules, selectors
from perisai.membership.models import Card
from perisai.membership.services import issue_card
from perisai.organisation.policy import Permission

MOST_AT_ONCE: Final = 100


@transaction.atomic
def issue_waiting_cards(*, actor: Actor, member_ids: Collection[UUID]) -> list[Card]:
    """A card for each of the members that has none; who got one meanwhile is passed over. At most MOST_AT_ONCE.

    Raises NotFound for a member that the actor may not see, Refused(CARD_NOT_YET).
    """
    issued = []
    for member_id in sorted(member_ids)[:MOST_AT_ONCE]:
        selectors.member_for(actor, member_id, Permission.ISSUE_CARD, lock=True)
        if not _valid(member_id):
            issued.append(issue_card(actor=actor, member_id=member_id))
    return issued


@transaction.atomic
def replace_card(*, actor: Actor, member_id: UUID, serial: str) -> Card:
    """A new card in place of the one with that serial; if that one is replaced already, the card that did so.

    Raises NotFound, Refused(CARD_NOT_YET).
    """
    selectors.member_for(actor, member_id, Permission.ISSUE_CARD, lock=True)
    valid = _valid(member_id)
    return issue_card(actor=actor, member_id=member_id) if valid is None or valid.serial == serial else valid


def _valid(member_id: UUID) -> Card | None:
    return Card.objects.filter(member_id=member_id, state=rules.CardState.VALID).first()
