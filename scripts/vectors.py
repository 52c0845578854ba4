"""The cases that the server's rules and the phone's must answer alike, to the rupiah and to the letter.

Read by tests/contract/test_same_rupiah.py and by frontend/field/law/vectors.test.ts; no app carries them. A row is what
is asked, then what is answered. The choice of cases is fixed, so that the file changes only when the law does.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any, Final

from perisai import rulebook
from perisai.claims import rules as claims
from perisai.contributions import rules as contributions
from perisai.contributions.rules import Funding, Programme, Sector
from perisai.incentives import rules as incentives
from perisai.kernel import ids, names, nik
from perisai.kernel.errors import Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.membership.rules import age_on, read_phone

Row = list[Any]

PACKAGES: Final = ("jkk jkm", "jkk jkm jht")
TURNS: Final = tuple(
    Period.parse(month)
    for month in (
        "2015-07", "2020-07", "2020-08", "2021-01", "2021-02", "2022-05", "2025-12", "2026-01", "2026-03", "2026-04",
        "2026-11", "2026-12", "2027-01", "2027-03", "2027-04", "2030-06",
    )
)  # fmt: skip
"""The months on both sides of every change of the price, the first one and a far one."""
PAID_THROUGH: Final = (None, Period(2020, 6), Period(2020, 7))
SECTORS: Final = tuple(Sector)
FUNDINGS: Final = tuple(Funding)

NAMES: Final = (
    "Siti Aminah", "SITI  AMINAH", "Sitti Aminah", "Soekarno", "Sukarno", "Djoko Susilo", "Joko Soesilo", "Tjahjadi",
    "Syafri Yanti", "Sjafri Janti", "Mohammad Yusuf", "Muhamad Jusuf", "Muh. Yusuf", "Akhmad", "Achmad", "Ahmad",
    "Nur'aini", "Nur’aini", "Nuraini", "Dzulkifli", "Zulkifli", "Phillip", "Filip", "Xaverius", "Quraisy Shihab",
    "Theresia", "Teresia", "José Nuñez", "Zoë Müller", "Łukasz", "Ibu Hj. Rosmaniar, S.Pd", "R.A. Kartini", "Amiiin",
    "O", "Budhi", "Budi", "Fathimah", "Fatimah", "Ali bin Abi", "Ngurah Gde", "I Wayan Suardhana", "Saiful\tBahri",
    "Ａｌｉ", "Åsa Ⅳ", "e\u0301cole", "", "  ", "123", "林 Lim", "Ny. Yulia-Yuliana", "Bahtiar\u200b Effendi", "Sittt",
)  # fmt: skip
NIKS: Final = (
    "1306085203880002", "1306081107850004", "1306080909900006", "1306086501920008", "1306082304790010",
    "1306082902000001", "1306082902010001", "1306086902000001", "1306083002990001", "1306080013990001",
    "1306087112050001", "1306082411260001", "1306082511260001", "1306082411250001", "3201014101000001",
    "9999999999999999", "0000000000000001", "1306 0852 0388 0002", "1306.0852.0388.0002", " 1306085203880002 ",
    "130608520388000", "13060852038800021", "130608520388000A", "", "0000000000000000", "１３０６０８５２０３８８０００２",
)  # fmt: skip
PHONES: Final = (
    "081234567890", "0812 3456 7890", "0812-3456-7890", "+62 812 3456 7890", "+6281234567890", "6281234567890",
    "62 812-3456-7890", "(0752) 21234", "0751 7890123", "021 5551234", "08123456", "081234567890123", "0800 123 4567",
    "812345678", "81234567890", "0856 1234 567", "0899 1234 5678", "0840123456", "12345", "", "  ", "nomor saya",
    "0812345678901", "08123456789012", "+62 0812 3456 7890", "0062 812 3456 7890", "0752-21234", "1500 910", "087712345",
)  # fmt: skip
TODAY: Final = date(2026, 11, 24)


def file() -> str:
    """One row a line, so that a change of the law shows as lines."""
    parts = {
        "hints_on": [[TODAY.isoformat()]],
        "contribution": prices(),
        "code": codes(),
        "lapse": lapses(),
        "benefit": benefits(),
        "age": ages(),
        "acquisition": acquisitions(),
        "paid": paid_months(),
        "name": (
            [each, names.tidy(each), names.search_key(each), names.heard_as(each), names.masked(each)] for each in NAMES
        ),
        "nik": niks(),
        "phone": phones(),
        "check_digit": ([each, ids.check_digit(each)] for each in map(str, range(7, 10**9, 4_999_999))),
    }
    texts = [f'"{name}": [\n' + ",\n".join(map(written, rows)) + "\n]" for name, rows in parts.items()]
    return "{\n" + ",\n".join(texts) + "\n}\n"


def written(row: Row) -> str:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":"))


def incomes() -> list[int]:
    """The first rupiah of every bracket, the one before it, and the ends of what is accepted."""
    steps = [bracket.threshold.value for bracket in rulebook.on(TODAY).scale("bpu.base")]
    return sorted({1, *(step for step in steps if step), *(step - 1 for step in steps if step), 10**13})


def prices() -> Iterator[Row]:
    """Every bracket in every month, and every circumstance in every month at incomes that take turns."""
    every = incomes()
    for income, package, month in product(every, PACKAGES, TURNS):
        yield price(income, package, month, Sector.OTHER, Funding.SELF, None)
    for place, case in enumerate(product(PACKAGES, TURNS, SECTORS, FUNDINGS, PAID_THROUGH)):
        yield price(every[place * 7 % len(every)], *case)


def price(
    income: int, package: str, month: Period, sector: Sector, funded_by: Funding, paid_through: Period | None
) -> Row:
    answer = contributions.bpu_contribution(
        income_idr=income, programmes=programmes(package), month=month, sector=sector, funded_by=funded_by,
        paid_through=paid_through,
    )  # fmt: skip
    asked = [income, package, str(month), sector, funded_by, paid_through and str(paid_through)]
    return [*asked, answer.jkk_idr, answer.jkm_idr, answer.jht_idr, answer.base_idr]


def codes() -> Iterator[Row]:
    """Codes of 1 to 12 months that begin in each of 26 months around the changes of law."""
    every = incomes()
    cases = product(Period(2025, 6).run(26), (1, 2, 3, 4, 6, 9, 12), PACKAGES, SECTORS)
    for place, (first, months, package, sector) in enumerate(cases):
        income = every[place * 11 % len(every)]
        answer = contributions.payment_code_amount(
            first=first, months=months, income_idr=income, programmes=programmes(package), sector=sector
        )
        yield [str(first), months, income, package, sector, answer.total_idr]


def lapses() -> Iterator[Row]:
    for last, days in product(Period(2025, 9).run(5), range(0, 230, 6)):
        today = last.first_day + timedelta(days=days)
        missed = contributions.missed_months(last, today)
        starts, due = contributions.lapse_starts(last), contributions.bpu_due_on(last)
        lapsed = contributions.is_lapsed(last, today)
        yield [str(last), today.isoformat(), len(missed), lapsed, str(starts), due.isoformat()]


def benefits() -> Iterator[Row]:
    """Death of either cause and the most schooling, on both sides of the change of 2019, at every base."""
    bases = [bracket.amount.value for bracket in rulebook.on(TODAY).scale("bpu.base")]
    for day, base in product((date(2017, 10, 30), date(2019, 12, 1), date(2019, 12, 2), TODAY), (1, 300_000, *bases)):
        death = claims.death_benefit(died_on=day, member_since=day, without_employer=False)
        accident = claims.accident_death_benefit(died_on=day, base_idr=base)
        school = claims.scholarship(died_on=day, children=9)
        sums = [death.lump_idr, death.periodic_idr, death.funeral_idr, death.total_idr]
        yield [day.isoformat(), base, *sums, accident.lump_idr, accident.total_idr, school.child_idr, school.total_idr]


def ages() -> Iterator[Row]:
    for born_on in (date(1961, 11, 24), date(1961, 11, 25), date(2000, 2, 29), date(2011, 11, 24), date(2011, 11, 25)):
        for day in (TODAY, date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29)):
            yield [born_on.isoformat(), day.isoformat(), age_on(born_on, day)]


def acquisitions() -> Iterator[Row]:
    """Months with so many new members of one kind, around both thresholds."""
    months = (Period(2017, 1), Period(2022, 4), Period(2022, 5), Period(2026, 11))
    cases = product(months, (0, 1, 24, 25, 26, 49, 50, 51), PACKAGES, (True, False), ("bpu", "pu_micro", "pu_small"))
    for period, count, package, first_time, segment in cases:
        members = [
            incentives.NewMember(str(each), frozenset(programmes(package)), first_time, incentives.Segment(segment))
            for each in range(count)
        ]
        answer = incentives.regime_for(period)(period, members, [])
        asked = [str(period), count, package, first_time, segment]
        yield [*asked, answer.counted_members, answer.acquisition_idr, answer.agent_idr, answer.wadah_idr]


def paid_months() -> Iterator[Row]:
    """One contribution received: every amount that a line rounds, in both formulas."""
    months = (Period(2017, 10), Period(2022, 4), Period(2022, 5), Period(2022, 12), Period(2023, 1), Period(2026, 11))
    amounts = (0, 1, 13, 33, 67, 168, 8_400, 16_800, 28_400, 36_800, 99_999, 627_800)
    people = [("bpu", managed, 0) for managed in (1, 24, 25, 60, 61)]
    firms = [(segment, 1, firm) for segment in ("pu_micro", "pu_small") for firm in (7_000_000, 7_000_001)]
    for period, amount, (segment, managed, firm) in product(months, amounts, [*people, *firms, ("pu_larger", 1, 1)]):
        fact = incentives.PaidMonth("1", Rupiah(amount), managed, incentives.Segment(segment), Rupiah(firm))
        line = incentives.regime_for(period)(period, [], [fact]).lines[-1]
        asked = [str(period), amount, managed, segment, firm]
        yield [*asked, line.amount_idr, line.agent_idr, line.wadah_idr, line.counted, line.reason]


def niks() -> Iterator[Row]:
    """Typed, read (null: refused), masked, woman, born on (null: the digits make no date), differences from a card."""
    for typed in NIKS:
        digits = None
        with suppress(Refused):
            digits = nik.parse_nik(typed)
        if digits is None:
            yield [typed, None]
            continue
        read = nik.hints(digits, TODAY)
        differing = partial(nik.differences, digits, born_on=date(1988, 3, 12), today=TODAY)
        born_on = read.born_on and read.born_on.isoformat()
        yield [typed, digits, nik.mask(digits), read.woman, born_on, differing(woman=True), differing(woman=False)]


def phones() -> Iterator[Row]:
    """Typed, and as it is kept; null where it is refused."""
    yield from ([typed, read_phone(typed)] for typed in PHONES)


def programmes(package: str) -> tuple[Programme, ...]:
    return tuple(Programme(word) for word in package.split())
