"""Who may do what, on one page. Where they may do it is the grant's office path or region code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from perisai.kernel.actor import Actor, Role


class Permission(StrEnum):
    REFER_MEMBER = "refer_member"
    VIEW_REGISTRATIONS = "view_registrations"
    DECIDE_REGISTRATION = "decide_registration"
    VIEW_MEMBERS = "view_members"
    CHANGE_CONTACT = "change_contact"
    REVEAL_NIK = "reveal_nik"
    EXPORT_MEMBERS = "export_members"
    ISSUE_CARD = "issue_card"
    ISSUE_PAYMENT_CODE = "issue_payment_code"
    VIEW_PAYMENTS = "view_payments"
    RECORD_PAYMENT = "record_payment"
    CORRECT_PAYMENT = "correct_payment"
    APPROVE_REFUND = "approve_refund"
    RECORD_DEATH = "record_death"
    RUN_LAPSE = "run_lapse"
    OPEN_LEDGER = "open_ledger"
    VIEW_AGENTS = "view_agents"
    MANAGE_AGENTS = "manage_agents"
    VIEW_INCENTIVES = "view_incentives"
    ACCRUE_INCENTIVES = "accrue_incentives"
    APPROVE_INCENTIVES = "approve_incentives"
    PAY_INCENTIVES = "pay_incentives"
    VIEW_TARGETS = "view_targets"
    SET_TARGETS = "set_targets"
    VIEW_VILLAGE = "view_village"
    VIEW_EVENTS = "view_events"
    RECORD_ATTENDANCE = "record_attendance"
    ANSWER_DISPUTE = "answer_dispute"
    VIEW_NOTICES = "view_notices"
    VIEW_FIRMS = "view_firms"
    MANAGE_FIRMS = "manage_firms"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_VILLAGES = "manage_villages"
    VIEW_BANKS = "view_banks"
    MANAGE_BANKS = "manage_banks"
    RECONCILE_BANKS = "reconcile_banks"


P = Permission
_LOOK: Final = frozenset(
    {
        P.VIEW_REGISTRATIONS, P.VIEW_MEMBERS, P.VIEW_PAYMENTS, P.VIEW_AGENTS, P.VIEW_INCENTIVES, P.VIEW_TARGETS,
        P.VIEW_VILLAGE, P.VIEW_EVENTS, P.VIEW_NOTICES, P.VIEW_FIRMS,
    }
)  # fmt: skip
# Banks are partners of the whole agency: these open a door only to who holds them over the head office.
_BANKS: Final = frozenset({P.VIEW_BANKS, P.MANAGE_BANKS, P.RECONCILE_BANKS})

POLICY: Final[dict[Role, frozenset[Permission]]] = {
    Role.PERISAI: frozenset(
        {P.REFER_MEMBER, P.VIEW_REGISTRATIONS, P.VIEW_MEMBERS, P.CHANGE_CONTACT, P.VIEW_INCENTIVES, P.ISSUE_PAYMENT_CODE,
         P.VIEW_EVENTS, P.RECORD_ATTENDANCE}
    ),
    Role.WADAH_COORDINATOR: frozenset({P.VIEW_REGISTRATIONS, P.VIEW_AGENTS, P.VIEW_INCENTIVES}),
    Role.BRANCH_OFFICER: _LOOK
    | {
        P.DECIDE_REGISTRATION, P.CHANGE_CONTACT, P.REVEAL_NIK, P.ISSUE_CARD, P.ISSUE_PAYMENT_CODE, P.MANAGE_VILLAGES,
        P.RECORD_DEATH, P.MANAGE_FIRMS,
    },
    Role.BRANCH_HEAD: _LOOK
    | {
        P.DECIDE_REGISTRATION, P.CHANGE_CONTACT, P.REVEAL_NIK, P.ISSUE_CARD, P.ISSUE_PAYMENT_CODE, P.EXPORT_MEMBERS,
        P.MANAGE_AGENTS, P.APPROVE_INCENTIVES, P.MANAGE_VILLAGES, P.APPROVE_REFUND, P.RECORD_DEATH, P.MANAGE_FIRMS,
    },
    Role.FINANCE_OFFICER: frozenset(
        {P.VIEW_MEMBERS, P.VIEW_PAYMENTS, P.RECORD_PAYMENT, P.CORRECT_PAYMENT, P.VIEW_AGENTS, P.VIEW_INCENTIVES,
         P.ACCRUE_INCENTIVES, P.PAY_INCENTIVES, P.ANSWER_DISPUTE, P.VIEW_NOTICES, P.VIEW_FIRMS}
    )
    | _BANKS,
    Role.REGIONAL_HEAD: _LOOK | {P.SET_TARGETS, P.EXPORT_MEMBERS},
    Role.HEAD_OFFICE_DIRECTOR: _LOOK | {P.SET_TARGETS, P.VIEW_BANKS},
    Role.SUPERVISORY_BOARD: _LOOK | {P.VIEW_BANKS},
    Role.WALI_NAGARI: frozenset({P.VIEW_VILLAGE}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS}),
    Role.JOB: frozenset(
        {
            P.RUN_LAPSE, P.OPEN_LEDGER, P.ACCRUE_INCENTIVES, P.SET_TARGETS, P.MANAGE_ACCOUNTS, P.MANAGE_AGENTS,
            P.MANAGE_BANKS,
        }
    ),
    Role.BANK: frozenset({P.RECORD_PAYMENT}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an actor holds a permission: under these office paths, under these region codes, on their own things.

    ``own`` names the roles that reach only what belongs to the person (a Perisai's referrals, a coordinator's Wadah).
    """

    office_paths: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()
    own: frozenset[Role] = frozenset()

    @property
    def everywhere(self) -> bool:
        return HEAD_OFFICE_PATH in self.office_paths

    @property
    def nowhere(self) -> bool:
        return not (self.office_paths or self.region_codes or self.own)

    def covers_office(self, path: str) -> bool:
        return any(path == over or path.startswith(over + "/") for over in self.office_paths)


HEAD_OFFICE_PATH: Final = "KP"


def scope(actor: Actor, permission: Permission, on: date) -> Scope:
    """Where ``actor`` holds ``permission`` on that day. Nowhere when no grant gives it: selectors then return nothing."""
    grants = [grant for grant in actor.grants if grant.holds_on(on) and permission in POLICY[grant.role]]
    return Scope(
        office_paths=_topmost(grant.office_path for grant in grants if grant.office_path),
        region_codes=tuple(sorted({grant.region_code for grant in grants if grant.region_code})),
        own=frozenset(grant.role for grant in grants if not grant.office_path and not grant.region_code),
    )


def permissions(actor: Actor, on: date) -> frozenset[Permission]:
    """Everything the actor may do somewhere on that day."""
    return frozenset().union(*(POLICY[role] for role in actor.roles_on(on)))


def _topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """Drop a path that lies under another one."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(over + "/") for over in kept):
            kept.append(path)
    return tuple(kept)
