from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai.contributions.rules import (
    Funding,
    Programme,
    Sector,
    bpu_contribution,
    bpu_due_on,
    is_lapsed,
    lapse_starts,
    missed_months,
    months_covered,
    payment_code_amount,
    pu_contribution,
    pu_due_on,
)
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR
from perisai.kernel.period import Period

FARMER = {Programme.JKK, Programme.JKM}
MONTHS = st.builds(Period(2015, 7).plus, st.integers(0, 180))
INCOMES = st.one_of(st.integers(1, 25_000_000), st.integers(1, MOST_IDR))
PACKAGES = st.sampled_from([frozenset(FARMER), frozenset({*FARMER, Programme.JHT})])


def programmes(cell: str) -> tuple[Programme, ...]:
    return tuple(Programme(word) for word in cell.split())


def month_or_none(cell: str) -> Period | None:
    return None if cell == "-" else Period.parse(cell)


@pytest.mark.parametrize("row", worked("contribution", "Worked: BPU"))
def test_bpu_as_on_the_page(row: Row) -> None:
    price = bpu_contribution(
        income_idr=number(row["Income"]),
        programmes=programmes(row["Programmes"]),
        month=Period.parse(row["Month"]),
        sector=Sector(row["Sector"]),
        funded_by=Funding(row["Funded by"]),
        paid_through=month_or_none(row["Paid through"]),
    )
    assert [price.jkk_idr, price.jkm_idr, price.jht_idr, price.total_idr] == [
        number(row[name]) for name in ("JKK", "JKM", "JHT", "Total")
    ]


@pytest.mark.parametrize("row", worked("contribution", "The thirty bases"))
def test_every_bracket_from_its_first_rupiah_to_its_last(row: Row) -> None:
    ends = [number(row["From"])] + ([] if row["To (printed)"] == "no end" else [number(row["To (printed)"]) + 999])
    for income in ends:
        price = bpu_contribution(
            income_idr=income, programmes={*FARMER, Programme.JHT}, month=Period(2017, 10), sector=Sector.OTHER
        )
        assert (price.base_idr, price.jkk_idr, price.jht_idr) == (
            number(row["Base"]),
            number(row["JKK"]),
            number(row["JHT"]),
        )
        [cited] = [rule for rule in price.rules if rule.rule == "bpu.base"]
        assert cited.confidence == row["Confidence"]


@pytest.mark.parametrize("row", worked("contribution", "Payment codes"))
def test_payment_codes_as_on_the_page(row: Row) -> None:
    code = payment_code_amount(
        first=Period.parse(row["First month"]),
        months=number(row["Months"]),
        income_idr=number(row["Income"]),
        programmes=programmes(row["Programmes"]),
        sector=Sector(row["Sector"]),
    )
    assert code.total_idr == number(row["Total"])
    assert len(code.months) == number(row["Months"])


@pytest.mark.parametrize("row", worked("contribution", "Sponsors"))
def test_sponsors_as_on_the_page(row: Row) -> None:
    each = payment_code_amount(
        first=Period.parse(row["First month"]),
        months=number(row["Months"]),
        income_idr=number(row["Income"]),
        programmes=programmes(row["Programmes"]),
        funded_by=Funding(row["Funded by"]),
    )
    assert each.total_idr * number(row["Workers"]) == number(row["Total"])


@given(income=INCOMES, package=PACKAGES, month=MONTHS, sector=st.sampled_from(Sector), money=st.sampled_from(Funding))
def test_parts_sum_to_the_total_and_no_relief_ever_raises(
    income: int, package: frozenset[Programme], month: Period, sector: Sector, money: Funding
) -> None:
    price = bpu_contribution(
        income_idr=income,
        programmes=package,
        month=month,
        sector=sector,
        funded_by=money,
        paid_through=Period(2020, 7),
    )
    full = bpu_contribution(income_idr=income, programmes=package, month=Period(2019, 1))
    assert price.total_idr == price.jkk_idr + price.jkm_idr + price.jht_idr
    assert price.jkk_idr <= full.jkk_idr
    assert price.jkm_idr <= full.jkm_idr
    assert price.jht_idr == full.jht_idr


@given(incomes=st.tuples(INCOMES, INCOMES), package=PACKAGES, month=MONTHS)
def test_who_earns_more_never_pays_less(incomes: tuple[int, int], package: frozenset[Programme], month: Period) -> None:
    less, more = (
        bpu_contribution(income_idr=income, programmes=package, month=month).total_idr for income in sorted(incomes)
    )
    assert less <= more


