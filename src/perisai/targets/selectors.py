"""Reading attainment: one office, the offices below it, and its place among its kind.

Attained is counted from membership (``computed``). Where the register of an office is not loaded, the last figure that a
paper gave in that year stands in (``reported``); a sum of both is ``mixed``. Percentages are always computed (domain 11.1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership.rules import Segment
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.targets import rules, tally
from perisai.targets.models import ReportedFigure, Target

if TYPE_CHECKING:
    from perisai.organisation.models import Office

LATELY: Final = timedelta(days=90)
"""The pace of now is that of the last 90 days, which is taken as three months."""
DRAWN_FROM: Final = 12
"""The outlook is drawn from so many whole months: one of each season."""


class Basis(StrEnum):
    COMPUTED = "computed"
    REPORTED = "reported"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure from a paper: ``percent`` is computed from its own numbers, ``reported_percent`` is what it printed."""

    attained: int
    target: int
    percent: Decimal | None
    reported_percent: Decimal | None
    as_of: date
    source: str
    confidence: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """An office's figure in one segment, with its place among the offices it was ranked with.

    ``percent``, ``missing`` and ``place`` are None without a target; ``shared``: others have the same percentage.
    """

    code: str
    name: str
    segment: str
    attained: int
    target: int | None
    percent: Decimal | None
    missing: int | None
    basis: Basis
    is_synthetic: bool
    place: int | None
    population: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Attainment:
    """One office and segment on a day. Per cent with two places; ``pace_now`` in members a working day.

    What looks ahead is None without a target (``pace_needed``, ``outlook``) or without counted members (all others);
    ``helped`` is the outlook with the more agents that were asked about.
    """

    office_code: str
    office_name: str
    segment: str
    as_of: date
    attained: int
    target: int | None
    percent: Decimal | None
    missing: int | None
    basis: Basis
    is_synthetic: bool
    pace_needed: rules.PaceNeeded | None
    pace_now: Decimal | None
    pace_now_per_month: int | None
    expected_at_year_end: int | None
    outlook: rules.Outlook | None
    helped: rules.Outlook | None
    reported: Reported | None


@dataclass(frozen=True, slots=True)
class RegencyCount:
    """Members protected in a regency, by segment; regencies of the office's territory stand here with 0 too."""

    code: str
    name: str
    members: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Board:
    """An office on a day; every mapping is by segment. ``curve`` holds the ends of months from 31 December before."""

    office_code: str
    office_name: str
    office_kind: str
    as_of: date
    attainment: Mapping[str, Attainment]
    standing: Mapping[str, Standing]
    children: Mapping[str, tuple[Standing, ...]]
    curve: Mapping[str, tuple[rules.Count, ...]]
    regencies: tuple[RegencyCount, ...]
    won_lately: rules.AgentYield | None


def attainment(actor: Actor, office_code: str, segment: str, as_of: date) -> Attainment:
    """How far the office is from its target of the year of ``as_of``, and how fast it must go. Raises NotFound."""
    office = organisation.office_for(actor, office_code, Permission.VIEW_TARGETS)
    return _Picture(as_of, [as_of - LATELY, as_of, *_whole_months(as_of)]).attainment(office, _known(segment))


def rank(actor: Actor, kind: str, segment: str, year: int, as_of: date) -> list[Standing]:
    """All offices of a kind by attainment of the year's target, best first; those without a target come last.

    Whoever sees targets anywhere sees the ranking of all. Raises NotFound.
    """
    if organisation.scope_of(actor, Permission.VIEW_TARGETS).nowhere:
        raise NotFound("page")
    picture = _Picture(as_of, [as_of], year)
    return picture.ranked(picture.of_kind(kind), _known(segment))


