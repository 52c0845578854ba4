"""Who lives where, works for whom and is looked after by whom: decided once, before any row is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Final

from perisai.site.register import figures, people
from perisai.site.register.figures import Scale
from perisai.site.register.shares import apportion, heavy_tail, spans

CHUNK: Final = 12_000
"""People a piece of work holds at least, but for the last: whole districts, for a NIK belongs to one."""


@dataclass(frozen=True, slots=True)
class Village:
    """A village as the register of regions and the territories have it; ``code`` like ``13.06.08.2001``."""

    region_id: int
    code: str
    branch_id: int
    branch_code: str


@dataclass(frozen=True, slots=True)
class Place:
    """How many live in a village."""

    region_id: int
    town: bool
    pu: int
    bpu: int


@dataclass(frozen=True, slots=True)
class Firm:
    number: int
    branch_id: int
    region_id: int
    province: str
    workers: int
    since: int
    """A place in ``people.JOIN_DAYS``: nobody joins through it before."""


@dataclass(frozen=True, slots=True)
class Agent:
    number: int
    branch_id: int
    branch_code: str
    region_id: int
    province: str
    wadah: int


@dataclass(frozen=True, slots=True)
class District:
    """``code`` is six digits, as a NIK begins; ``firms`` and ``agents`` say who takes how many of its people."""

    code: str
    branch_id: int
    places: tuple[Place, ...]
    firms: tuple[tuple[Firm, int], ...]
    agents: tuple[tuple[int, int], ...]

    @property
    def pu(self) -> int:
        return sum(place.pu for place in self.places)

    @property
    def bpu(self) -> int:
        return sum(place.bpu for place in self.places)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of work: some districts, and how many people and people without employer come before them."""

    number: int
    people_before: int
    bpu_before: int
    districts: tuple[District, ...]

    @property
    def people(self) -> int:
        return sum(district.pu + district.bpu for district in self.districts)


@dataclass(frozen=True, slots=True)
class Plan:
    firms: tuple[Firm, ...]
    agents: tuple[Agent, ...]
    chunks: tuple[Chunk, ...]


def draw_up(villages: Sequence[Village], scale: Scale, seed: int) -> Plan:
    """Share the people of ``scale`` out over ``villages``; what comes to a regency without villages goes to the others.

    Raises ValueError for no villages.
    """
    rng = Random(f"{seed}:plan")  # noqa: S311 - drawing inventions, not secrets
    ordered = sorted(villages, key=lambda each: (each.branch_code, each.code))
    pu = _shared(ordered, scale.pu, 0, rng)
    bpu = _shared(ordered, scale.bpu, 1, rng)
    lived = [
        (each, Place(each.region_id, _is_town(each), *counts)) for each, *counts in zip(ordered, pu, bpu, strict=True)
    ]
    by_branch = [list(rows) for _, rows in groupby(lived, key=lambda row: row[0].branch_id)]
    firm_counts = _parts(scale.firms, [sum(place.pu for _, place in rows) for rows in by_branch])
    agent_counts = _parts(scale.agents, [sum(place.bpu for _, place in rows) for rows in by_branch])
    wadah_counts = _parts(scale.wadah, agent_counts)
    firms: list[Firm] = []
    agents: list[Agent] = []
    districts: list[District] = []
    wadah_before = 0
    for rows, firm_count, agent_count, wadah_count in zip(
        by_branch, firm_counts, agent_counts, wadah_counts, strict=True
    ):
        branch = _Branch(rows, rng)
        branch_firms = branch.firms(firm_count, len(firms))
        branch_agents = branch.agents(agent_count, len(agents), wadah_count, wadah_before)
        districts += branch.districts(branch_firms, branch_agents)
        firms += branch_firms
        agents += branch_agents
        wadah_before += wadah_count
    return Plan(tuple(firms), tuple(agents), tuple(_chunks(districts)))


