"""Opening offices, drawing territories, granting roles, and the accounts of the people who hold them."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from perisai.accounts import services as accounts
from perisai.audit import services as audit
from perisai.kernel import ids
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.organisation import files
from perisai.organisation.models import Office, RoleGrant, Territory
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import get_office, scope_of
from perisai.regions import selectors as regions

if TYPE_CHECKING:
    from perisai.accounts.models import User


def _must(actor: Actor, permission: Permission) -> None:
    if scope_of(actor, permission).nowhere:
        raise NotFound("page")


@transaction.atomic
def set_up_agency(*, actor: Actor) -> None:
    """The offices and territories that ship with the program; again, it changes only what is newer in the file.

    Regions must have been loaded. Raises NotFound (also for a region that is not there).
    """
    agency = files.read_agency()
    for row in agency.offices:
        open_office(
            actor=actor,
            kind=row.kind,
            code=row.code,
            name=row.name,
            parent_code=row.parent_code,
            timezone=row.timezone,
            confidence=row.confidence,
        )
    for place in agency.territories:
        assign_territory(
            actor=actor,
            office_code=place.office_code,
            region_code=place.region_code,
            since=agency.since,
            confidence=place.confidence,
            reference=place.reference,
        )


@transaction.atomic
def open_office(
    *, actor: Actor, kind: str, code: str, name: str, parent_code: str | None, timezone: str, confidence: str
) -> Office:
    """Create or rename an office: the set-up of the agency, run again with newer data. Raises NotFound."""
    _must(actor, Permission.MANAGE_ACCOUNTS)
    parent = get_office(parent_code) if parent_code else None
    office, _ = Office.objects.update_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name": name,
            "path": f"{parent.path}/{code}" if parent else code,
            "parent": parent,
            "timezone": timezone,
            "confidence": confidence,
        },
    )
    return office


@transaction.atomic
def assign_territory(
    *, actor: Actor, office_code: str, region_code: str, since: date, confidence: str, reference: str = ""
) -> Territory:
    """Give a region to an office from ``since`` on; assigning again what is assigned changes nothing. Raises NotFound."""
    _must(actor, Permission.MANAGE_ACCOUNTS)
    office, region = get_office(office_code), regions.get_region(region_code)
    held = Territory.objects.filter(region_id=region.id, during__contains=since).first()
    if held is not None and held.office_id == office.id:
        return held
    if held is not None:
        held.during = DateRange(held.during.lower, since)
        held.save(update_fields=["during"])
    return Territory.objects.create(
        office=office, region_id=region.id, during=DateRange(since, None), confidence=confidence, reference=reference
    )


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user_id: UUID,
    role: Role,
    office_code: str | None = None,
    region_code: str | None = None,
    starts_on: date,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give a person a role over an office, a region or their own things.

    Raises NotFound, Refused(ROLE_ALREADY_HELD | ROLE_REACH_WRONG | OWN_ACCOUNT).
    """
    _not_oneself(actor, user_id)
    _must(actor, Permission.MANAGE_ACCOUNTS if role is not Role.PERISAI else Permission.MANAGE_AGENTS)
    office = get_office(office_code) if office_code else None
    region_id = regions.get_region(region_code).id if region_code else None
    _refuse_wrong_reach(role, office, region_id)
    if ends_on is not None and ends_on <= starts_on:
        raise Refused(Code.SPAN_EMPTY, field="ends_on")
    during = DateRange(starts_on, ends_on)
    held = RoleGrant.objects.filter(user_id=user_id, role=role, office=office, during__overlap=during)
    if any(each.region_id == region_id for each in held):
        raise Refused(Code.ROLE_ALREADY_HELD)
    grant = RoleGrant.objects.create(user_id=user_id, role=role, office=office, region_id=region_id, during=during)
    audit.record(actor, "organisation.role.granted", grant, role=role)
    return grant


_ON_THEIR_OWN = frozenset({Role.PERISAI, Role.WADAH_COORDINATOR, Role.SYSTEM_ADMINISTRATOR})


def _refuse_wrong_reach(role: Role, office: Office | None, region_id: int | None) -> None:
    """An office for a role of the offices, a village for a wali nagari, nothing for who reaches their own things only."""
    needs_office = role not in _ON_THEIR_OWN and role is not Role.WALI_NAGARI
    if (office is not None) != needs_office:
        raise Refused(Code.ROLE_REACH_WRONG, field="office_code")
    if (region_id is not None) != (role is Role.WALI_NAGARI):
        raise Refused(Code.ROLE_REACH_WRONG, field="region_code")


@transaction.atomic
def end_role(*, actor: Actor, user_id: UUID, role: Role, on: date) -> None:
    """End every running grant of that role on that day. Raises NotFound when there is none."""
    _must(actor, Permission.MANAGE_ACCOUNTS if role is not Role.PERISAI else Permission.MANAGE_AGENTS)
    running = RoleGrant.objects.select_for_update().filter(user_id=user_id, role=role, during__contains=on)
    if not running:
        raise NotFound("grant")
    for grant in running:
        grant.during = DateRange(grant.during.lower, on)
        grant.save(update_fields=["during"])
        audit.record(actor, "organisation.role.ended", grant, role=role)


# --- accounts ------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_account(*, actor: Actor, username: str, name: str, language: str = "id") -> "tuple[User, str]":
    """A new account and its temporary password, which is told once and must be changed. Raises what ``create_user`` raises."""
    password = _temporary_password()
    user = accounts.create_user(actor=actor, username=username, name=name, password=password, language=language)
    audit.record(actor, "accounts.user.created", user)
    return user, password


@transaction.atomic
def reset_password(*, actor: Actor, user_id: UUID) -> str:
    """A new temporary password, told once; the person must change it. Raises NotFound, Refused(OWN_ACCOUNT)."""
    _not_oneself(actor, user_id)
    password = _temporary_password()
    user = accounts.reset_password(actor=actor, user_id=user_id, password=password)
    audit.record(actor, "accounts.password.reset", user)
    return password


@transaction.atomic
def close_account(*, actor: Actor, user_id: UUID, reason: str) -> "User":
    """The person has left: no sign-in any more. Raises NotFound, Refused(OWN_ACCOUNT | REASON_MISSING)."""
    _not_oneself(actor, user_id)
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    user = accounts.close_user(actor=actor, user_id=user_id)
    audit.record(actor, "accounts.user.closed", user, note=reason)
    return user


@transaction.atomic
def reopen_account(*, actor: Actor, user_id: UUID, reason: str) -> "User":
    """Raises NotFound, Refused(OWN_ACCOUNT | REASON_MISSING)."""
    _not_oneself(actor, user_id)
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    user = accounts.reopen_user(actor=actor, user_id=user_id)
    audit.record(actor, "accounts.user.reopened", user, note=reason)
    return user


def _not_oneself(actor: Actor, user_id: UUID) -> None:
    """Nobody gives themselves rights or takes their own away by mistake: another administrator does."""
    if user_id == actor.user_id:
        raise Refused(Code.OWN_ACCOUNT)


def _temporary_password() -> str:
    """Sixty bits that survive being read aloud: ``7KQ4-M2XD-95TR``."""
    drawn = ids.unguessable(12)
    return "-".join((drawn[:4], drawn[4:8], drawn[8:]))
