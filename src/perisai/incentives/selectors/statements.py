"""Reading statements: what an agent or a Wadah earned in a month, line by line, with the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Sum

from perisai import rulebook
from perisai.agents import selectors as agents
from perisai.incentives import accrual, wording
from perisai.incentives.models import IncentiveLine
from perisai.incentives.rules import Kind, Reason
from perisai.kernel import names
from perisai.kernel.actor import Actor
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One subject of the ledger with all its differences summed; the member's name is masked, '' for the flat sum.

    ``standing`` is (counted new members, threshold) of the whole month, which the sentence of a line may need.
    ``settles`` is the earlier month that a late line belongs to.
    """

    kind: Kind
    member_number: str
    member_name: str
    month: Period | None
    received_idr: Rupiah
    rate: Decimal | None
    agent_idr: Rupiah
    wadah_idr: Rupiah
    counted: bool
    reason: Reason
    standing: tuple[int, int]
    settles: Period | None = None

    def why(self, language: str = "id") -> str:
        """The sentence that says why the line counts or does not."""
        counted, threshold = self.standing
        rate = wording.percent(self.rate, language) if self.rate else ""
        why = wording.said(
            wording.WHY[self.kind, self.reason], language, counted=counted, threshold=threshold, rate=rate
        )
        return f"{wording.said(wording.SETTLES, language, month=self.settles)} {why}" if self.settles else why

    def about(self, language: str = "id") -> str:
        """Whom or what the line is about."""
        if self.kind is Kind.CONTRIBUTION:
            about = wording.CONTRIBUTION
        else:
            about = wording.NEW_MEMBER if self.member_number else wording.FLAT_SUM
        return wording.said(about, language, number=self.member_number, name=self.member_name, month=self.month)


@dataclass(frozen=True, slots=True)
class Statement:
    """An agent's month. ``missing_members``: new members still needed for the threshold; ``posted_at`` of the last line."""

    agent_id: UUID
    agent_name: str
    agent_number: str
    wadah_names: tuple[str, ...]
    period: Period
    regime: str
    lines: tuple[StatementLine, ...]
    acquisition_idr: Rupiah
    contribution_idr: Rupiah
    agent_idr: Rupiah
    wadah_idr: Rupiah
    counted_members: int
    threshold: int
    posted_at: datetime | None
    is_synthetic: bool

    @property
    def missing_members(self) -> int:
        return max(self.threshold - self.counted_members, 0)


@dataclass(frozen=True, slots=True)
class AgentMonth:
    """One agent in the statement of a Wadah."""

    agent_id: UUID
    agent_name: str
    agent_number: str
    lines: int
    agent_idr: Rupiah
    wadah_idr: Rupiah


@dataclass(frozen=True, slots=True)
class WadahStatement:
    """A Wadah's month, an agent a row, by name."""

    wadah_id: UUID
    wadah_name: str
    wadah_code: str
    period: Period
    regime: str
    agents: tuple[AgentMonth, ...]
    agent_idr: Rupiah
    wadah_idr: Rupiah
    posted_at: datetime | None
    is_synthetic: bool


def statement(actor: Actor, agent_id: UUID, period: Period) -> Statement:
    """What is posted for the agent's month; no lines before the first accrual. Raises NotFound, Refused(MONTH_BEFORE_LAW)."""
    agent = agents.agent_for(actor, agent_id, Permission.VIEW_INCENTIVES)
    regime = accrual.regime_name(period)
    threshold = rulebook.on(period.first_day).whole(f"incentive.{regime}.threshold").value
    rows = (
        IncentiveLine.objects.filter(agent_id=agent_id, period=period.first_day)
        .order_by("posted_at", "kind", "subject", "turn")
        .values_list(*_COLUMNS)
    )
    subjects = _by_subject(_Posted(*row) for row in rows)
    counted = sum(
        each[-1].counted
        for each in subjects
        if each[0].kind == Kind.ACQUISITION and each[0].member_number is not None and not each[0].settles
    )
    lines = tuple(_line(each, (counted, threshold)) for each in subjects)
    wadah_names = dict.fromkeys(row.wadah for each in subjects for row in each)
    return Statement(
        agent_id=agent.id,
        agent_name=agent.name,
        agent_number=agent.number,
        wadah_names=tuple(wadah_names),
        period=period,
        regime=regime,
        lines=lines,
        acquisition_idr=_paid(line for line in lines if line.kind is Kind.ACQUISITION),
        contribution_idr=_paid(line for line in lines if line.kind is Kind.CONTRIBUTION),
        agent_idr=_paid(lines),
        wadah_idr=Rupiah(sum(line.wadah_idr for line in lines)),
        counted_members=counted,
        threshold=threshold,
        posted_at=max((row.posted_at for each in subjects for row in each), default=None),
        is_synthetic=agent.is_synthetic,
    )


