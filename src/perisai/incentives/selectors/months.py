"""Reading months: their states, what is prepared, what is booked, and how far a preparation has come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from perisai.agents import selectors as agents
from perisai.incentives.models import Accrual, IncentiveLine, Month, Preparation, Preview
from perisai.incentives.rules import Kind, Reason
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices


def months_visible_to(actor: Actor, permission: Permission = Permission.VIEW_INCENTIVES) -> QuerySet[Month]:
    """The months of the branches that the actor may see for that permission."""
    return Month.objects.filter(under_offices(scope_of(actor, permission)))


def month_for(
    actor: Actor, month_id: UUID, permission: Permission = Permission.VIEW_INCENTIVES, *, lock: bool = False
) -> Month:
    """Raises NotFound."""
    rows = (
        months_visible_to(actor, permission).select_related("branch", "prepared_by", "approved_by").filter(pk=month_id)
    )
    month = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if month is None:
        raise NotFound("month")
    return month


def has_lines(month: Month) -> bool:
    """Whether anything is booked in the branch's month; read through its agents, who are the index of the ledger."""
    return IncentiveLine.objects.filter(period=month.period, agent__branch_id=month.branch_id).exists()


def agents_in(month: Month) -> list[UUID]:
    """Who of the branch may have lines in the month: every agent it ever had."""
    return agents.ids_of_branch(month.branch_id)


def preparation_of(actor: Actor, period: Period) -> Preparation | None:
    """The actor's newest wish to have that month prepared."""
    mine = Preparation.objects.filter(asked_by_id=actor.user_id, period=period.first_day)
    return mine.order_by("-asked_at").first()


def asked_by(preparation_id: UUID) -> UUID:
    """Whose wish it is, for the worker that acts in their name. Raises NotFound."""
    user_id = Preparation.objects.filter(pk=preparation_id).values_list("asked_by_id", flat=True).first()
    if user_id is None:
        raise NotFound("preparation")
    return user_id


def last_accrual(period: Period) -> datetime | None:
    """When the month was accrued the last time, by anybody."""
    return Accrual.objects.filter(period=period.first_day).order_by("-at").values_list("at", flat=True).first()


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """An agent in a branch's month: what is booked, and what the preparation would add."""

    agent_id: UUID
    name: str
    number: str
    booked_agent_idr: Rupiah
    booked_wadah_idr: Rupiah
    more_agent_idr: Rupiah
    more_wadah_idr: Rupiah

    @property
    def agent_idr(self) -> Rupiah:
        return Rupiah(self.booked_agent_idr + self.more_agent_idr)

    @property
    def wadah_idr(self) -> Rupiah:
        return Rupiah(self.booked_wadah_idr + self.more_wadah_idr)


@dataclass(frozen=True, slots=True)
class WadahFigures:
    """A Wadah with its agents, by name."""

    wadah_id: UUID
    name: str
    agents: tuple[AgentFigures, ...]

    @property
    def agent_idr(self) -> Rupiah:
        return Rupiah(sum(each.agent_idr for each in self.agents))

    @property
    def wadah_idr(self) -> Rupiah:
        return Rupiah(sum(each.wadah_idr for each in self.agents))

    @property
    def more_idr(self) -> Rupiah:
        return Rupiah(sum(each.more_agent_idr + each.more_wadah_idr for each in self.agents))


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """What one reason adds to what was booked before."""

    kind: Kind
    reason: Reason
    lines: int
    agent_idr: Rupiah
    wadah_idr: Rupiah


def figures_of(month: Month) -> tuple[WadahFigures, ...]:
    """Every agent with lines in the month, by Wadah. The caller has passed the door of the month."""
    who = ("wadah_id", "wadah__name", "agent_id", "agent__name", "agent__number")
    booked = (
        IncentiveLine.objects.filter(period=month.period, agent__branch_id=month.branch_id)
        .values_list(*who)
        .annotate(Sum("agent_idr"), Sum("wadah_idr"))
    )
    more = Preview.objects.filter(month=month).values_list(*who).annotate(Sum("agent_idr"), Sum("wadah_idr"))
    sums = {row[:5]: (row[5], row[6]) for row in booked}
    added = {row[:5]: (row[5], row[6]) for row in more} if month.state == "previewed" else {}
    found: dict[tuple[UUID, str], list[AgentFigures]] = {}
    for key in sorted(sums.keys() | added.keys(), key=lambda each: (each[1], each[3], str(each[2]))):
        wadah_id, wadah, agent_id, name, number = key
        figures = AgentFigures(agent_id, name, number, *sums.get(key, (0, 0)), *added.get(key, (0, 0)))
        found.setdefault((wadah_id, wadah), []).append(figures)
    return tuple(WadahFigures(wadah_id, name, tuple(agents)) for (wadah_id, name), agents in found.items())


def difference_of(month: Month) -> list[ReasonFigures]:
    """What the preparation would add, by reason. The caller has passed the door of the month."""
    rows = (
        Preview.objects.filter(month=month)
        .values_list("kind", "reason")
        .annotate(Sum("lines"), Sum("agent_idr"), Sum("wadah_idr"))
        .order_by("kind", "reason")
    )
    return [
        ReasonFigures(Kind(kind), Reason(reason), lines, Rupiah(agent), Rupiah(wadah))
        for kind, reason, lines, agent, wadah in rows
    ]
