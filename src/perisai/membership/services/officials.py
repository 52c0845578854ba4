"""Which officials of a village are members: asked before the village may be launched (domain 6.2)."""

from datetime import date

from django.db import transaction

from perisai import vault
from perisai.kernel.actor import Actor
from perisai.membership.models import Member
from perisai.membership.rules import MemberState
from perisai.membership.services.registrations import PERSON_NIK
from perisai.organisation.policy import Permission
from perisai.villages import selectors as villages
from perisai.villages import services


@transaction.atomic
def check_officials(*, actor: Actor, village_code: str, on: date) -> None:
    """Look each official of the village up by NIK, in either segment, and tell the programme what was found.

    Raises NotFound when the actor may not manage the village's programme.
    """
    programme = villages.programme_for(actor, village_code, Permission.MANAGE_VILLAGES)
    officials = {
        vault.blind_index(official.nik, context=PERSON_NIK): official
        for official in villages.officials_of(programme.id)
    }
    found = Member.objects.filter(person__nik_index__in=list(officials), state=MemberState.ACTIVE).values_list(
        "person__nik_index", "number"
    )
    members = {officials[bytes(nik_index)].id: number for nik_index, number in found.order_by("segment")}
    services.confirm_officials(actor=actor, village_code=village_code, members=members, on=on)
