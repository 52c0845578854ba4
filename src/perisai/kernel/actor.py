"""Who acts: built once at a door, frozen, carried by every verb."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from perisai.kernel.errors import Misuse


class Role(StrEnum):
    PERISAI = "perisai"
    WADAH_COORDINATOR = "wadah_coordinator"
    BRANCH_OFFICER = "branch_officer"
    BRANCH_HEAD = "branch_head"
    FINANCE_OFFICER = "finance_officer"
    REGIONAL_HEAD = "regional_head"
    HEAD_OFFICE_DIRECTOR = "head_office_director"
    SUPERVISORY_BOARD = "supervisory_board"
    WALI_NAGARI = "wali_nagari"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    JOB = "job"
    BANK = "bank"


class ActorKind(StrEnum):
    USER = "user"
    JOB = "job"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over an office (and all below its path) or over a region (and all below its code), for a while.

    ``office_path`` is like ``KP/03/BKT``; ``region_code`` like ``13.06.08.2001``; both empty means the person's own
    things only. The span is half-open: ``starts_on <= day < ends_on``, ``ends_on`` None while it runs.
    """

    role: Role
    office_path: str = ""
    region_code: str = ""
    starts_on: date = date.min
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, a job or a bank. ``name`` is for screens; audit keeps ``user_id`` only."""

    kind: ActorKind
    user_id: UUID | None
    name: str
    grants: tuple[Grant, ...] = ()

    @classmethod
    def job(cls, name: str) -> "Actor":
        """A scheduled job: no person, the JOB role over the whole agency."""
        return cls(ActorKind.JOB, None, name, (Grant(Role.JOB, office_path="KP"),))

    @classmethod
    def bank(cls, code: str) -> "Actor":
        """A partner bank that has shown who it is: no person, the BANK role over the whole agency."""
        return cls(ActorKind.BANK, None, code, (Grant(Role.BANK, office_path="KP"),))

    @property
    def person_id(self) -> UUID:
        """The user, for verbs that only a person may do. Raises Misuse for a job or a bank."""
        if self.user_id is None:
            raise Misuse("only a person may do this")
        return self.user_id

    def roles_on(self, day: date) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants if grant.holds_on(day))