def wadah_statement(actor: Actor, wadah_id: UUID, period: Period) -> WadahStatement:
    """What is posted for the agents whom the Wadah sent in the month. Raises NotFound, Refused(MONTH_BEFORE_LAW)."""
    wadah = agents.wadah_for(actor, wadah_id)
    rows = (
        IncentiveLine.objects.filter(wadah_id=wadah_id, period=period.first_day)
        .values_list("agent_id", "agent__name", "agent__number")
        .annotate(Count("subject"), Sum("agent_idr"), Sum("wadah_idr"), Max("posted_at"))
        .order_by("agent__name", "agent_id")
    )
    months = [
        (AgentMonth(agent_id, name, number, lines, Rupiah(agent_idr), Rupiah(wadah_idr)), posted_at)
        for agent_id, name, number, lines, agent_idr, wadah_idr, posted_at in rows
    ]
    return WadahStatement(
        wadah_id=wadah.id,
        wadah_name=wadah.name,
        wadah_code=wadah.code,
        period=period,
        regime=accrual.regime_name(period),
        agents=tuple(month for month, _ in months),
        agent_idr=Rupiah(sum(month.agent_idr for month, _ in months)),
        wadah_idr=Rupiah(sum(month.wadah_idr for month, _ in months)),
        posted_at=max((posted_at for _, posted_at in months), default=None),
        is_synthetic=wadah.is_synthetic,
    )


def periods_of(actor: Actor, agent_id: UUID) -> list[Period]:
    """The months for which the agent has lines, newest first. Raises NotFound."""
    agent = agents.agent_for(actor, agent_id, Permission.VIEW_INCENTIVES)
    days = IncentiveLine.objects.filter(agent_id=agent.id).order_by("-period").values_list("period", flat=True)
    return [Period.of(day) for day in days.distinct()]


_COLUMNS: Final = (
    "kind", "subject", "member__number", "member__person__name", "month", "received_idr", "rate", "agent_idr",
    "wadah_idr", "counted", "reason", "posted_at", "wadah__name", "period", "about_period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Posted:
    """A row of the ledger: ``_COLUMNS`` in their order."""

    kind: str
    subject: str
    member_number: str | None
    member_name: str | None
    month: date | None
    received_idr: int
    rate: Decimal | None
    agent_idr: int
    wadah_idr: int
    counted: bool
    reason: str
    posted_at: datetime
    wadah: str
    period: date
    about_period: date

    @property
    def settles(self) -> Period | None:
        """The earlier month that the line belongs to; None for the month that it is booked in."""
        return Period.of(self.about_period) if self.about_period < self.period else None


def _by_subject(rows: Iterable[_Posted]) -> list[list[_Posted]]:
    """The rows of one subject together, oldest first; subjects in the order of their first row."""
    found: dict[tuple[str, str, date], list[_Posted]] = {}
    for row in rows:
        found.setdefault((row.kind, row.subject, row.about_period), []).append(row)
    return list(found.values())


def _line(rows: Sequence[_Posted], standing: tuple[int, int]) -> StatementLine:
    last = rows[-1]
    return StatementLine(
        kind=Kind(last.kind),
        member_number=last.member_number or "",
        member_name=names.masked(last.member_name or ""),
        month=Period.of(last.month) if last.month else None,
        received_idr=Rupiah(last.received_idr),
        rate=last.rate,
        agent_idr=Rupiah(sum(row.agent_idr for row in rows)),
        wadah_idr=Rupiah(sum(row.wadah_idr for row in rows)),
        counted=last.counted,
        reason=Reason(last.reason),
        standing=standing,
        settles=last.settles,
    )


def _paid(lines: Iterable[StatementLine]) -> Rupiah:
    return Rupiah(sum(line.agent_idr for line in lines))


def months_of_agents(actor: Actor, period: Period) -> list[AgentMonth]:
    """What is posted in the month for every agent that the actor may see, by name; agents without lines are missing."""
    visible = agents.visible_to(actor, Permission.VIEW_INCENTIVES).values("id")
    rows = (
        IncentiveLine.objects.filter(agent_id__in=visible, period=period.first_day)
        .values_list("agent_id", "agent__name", "agent__number")
        .annotate(Count("subject"), Sum("agent_idr"), Sum("wadah_idr"))
        .order_by("agent__name", "agent_id")
    )
    return [
        AgentMonth(agent_id, name, number, lines, Rupiah(agent_idr), Rupiah(wadah_idr))
        for agent_id, name, number, lines, agent_idr, wadah_idr in rows
    ]
