"""Reading the programme: one village, those of an office, the plan of a year and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices
from perisai.regions import selectors as regions
from perisai.villages import rules
from perisai.villages.models import Official, Plan, Programme, Session, StepEntry
from perisai.villages.rules import Check, State

ON_THE_WAY: Final = tuple(state for state in State if state not in (State.LAUNCHED, State.WITHDRAWN))


def programmes_visible_to(actor: Actor, permission: Permission = Permission.VIEW_VILLAGE) -> QuerySet[Programme]:
    """By the branch that serves the village, or by the village itself (a wali nagari)."""
    reach = scope_of(actor, permission)
    match = under_offices(reach)
    for code in reach.region_codes:
        match |= Q(village__code=code) | Q(village__code__startswith=f"{code}.")
    return Programme.objects.filter(match)


def programme_for(
    actor: Actor, village_code: str, permission: Permission = Permission.VIEW_VILLAGE, *, lock: bool = False
) -> Programme:
    """Raises NotFound when the village is not in the programme or the actor may not see it."""
    rows = programmes_visible_to(actor, permission).filter(village__code=village_code)
    if lock:
        rows = rows.select_for_update(of=("self",))
    programme = rows.select_related("village", "branch").order_by("-nominated_on", "-id").first()
    if programme is None:
        raise NotFound("programme")
    return programme


def find_programme(actor: Actor, village_code: str) -> Programme | None:
    """The latest of the village, also one that it has left."""
    return programmes(actor).filter(village__code=village_code).first()


def programmes(actor: Actor, state: str = "") -> QuerySet[Programme]:
    """Those that the actor may see, the latest first; ``state`` empty is every state."""
    rows = programmes_visible_to(actor).select_related("village", "branch").order_by("-nominated_on", "-id")
    return rows.filter(state=state) if state else rows


def officials_of(programme_id: UUID) -> list[Official]:
    """Those in office, by name. The caller has passed the programme's door."""
    return list(Official.objects.filter(programme_id=programme_id, left_on=None).order_by("name", "id"))


def sessions_of(programme_id: UUID) -> list[Session]:
    """Newest first. The caller has passed the programme's door."""
    return list(Session.objects.filter(programme_id=programme_id).order_by("-on", "-id"))


def steps_of(programme_id: UUID) -> list[StepEntry]:
    """Newest first. The caller has passed the programme's door."""
    return list(StepEntry.objects.filter(programme_id=programme_id).select_related("recorded_by").order_by("-id"))


def officials_check(programme: Programme, on: date) -> Check:
    officials = officials_of(programme.id)
    return rules.officials_check(sum(bool(each.member_number) for each in officials), len(officials), on)


def sessions_check(programme: Programme, on: date) -> Check:
    reached = Session.objects.filter(programme=programme).values("jorong_key").distinct().count()
    return rules.sessions_check(reached, programme.jorong, on)


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A region's (or, with ``code`` empty, the nation's) plan of a year and what became of it so far."""

    year: int
    code: str
    name: str
    planned: int
    launched: int
    on_the_way: int
    reason: str

    @property
    def missing(self) -> int:
        return max(self.planned - self.launched, 0)


def plan_years(actor: Actor, year: int) -> Sequence[PlanYear]:
    """Every plan of the year, the nation first. Counts are of the whole region, for whoever may see villages anywhere.

    Raises NotFound without the permission.
    """
    if scope_of(actor, Permission.VIEW_VILLAGE).nowhere:
        raise NotFound("page")
    plans = Plan.objects.filter(year=year).order_by("region_id", "-id").distinct("region_id").select_related("region")
    found = [_plan_year(plan) for plan in plans]
    return sorted(found, key=lambda each: (each.code != "", each.code))


def _plan_year(plan: Plan) -> PlanYear:
    here = Programme.objects.filter(regions.within(plan.region.code, "village__code") if plan.region else Q())
    nominated = here.filter(nominated_on__lte=min(date(plan.year, 12, 31), clock.today()))
    return PlanYear(
        year=plan.year,
        code=plan.region.code if plan.region else "",
        name=plan.region.name if plan.region else "",
        planned=plan.villages,
        launched=here.filter(launched_on__year=plan.year).exclude(state=State.WITHDRAWN).count(),
        on_the_way=nominated.filter(state__in=ON_THE_WAY).count(),
        reason=plan.reason,
    )
