"""The verbs of membership: registrations, members, cards, contact data."""

from perisai.membership.services.cards import (
    issue_card,
    reveal_nik,
)
from perisai.membership.services.contact import change_contact, correct_contact, keep_contact, take_contact
from perisai.membership.services.members import (
    complete_registration,
    end_by_death,
    extend_protection,
    hand_over_members,
    lapse_members,
    shrink_protection,
)
from perisai.membership.services.officials import check_officials
from perisai.membership.services.registrations import (
    PERSON_NIK,
    approve_registration,
    hold_registration,
    refer_member,
    reject_registration,
    resubmit_registration,
    return_registration,
)

__all__ = [
    "PERSON_NIK",
    "approve_registration",
    "change_contact",
    "check_officials",
    "complete_registration",
    "correct_contact",
    "end_by_death",
    "extend_protection",
    "hand_over_members",
    "hold_registration",
    "issue_card",
    "keep_contact",
    "lapse_members",
    "refer_member",
    "reject_registration",
    "resubmit_registration",
    "return_registration",
    "reveal_nik",
    "shrink_protection",
    "take_contact",
]