def board(actor: Actor, office_code: str, as_of: date, *, more_agents: int = 0) -> Board:
    """Everything that an office's page shows on a day; with ``more_agents``, what as many more would change for BPU.

    Raises NotFound.
    """
    office = organisation.office_for(actor, office_code, Permission.VIEW_TARGETS)
    month_ends = _month_ends(as_of)
    picture = _Picture(as_of, [*month_ends, as_of - LATELY, as_of, *_whole_months(as_of)])
    if more_agents:
        agents, kept = membership.won_by_agents(picture.branch_ids(office), as_of - LATELY, as_of)
        picture.more_agents, picture.won_lately = more_agents, rules.AgentYield(agents, kept, months=3)
    peers, below = picture.of_kind(office.kind), picture.below(office)
    ranked = {segment: picture.ranked(peers, segment) for segment in Segment}
    return Board(
        office_code=office.code,
        office_name=office.name,
        office_kind=office.kind,
        as_of=as_of,
        attainment={segment: picture.attainment(office, segment) for segment in Segment},
        standing={segment: next(row for row in rows if row.code == office.code) for segment, rows in ranked.items()},
        children={segment: tuple(picture.ranked(below, segment)) for segment in Segment},
        curve={
            segment: tuple(rules.Count(day, picture.counted(office, segment, day)) for day in (*month_ends, as_of))
            for segment in Segment
        },
        regencies=tuple(picture.regencies(office)),
        won_lately=picture.won_lately,
    )


def _known(segment: str) -> Segment:
    try:
        return Segment(segment)
    except ValueError:
        raise NotFound("segment") from None


def _month_ends(as_of: date) -> list[date]:
    """31 December of the year before, then every month's end before ``as_of``."""
    ends = [date(as_of.year - 1, 12, 31)]
    ends += [Period(as_of.year, month).last_day for month in range(1, as_of.month)]
    return ends


def _whole_months(as_of: date) -> list[date]:
    """The ends of the last whole months before or on ``as_of``, and the one before them: thirteen days, oldest first."""
    last = Period.of(as_of + timedelta(days=1)).plus(-1)
    return [last.plus(-back).last_day for back in range(DRAWN_FROM, -1, -1)]


@dataclass(frozen=True, slots=True)
class _Figure:
    attained: int
    target: int | None
    basis: Basis
    is_synthetic: bool

    @property
    def percent(self) -> Decimal | None:
        return None if self.target is None else rules.attainment(self.attained, self.target)

    @property
    def missing(self) -> int | None:
        return None if self.target is None else rules.missing(self.attained, self.target)


