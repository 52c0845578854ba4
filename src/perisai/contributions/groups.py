"""Reading groups that pay together: whom a list can be paid for, what a group code still asks, whose receipts it made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from perisai.contributions import selectors
from perisai.contributions.models import GroupCode, Payment, PaymentCode
from perisai.contributions.rules import CodeAmount, Obstacle
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.money import Rupiah
from perisai.membership import selectors as membership
from perisai.membership.rules import MemberState, Segment
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices

if TYPE_CHECKING:
    from perisai.membership.models import Member


@dataclass(frozen=True, slots=True)
class Ready:
    """A member of the list who can be paid for, and what the months cost."""

    member: Member
    price: CodeAmount


@dataclass(frozen=True, slots=True)
class Problem:
    """A number of the list that cannot be paid for. ``row`` counts from 1."""

    row: int
    number: str
    why: Obstacle


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a list would come to; nothing is written."""

    ready: tuple[Ready, ...]
    problems: tuple[Problem, ...]

    @property
    def total_idr(self) -> Rupiah:
        return Rupiah(sum(each.price.total_idr for each in self.ready))


def dry_run(actor: Actor, numbers: Iterable[str], months: int) -> DryRun:
    """Whom of these member numbers the actor may issue one code for, and why not for the others.

    All are of one branch: the first one's. Raises Refused(MONTHS_OUT_OF_RANGE).
    """
    listed = ["".join(each.split()) for each in numbers]
    found = {each.number: each for each in membership.members_by_number(actor, set(listed))}
    waiting = set(
        PaymentCode.objects.filter(
            member_id__in=[each.id for each in found.values()], state="open", expires_at__gt=clock.now()
        ).values_list("member_id", flat=True)
    )
    ready: dict[str, Ready] = {}
    problems = []
    for row, number in enumerate(listed, start=1):
        member = found.get(number)
        branch_id = next(iter(ready.values())).member.branch_id if ready else None
        why = Obstacle.TWICE if number in ready else _obstacle(member, waiting, branch_id)
        if why is not None or member is None:
            problems.append(Problem(row, number, why or Obstacle.UNKNOWN))
        else:
            ready[number] = Ready(member, selectors.price_of_next(member, months))
    return DryRun(tuple(ready.values()), tuple(problems))


def _obstacle(member: Member | None, waiting: set[UUID], branch_id: int | None) -> Obstacle | None:
    if member is None:
        return Obstacle.UNKNOWN
    if member.segment != Segment.BPU:
        return Obstacle.NOT_BPU
    if member.state == MemberState.DECEASED:
        return Obstacle.DIED
    if branch_id is not None and member.branch_id != branch_id:
        return Obstacle.OTHER_BRANCH
    return Obstacle.OWN_CODE if member.id in waiting else None


def groups_visible_to(actor: Actor) -> QuerySet[GroupCode]:
    """Newest first."""
    rows = GroupCode.objects.filter(under_offices(scope_of(actor, Permission.VIEW_PAYMENTS)))
    return rows.select_related("branch").order_by("-issued_at", "-id")


def group_for(
    actor: Actor, group_id: UUID, permission: Permission = Permission.VIEW_PAYMENTS, *, lock: bool = False
) -> GroupCode:
    """Raises NotFound."""
    rows = GroupCode.objects.filter(under_offices(scope_of(actor, permission)), pk=group_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    group = rows.select_related("branch").first()
    if group is None:
        raise NotFound("group")
    return group


def codes_of(group_id: UUID, **only: Any) -> list[PaymentCode]:
    """The members' codes of a group, in the order of their numbers. The caller has passed the group's door."""
    rows = PaymentCode.objects.filter(group_id=group_id, **only).select_related("member__person", "branch")
    return list(rows.order_by("member__number"))


def due_of(group_id: UUID) -> Rupiah:
    """What the group's open codes still ask, each less its member's credit."""
    return Rupiah(sum(selectors.due_of(code) for code in codes_of(group_id, state="open")))


def receipts_of(group_id: UUID) -> dict[UUID, Payment]:
    """The payment of each member's code, by member. The caller has passed the group's door."""
    rows = Payment.objects.filter(code__group_id=group_id, code__state="paid").order_by("recorded_at")
    return {each.member_id: each for each in rows if each.member_id is not None}
