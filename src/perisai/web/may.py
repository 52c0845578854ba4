"""Pages that are not for a role do not exist for it, and a button that would be refused is not shown."""

from typing import Any

from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import NotFound
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission


def must_hold(actor: Actor, permission: Permission) -> None:
    """Raises NotFound for who holds the permission nowhere."""
    if organisation.scope_of(actor, permission).nowhere:
        raise NotFound("page")


def holds(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds the permission somewhere."""
    return not organisation.scope_of(actor, permission).nowhere


def must_hold_in_an_office(actor: Actor, permission: Permission) -> None:
    """Raises NotFound for who holds the permission nowhere, or over their own members only."""
    if not organisation.scope_of(actor, permission).office_paths:
        raise NotFound("page")


def in_office(actor: Actor, permission: Permission, thing: Any) -> bool:
    """Whether the actor holds it over the branch of the thing, and not only as the member's own agent."""
    return organisation.scope_of(actor, permission).covers_office(thing.branch.path)


def must_hold_everywhere(actor: Actor, permission: Permission) -> None:
    """Raises NotFound for who does not hold the permission over the whole agency."""
    if not organisation.scope_of(actor, permission).everywhere:
        raise NotFound("page")


def holds_everywhere(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds the permission over the whole agency."""
    return organisation.scope_of(actor, permission).everywhere


def over(actor: Actor, permission: Permission, thing: Any) -> bool:
    """Whether the actor holds it over this member, agent or Wadah: ``thing.branch`` and, for members, ``.agent`` are at hand.

    The verb behind the button asks again.
    """
    reach = organisation.scope_of(actor, permission)
    agent = getattr(thing, "agent", None)
    own = Role.PERISAI in reach.own and agent is not None and agent.user_id == actor.user_id
    return own or reach.covers_office(thing.branch.path)
