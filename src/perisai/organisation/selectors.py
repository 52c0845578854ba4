"""Reading offices, territories and grants."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from perisai.accounts import selectors as accounts
from perisai.kernel import clock
from perisai.kernel.actor import Actor, ActorKind, Grant, Role
from perisai.kernel.errors import NotFound
from perisai.organisation.models import Office, RoleGrant, Territory
from perisai.organisation.policy import Permission, Scope, scope
from perisai.rows import once

if TYPE_CHECKING:
    from perisai.accounts.models import User


def actor_for(user_id: UUID) -> Actor:
    """The actor of a signed-in user with every grant they hold or held. Raises NotFound for an unknown or closed user."""
    return actor_of(user_id, accounts.get_user(user_id).name)


def actor_of(user_id: UUID, name: str) -> Actor:
    """``actor_for`` an open user whom the door has read already."""
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, [user_id])
        rows = cursor.fetchall()
    return Actor(
        kind=ActorKind.USER,
        user_id=user_id,
        name=name,
        grants=tuple(
            Grant(
                role=Role(role),
                office_path=path or "",
                region_code=code or "",
                starts_on=during.lower or date.min,
                ends_on=during.upper,
            )
            for role, path, code, during in rows
            if not during.isempty  # ended on the day it began: it never ran
        ),
    )


# Asked by every request; written out because putting it together from objects costs more than answering it.
_GRANTS: Final = """
    SELECT held.role, office.path, region.code, held.during
    FROM organisation_rolegrant held
    LEFT JOIN organisation_office office ON office.id = held.office_id
    LEFT JOIN regions_region region ON region.id = held.region_id
    WHERE held.user_id = %s
"""


def scope_of(actor: Actor, permission: Permission) -> Scope:
    """Where the actor holds the permission today."""
    return scope(actor, permission, clock.today())


def under_offices(reach: Scope, field: str = "branch") -> Q:
    """Rows whose office (foreign key ``field``) lies under the scope's office paths; matches nothing when there is none."""
    if reach.everywhere:
        return ~Q(pk__in=())  # not Q(): "everything or one's own" would become "one's own"
    match = Q(pk__in=())
    for path in reach.office_paths:
        match |= Q(**{f"{field}__path": path}) | Q(**{f"{field}__path__startswith": f"{path}/"})
    return match


def under_offices_read(reach: Scope) -> Q:
    """``under_offices`` for long ordered lists: the offices are read first, so that an index can serve the order."""
    if reach.everywhere:
        return ~Q(pk__in=())  # not Q(): "everything or one's own" would become "one's own"
    match = Q(pk__in=())
    for path in reach.office_paths:
        match |= Q(path=path) | Q(path__startswith=f"{path}/")
    return Q(branch_id__in=list(Office.objects.filter(match).values_list("id", flat=True)))


def offices_visible_to(actor: Actor, permission: Permission) -> QuerySet[Office]:
    """The offices that the actor may see for that permission."""
    reach = scope_of(actor, permission)
    if reach.everywhere:
        return Office.objects.all()
    match = Q(pk__in=())
    for path in reach.office_paths:
        match |= Q(path=path) | Q(path__startswith=f"{path}/")
    return Office.objects.filter(match)


def office_for(actor: Actor, code: str, permission: Permission) -> Office:
    """The office with that code, if the actor may see it. Raises NotFound."""
    office = offices_visible_to(actor, permission).filter(code=code).first()
    if office is None:
        raise NotFound("office")
    return office


def get_office(code: str) -> Office:
    """Raises NotFound."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise NotFound("office")
    return office


def offices_of_kind(kind: str, under: str = "KP") -> QuerySet[Office]:
    return Office.objects.filter(Q(path=under) | Q(path__startswith=f"{under}/"), kind=kind).order_by("path")


def office_names() -> list[tuple[str, str, str]]:
    """(code, name, path) of every office, each under the one above it."""
    return list(Office.objects.order_by("path").values_list("code", "name", "path"))


def find_branch_serving(region_code: str, on: date) -> Office | None:
    """The branch whose territory holds the region on that day: the longest matching code wins."""
    province, regency, district, village = (*_prefixes(region_code), *[region_code] * 3)[:4]
    found = _serving(province, regency, district, village, on)
    return found[0].office if found else None


@once
def _serving(province: str, regency: str, district: str, village: str, on: date) -> QuerySet[Territory]:
    held = Territory.objects.filter(region__code__in=[province, regency, district, village], during__contains=on)
    branches = held.filter(office__kind=Office.Kind.BRANCH).select_related("office")
    return branches.order_by(Length("region__code").desc())[:1]


def territories_of(office_id: int, on: date) -> QuerySet[Territory]:
    return Territory.objects.filter(office_id=office_id, during__contains=on).select_related("region")


def accounts_for(actor: Actor) -> "QuerySet[User]":
    """Every account, for who manages them. Raises NotFound."""
    if scope_of(actor, Permission.MANAGE_ACCOUNTS).nowhere:
        raise NotFound("page")
    return accounts.users()


def grants_of(user_ids: Sequence[UUID]) -> QuerySet[RoleGrant]:
    """The grants of those users with office and region, for the administrator's page."""
    return RoleGrant.objects.filter(user_id__in=user_ids).select_related("office", "region")


def _prefixes(code: str) -> list[str]:
    """``13``, ``13.06``, ``13.06.08`` and the code itself."""
    parts = code.split(".")
    return [".".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