class _Branch:
    """The villages of one branch in the order of their codes, grouped into districts."""

    def __init__(self, rows: list[tuple[Village, Place]], rng: Random) -> None:
        self._rng = rng
        self._villages = [village for village, _ in rows]
        self._districts = [list(group) for _, group in groupby(rows, key=lambda row: row[0].code[:8])]
        self._pu = [sum(place.pu for _, place in group) for group in self._districts]
        self._bpu = [sum(place.bpu for _, place in group) for group in self._districts]
        self._firm_spans: list[list[tuple[int, int]]] = []
        self._agent_spans: list[list[tuple[int, int]]] = []

    def firms(self, many: int, before: int) -> list[Firm]:
        workers = apportion(sum(self._pu), heavy_tail(self._rng, many, spread=1.8), least=1) if many else []
        self._firm_spans = spans(workers, self._pu)
        homes = self._homes(self._firm_spans, "pu")
        return [
            Firm(
                number=before + place,
                branch_id=homes[place].branch_id,
                region_id=homes[place].region_id,
                province=homes[place].code[:2],
                workers=count,
                since=int(people.draw_join_day(self._rng.random) * self._rng.random()),
            )
            for place, count in enumerate(workers)
        ]

    def agents(self, many: int, before: int, wadah_many: int, wadah_before: int) -> list[Agent]:
        served = apportion(sum(self._bpu), heavy_tail(self._rng, many, spread=0.6), least=1) if many else []
        self._agent_spans = spans(served, self._bpu)
        homes = self._homes(self._agent_spans, "bpu")
        return [
            Agent(
                number=before + place,
                branch_id=homes[place].branch_id,
                branch_code=homes[place].branch_code,
                region_id=homes[place].region_id,
                province=homes[place].code[:2],
                wadah=wadah_before + place * wadah_many // many,
            )
            for place in range(many)
        ]

    def districts(self, firms: list[Firm], agents: list[Agent]) -> list[District]:
        return [
            District(
                code=group[0][0].code[:8].replace(".", ""),
                branch_id=group[0][0].branch_id,
                places=tuple(place for _, place in group),
                firms=tuple((firms[owner], count) for owner, count in hired),
                agents=tuple((agents[owner].number, count) for owner, count in looked_after),
            )
            for group, hired, looked_after in zip(self._districts, self._firm_spans, self._agent_spans, strict=True)
        ]

    def _homes(self, served: list[list[tuple[int, int]]], segment: str) -> dict[int, Village]:
        """Each owner's village: one with people of the segment, in the first district served."""
        homes: dict[int, Village] = {}
        for group, owners in zip(self._districts, served, strict=True):
            lived = [village for village, place in group if getattr(place, segment)]
            for owner, _ in owners:
                homes.setdefault(owner, lived[int(self._rng.random() * len(lived))])
        return homes


def _shared(villages: Sequence[Village], total: int, segment: int, rng: Random) -> list[int]:
    """People by village: the regency's weight over its villages, towns heavier, no two villages alike."""
    own = [
        (figures.KELURAHAN_WEIGHT[segment] if _is_town(each) else 1.0) * rng.lognormvariate(0, 0.5) for each in villages
    ]
    whole: dict[str, float] = {}
    for each, weight in zip(villages, own, strict=True):
        whole[each.code[:5]] = whole.get(each.code[:5], 0.0) + weight
    return apportion(
        total,
        [
            figures.REGENCIES[each.code[:5]][segment] * weight / whole[each.code[:5]]
            for each, weight in zip(villages, own, strict=True)
        ],
    )


def _is_town(village: Village) -> bool:
    return village.code[9] == "1"


def _parts(total: int, wanted: list[int]) -> list[int]:
    """Firms, agents or Wadah by branch: at least one where anybody is, none where nobody is, never more than people."""
    peopled = [place for place, count in enumerate(wanted) if count]
    shared = apportion(total, [float(wanted[place]) for place in peopled], least=1)
    parts = [0] * len(wanted)
    for place, count in zip(peopled, shared, strict=True):
        parts[place] = min(count, wanted[place])
    return parts


def _chunks(districts: list[District]) -> list[Chunk]:
    chunks: list[Chunk] = []
    held: list[District] = []
    people_before = bpu_before = 0
    for place, district in enumerate(districts, start=1):
        held.append(district)
        if sum(each.pu + each.bpu for each in held) >= CHUNK or place == len(districts):
            chunks.append(Chunk(len(chunks), people_before, bpu_before, tuple(held)))
            people_before += sum(each.pu + each.bpu for each in held)
            bpu_before += sum(each.bpu for each in held)
            held = []
    return chunks
