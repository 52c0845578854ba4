"""Codes for members who have none: what a storm is made of."""

from perisai.contributions import services
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Refused
from perisai.membership import selectors as membership


def issue(actor: Actor, wanted: int) -> int:
    """A code for one month for so many members without an employer whom the officer serves; returns how many got one."""
    members = membership.members_visible_to(actor).filter(segment="bpu", paid_until__isnull=False).order_by("id")
    given = 0
    for member_id in members.values_list("id", flat=True).iterator():
        if given == wanted:
            break
        try:
            services.issue_member_code(actor=actor, member_id=member_id, months=1)
        except Refused:  # has one that waits
            continue
        given += 1
    return given
