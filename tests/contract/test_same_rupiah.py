"""The file of cases that the phone answers too (frontend/field/law/vectors.test.ts) holds what the rules say today."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from perisai.claims import rules as claims
from perisai.contributions import rules as contributions
from perisai.contributions.rules import Funding, Programme, Sector
from perisai.incentives import rules as incentives
from perisai.kernel import ids, names, nik
from perisai.kernel.errors import Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.membership.rules import age_on, read_phone

FILE = Path(__file__).parents[2] / "frontend" / "generated" / "vectors.json"
VECTORS: dict[str, list[list[Any]]] = json.loads(FILE.read_text(encoding="utf-8"))


def programmes(package: str) -> frozenset[Programme]:
    return frozenset(Programme(word) for word in package.split())


def contribution(
    income: int, package: str, month: str, sector: str, funded_by: str, paid_through: str | None
) -> list[Any]:
    price = contributions.bpu_contribution(
        income_idr=income,
        programmes=programmes(package),
        month=Period.parse(month),
        sector=Sector(sector),
        funded_by=Funding(funded_by),
        paid_through=Period.parse(paid_through) if paid_through else None,
    )
    return [price.jkk_idr, price.jkm_idr, price.jht_idr, price.base_idr]


def code(first: str, months: int, income: int, package: str, sector: str) -> list[Any]:
    amount = contributions.payment_code_amount(
        first=Period.parse(first),
        months=months,
        income_idr=income,
        programmes=programmes(package),
        sector=Sector(sector),
    )
    return [amount.total_idr]


def lapse(last_paid: str, today: str) -> list[Any]:
    last, day = Period.parse(last_paid), date.fromisoformat(today)
    return [
        len(contributions.missed_months(last, day)),
        contributions.is_lapsed(last, day),
        str(contributions.lapse_starts(last)),
        contributions.bpu_due_on(last).isoformat(),
    ]


def benefit(day: str, base: int) -> list[Any]:
    on = date.fromisoformat(day)
    death = claims.death_benefit(died_on=on, member_since=on, without_employer=False)
    accident = claims.accident_death_benefit(died_on=on, base_idr=base)
    school = claims.scholarship(died_on=on, children=9)
    sums = [death.lump_idr, death.periodic_idr, death.funeral_idr, death.total_idr]
    return [*sums, accident.lump_idr, accident.total_idr, school.child_idr, school.total_idr]


def acquisition(month: str, count: int, package: str, first_time: bool, segment: str) -> list[Any]:
    period, kind = Period.parse(month), incentives.Segment(segment)
    members = [incentives.NewMember(str(each), programmes(package), first_time, kind) for each in range(count)]
    answer = incentives.regime_for(period)(period, members, [])
    return [answer.counted_members, answer.acquisition_idr, answer.agent_idr, answer.wadah_idr]


def paid(month: str, amount: int, managed_month: int, segment: str, firm_month: int) -> list[Any]:
    period = Period.parse(month)
    fact = incentives.PaidMonth("1", Rupiah(amount), managed_month, incentives.Segment(segment), Rupiah(firm_month))
    line = incentives.regime_for(period)(period, [], [fact]).lines[-1]
    return [line.amount_idr, line.agent_idr, line.wadah_idr, line.counted, line.reason]


def read_nik(typed: str) -> list[Any]:
    digits = None
    with suppress(Refused):
        digits = nik.parse_nik(typed)
    if digits is None:
        return [None]
    today, card = date.fromisoformat(VECTORS["hints_on"][0][0]), date(1988, 3, 12)
    read = nik.hints(digits, today)
    differing = [list(nik.differences(digits, born_on=card, woman=woman, today=today)) for woman in (True, False)]
    return [digits, nik.mask(digits), read.woman, read.born_on and read.born_on.isoformat(), *differing]


ANSWERS: dict[str, tuple[int, Callable[..., list[Any]]]] = {
    "contribution": (6, contribution),
    "code": (5, code),
    "lapse": (2, lapse),
    "benefit": (2, benefit),
    "age": (2, lambda born_on, day: [age_on(date.fromisoformat(born_on), date.fromisoformat(day))]),
    "acquisition": (5, acquisition),
    "paid": (5, paid),
    "name": (1, lambda name: [names.tidy(name), names.search_key(name), names.heard_as(name), names.masked(name)]),
    "nik": (1, read_nik),
    "phone": (1, lambda typed: [read_phone(typed)]),
    "check_digit": (1, lambda digits: [ids.check_digit(digits)]),
}
"""How many leading cells of a row are asked, and how the server answers them."""


def test_there_are_five_thousand_cases_and_each_kind_is_asked() -> None:
    assert sum(map(len, VECTORS.values())) >= 5_000
    assert set(VECTORS) - {"hints_on"} == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_server_answers_as_the_file_says(name: str) -> None:
    asked, answer = ANSWERS[name]
    for row in VECTORS[name]:
        assert [*row[:asked], *answer(*row[:asked])] == row