class _Picture:
    """Offices, targets, reported figures and counts of one day, each read once."""

    more_agents = 0
    won_lately: rules.AgentYield | None = None

    def __init__(self, as_of: date, days: Iterable[date], year: int | None = None) -> None:
        self.as_of, self.year = as_of, year or as_of.year
        self.head = organisation.get_office("KP")
        self.regional = list(organisation.offices_of_kind("regional"))
        self.branches = list(organisation.offices_of_kind("branch"))
        self.counts = tally.counts([branch.id for branch in self.branches], days)

    @cached_property
    def targets(self) -> dict[tuple[int, str], Target]:
        rows = Target.objects.filter(year=self.year).order_by("office_id", "segment", "-id")
        return {(row.office_id, row.segment): row for row in rows.distinct("office_id", "segment")}

    @cached_property
    def reported(self) -> dict[tuple[int, str], ReportedFigure]:
        rows = ReportedFigure.objects.filter(as_of__lte=self.as_of, as_of__gte=date(self.year, 1, 1))
        rows = rows.order_by("office_id", "segment", "-as_of", "-id").distinct("office_id", "segment")
        return {(row.office_id, row.segment): row for row in rows}

    def of_kind(self, kind: str) -> Sequence["Office"]:
        return {"head": [self.head], "regional": self.regional, "branch": self.branches}.get(kind, [])

    def below(self, office: "Office") -> Sequence["Office"]:
        return [each for each in (*self.regional, *self.branches) if each.parent_id == office.id]

    def branch_ids(self, office: "Office") -> list[int]:
        return [each.id for each in self.branches if f"{each.path}/".startswith(f"{office.path}/")]

    def counted(self, office: "Office", segment: str, day: date) -> int:
        return self.counts.on(day, segment, self.branch_ids(office))

    def figure(self, office: "Office", segment: str) -> _Figure:
        """Counted, or reported where nobody was ever counted; the head office adds up its regions."""
        target = self.targets.get((office.id, segment))
        if office == self.head:
            return self._nation(segment, target)
        paper = self.reported.get((office.id, segment))
        wanted = target.amount if target else None
        if paper is None or self.counts.has_entries(segment, self.branch_ids(office)):
            synthetic = target is not None and target.is_synthetic
            return _Figure(self.counted(office, segment, self.as_of), wanted, Basis.COMPUTED, synthetic)
        return _Figure(paper.attained, wanted or paper.target, Basis.REPORTED, paper.is_synthetic)

    def _nation(self, segment: str, target: Target | None) -> _Figure:
        parts = [self.figure(office, segment) for office in self.regional]
        bases = {part.basis for part in parts if part.attained or part.target}
        wanted = target.amount if target else sum(part.target or 0 for part in parts) or None
        return _Figure(
            sum(part.attained for part in parts),
            wanted,
            Basis.MIXED if len(bases) > 1 else next(iter(bases), Basis.COMPUTED),
            any(part.is_synthetic for part in parts),
        )

    def ranked(self, offices: Sequence["Office"], segment: str) -> list[Standing]:
        figures = {office.code: self.figure(office, segment) for office in offices}
        places = {each.id: each for each in rules.rank((code, each.percent) for code, each in figures.items())}
        order = {code: place for place, code in enumerate(places)}
        rows = []
        for office in sorted(offices, key=lambda each: order.get(each.code, len(order))):
            figure, place = figures[office.code], places.get(office.code)
            rows.append(
                Standing(
                    code=office.code,
                    name=office.name,
                    segment=segment,
                    attained=figure.attained,
                    target=figure.target,
                    percent=figure.percent,
                    missing=figure.missing,
                    basis=figure.basis,
                    is_synthetic=figure.is_synthetic,
                    place=place.place if place else None,
                    population=len(places),
                    shared=place is not None and place.shared,
                )
            )
        return rows

    def attainment(self, office: "Office", segment: str) -> Attainment:
        figure, paper = self.figure(office, segment), self.reported.get((office.id, segment))
        earlier = rules.Count(self.as_of - LATELY, self.counted(office, segment, self.as_of - LATELY))
        later = rules.Count(self.as_of, figure.attained)
        counts = figure.basis is Basis.COMPUTED
        return Attainment(
            office_code=office.code,
            office_name=office.name,
            segment=segment,
            as_of=self.as_of,
            attained=figure.attained,
            target=figure.target,
            percent=figure.percent,
            missing=figure.missing,
            basis=figure.basis,
            is_synthetic=figure.is_synthetic,
            pace_needed=None
            if figure.target is None
            else rules.pace_needed(figure.attained, figure.target, self.as_of),
            pace_now=rules.pace_now(earlier, later) if counts else None,
            pace_now_per_month=_a_third(later.members - earlier.members) if counts else None,
            expected_at_year_end=rules.expected_at_year_end(earlier, later) if counts else None,
            outlook=self.outlook(office, segment, figure),
            helped=self.outlook(office, segment, figure, helped=True)
            if self.won_lately and segment == Segment.BPU
            else None,
            reported=_told(paper) if paper else None,
        )

    def outlook(self, office: "Office", segment: str, figure: _Figure, *, helped: bool = False) -> rules.Outlook | None:
        if figure.basis is not Basis.COMPUTED or figure.target is None:
            return None
        ends = [self.counted(office, segment, day) for day in _whole_months(self.as_of)]
        gains = [after - before for before, after in pairwise(ends) if before]
        more, lately = (self.more_agents, self.won_lately) if helped else (0, None)
        return rules.outlook(gains, figure.attained, figure.target, self.as_of, more_agents=more, lately=lately)

    def regencies(self, office: "Office") -> list[RegencyCount]:
        members = self.counts.by_regency(self.branch_ids(office))
        served = regions.regencies_of(row.region.code for row in organisation.territories_of(office.id, self.as_of))
        names = served | regions.names_of({code for code, _ in members} - set(served))
        return [
            RegencyCount(code, name, {segment: members.get((code, segment), 0) for segment in Segment})
            for code, name in sorted(names.items())
        ]


def _told(paper: ReportedFigure) -> Reported:
    return Reported(
        attained=paper.attained,
        target=paper.target,
        percent=rules.attainment(paper.attained, paper.target),
        reported_percent=paper.reported_percent,
        as_of=paper.as_of,
        source=paper.source,
        confidence=paper.confidence,
        is_synthetic=paper.is_synthetic,
    )


def _a_third(members: int) -> int:
    """Half up."""
    return (2 * members + 3) // 6