@given(month=MONTHS, months=st.integers(1, 12), income=INCOMES, sector=st.sampled_from(Sector))
def test_a_code_asks_what_its_months_ask_one_by_one(month: Period, months: int, income: int, sector: Sector) -> None:
    code = payment_code_amount(first=month, months=months, income_idr=income, programmes=FARMER, sector=sector)
    singly = sum(
        bpu_contribution(income_idr=income, programmes=FARMER, month=one, sector=sector).total_idr
        for one in month.run(months)
    )
    assert code.total_idr == singly
    assert tuple(price.month for price in code.months) == months_covered(month, months)


def test_every_figure_is_cited_with_its_regulation() -> None:
    price = bpu_contribution(
        income_idr=1_000_000, programmes=FARMER, month=Period(2026, 4), sector=Sector.OTHER, paid_through=None
    )
    assert [(rule.rule, rule.value, rule.reference, rule.confidence) for rule in price.rules] == [
        ("bpu.base.income_from", 0, "PP 44/2015 Lampiran II", "high"),
        ("bpu.base", 1_000_000, "PP 44/2015 Lampiran II", "high"),
        ("bpu.jkk_rate", "0.01", "PP 44/2015 Lampiran II", "high"),
        ("bpu.jkm", 6_800, "PP 44/2015", "high"),
        ("discounts.pp_50_2025.other", "0.5", "PP 50/2025", "high"),
    ]


@pytest.mark.parametrize("income", [0, -1, MOST_IDR + 1, 10**15])
def test_an_income_nobody_has_is_refused(income: int) -> None:
    with pytest.raises(Refused) as refused:
        bpu_contribution(income_idr=income, programmes=FARMER, month=Period(2026, 4))
    assert (refused.value.code, refused.value.field) == (Code.INCOME_OUT_OF_RANGE, "income_idr")
    with pytest.raises(Refused) as refused:
        pu_contribution(wage_idr=income, risk_class=1, programmes=FARMER, month=Period(2026, 4))
    assert (refused.value.code, refused.value.field) == (Code.INCOME_OUT_OF_RANGE, "wage_idr")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (set(), Code.PROGRAMMES_INCOMPLETE),
        ({Programme.JKK}, Code.PROGRAMMES_INCOMPLETE),
        ({Programme.JHT}, Code.PROGRAMMES_INCOMPLETE),
        ({Programme.JKM, Programme.JHT}, Code.PROGRAMMES_INCOMPLETE),
        ({*FARMER, Programme.JP}, Code.PROGRAMME_NOT_OFFERED),
    ],
)
def test_a_package_that_is_not_offered_is_refused(chosen: set[Programme], code: Code) -> None:
    with pytest.raises(Refused) as refused:
        bpu_contribution(income_idr=1_000_000, programmes=chosen, month=Period(2026, 4))
    assert refused.value.code is code


def test_months_before_the_law_are_refused() -> None:
    june = Period(2015, 6)
    for call in (
        lambda: bpu_contribution(income_idr=1_000_000, programmes=FARMER, month=june),
        lambda: pu_contribution(wage_idr=1_000_000, risk_class=1, programmes=FARMER, month=june),
        lambda: months_covered(june, 3),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code is Code.MONTH_BEFORE_LAW
        assert "2015-07" in refused.value.sentence("en")


@pytest.mark.parametrize("months", [0, -1, 13])
def test_a_code_covers_one_to_twelve_months(months: int) -> None:
    with pytest.raises(Refused) as refused:
        months_covered(Period(2026, 4), months)
    assert refused.value.code is Code.MONTHS_OUT_OF_RANGE


@pytest.mark.parametrize("row", worked("lapse", "Lapse"))
def test_lapse_as_on_the_page(row: Row) -> None:
    last_paid, today = Period.parse(row["Last paid"]), date.fromisoformat(row["Today"])
    assert len(missed_months(last_paid, today)) == number(row["Missed months"])
    assert is_lapsed(last_paid, today) == (row["Lapsed"] == "yes")
    assert str(lapse_starts(last_paid)) == row["First month without protection"]


@given(last_paid=MONTHS, today=st.dates(date(2015, 7, 1), date(2031, 12, 31)))
def test_lapsed_means_three_missed_months(last_paid: Period, today: date) -> None:
    assert is_lapsed(last_paid, today) == (len(missed_months(last_paid, today)) >= 3)


@pytest.mark.parametrize("row", worked("lapse", "Due dates"))
def test_due_dates_as_on_the_page(row: Row) -> None:
    month = Period.parse(row["Month"])
    assert bpu_due_on(month) == date.fromisoformat(row["BPU due"])
    assert pu_due_on(month) == date.fromisoformat(row["PU due"])
