"""A list of members or registrations that leaves the house: bounded, and recorded."""

from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from perisai.accounts import selectors as accounts
from perisai.audit import services as audit
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors
from perisai.membership.models import Member, Registration
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission

MOST_ROWS: Final = 20_000
Narrowing = Callable[[QuerySet[Registration]], QuerySet[Registration]]


@transaction.atomic
def export_members(*, actor: Actor, narrowed: selectors.MemberFilter) -> list[Member]:
    """The members of the list, newest first, and a record of who took how many. Raises NotFound, Refused(EXPORT_TOO_LARGE)."""
    if organisation.scope_of(actor, Permission.EXPORT_MEMBERS).nowhere:
        raise NotFound("page")
    rows = list(
        selectors.newest_members(actor, narrowed, Permission.EXPORT_MEMBERS).prefetch_related("person__village")[
            : MOST_ROWS + 1
        ]
    )
    if len(rows) > MOST_ROWS:
        raise Refused(Code.EXPORT_TOO_LARGE, most=MOST_ROWS)
    audit.record(
        actor,
        "membership.members.exported",
        accounts.get_user(actor.person_id),
        rows=len(rows),
        segment=narrowed.segment,
        state=narrowed.state,
        branch=narrowed.branch_code,
        agent=str(narrowed.agent_id or ""),
    )
    return rows


@transaction.atomic
def export_registrations(*, actor: Actor, narrowed: Narrowing) -> list[Registration]:
    """The registrations of the list as ``narrowed`` chooses and orders them, and a record of who took how many.

    Raises NotFound, Refused(EXPORT_TOO_LARGE).
    """
    if organisation.scope_of(actor, Permission.EXPORT_MEMBERS).nowhere:
        raise NotFound("page")
    visible = selectors.registrations_visible_to(actor, Permission.EXPORT_MEMBERS)
    rows = list(narrowed(visible).select_related("agent", "branch", "village")[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        raise Refused(Code.EXPORT_TOO_LARGE, most=MOST_ROWS)
    audit.record(
        actor, "membership.members.exported", accounts.get_user(actor.person_id), rows=len(rows), list="registrations"
    )
    return rows
