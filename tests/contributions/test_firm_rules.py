from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai import rulebook
from perisai.contributions.rules import (
    Collectability,
    Programme,
    collectability,
    contribution_by_contract,
    contribution_by_wages,
    migrant_contribution,
    months_late,
    owed_programmes,
    pu_contribution,
    pu_due_on,
    pu_fine,
    site_clocks,
    site_register_by,
)
from perisai.employers.rules import FirmSize, Industry
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR, floor_to_hundred
from perisai.kernel.period import Period

FARMER = {Programme.JKK, Programme.JKM}
ALL = tuple(Programme)
MONTHS = st.builds(Period(2015, 7).plus, st.integers(0, 180))
INCOMES = st.one_of(st.integers(1, 25_000_000), st.integers(1, MOST_IDR))
PU_SETS = st.sets(st.sampled_from(Programme), min_size=1)
APRIL = Period(2026, 4)


def programmes(cell: str) -> tuple[Programme, ...]:
    return tuple(Programme(word) for word in cell.split())


def month_or_none(cell: str) -> Period | None:
    return None if cell == "-" else Period.parse(cell)


@pytest.mark.parametrize("row", worked("firms", "Worked: PU"))
def test_pu_as_on_the_page(row: Row) -> None:
    price = pu_contribution(
        wage_idr=number(row["Wage"]),
        risk_class=number(row["Class"]),
        programmes=programmes(row["Programmes"]),
        month=Period.parse(row["Month"]),
        paid_through=month_or_none(row["Paid through"]),
    )
    employer, worker = price.employer, price.worker
    assert {
        "JKK": employer.jkk_idr,
        "JKM": employer.jkm_idr,
        "JHT employer": employer.jht_idr,
        "JHT worker": worker.jht_idr,
        "JP base": price.jp_base_idr,
        "JP employer": employer.jp_idr,
        "JP worker": worker.jp_idr,
        "Total": price.total_idr,
    } == {name: number(cell) for name, cell in row.items() if name.startswith(("J", "T"))}


def test_every_ceiling_follows_from_the_one_before() -> None:
    rows = worked("firms", "The pension's wage ceiling")
    before = 0
    for row in rows:
        first = Period.parse(row["From"]).first_day
        ceiling = rulebook.on(first).whole("pu.jp_wage_ceiling")
        assert (ceiling.value, ceiling.since) == (number(row["Ceiling"]), first)
        if row["Growth %"] != "-":
            exact = before * (1 + Decimal(row["Growth %"]) / 100)
            assert f"{exact.quantize(Decimal('0.01')):,}" == row["Before rounding"]
            assert ceiling.value == floor_to_hundred(exact)
        before = ceiling.value


@given(wages=st.tuples(INCOMES, INCOMES), chosen=PU_SETS, month=MONTHS, risk=st.integers(1, 5))
def test_pu_parts_sum_to_the_total_and_rise_with_the_wage(
    wages: tuple[int, int], chosen: set[Programme], month: Period, risk: int
) -> None:
    less, more = (
        pu_contribution(wage_idr=wage, risk_class=risk, programmes=chosen, month=month) for wage in sorted(wages)
    )
    assert less.total_idr <= more.total_idr
    firm, own = more.employer, more.worker
    parts = (firm.jkk_idr, firm.jkm_idr, firm.jht_idr, firm.jp_idr, own.jht_idr, own.jp_idr)
    assert more.total_idr == sum(parts)
    assert more.jp_base_idr <= rulebook.on(month.first_day).whole("pu.jp_wage_ceiling").value


@pytest.mark.parametrize("risk_class", [0, 6, -1])
def test_a_risk_class_that_does_not_exist_is_refused(risk_class: int) -> None:
    with pytest.raises(Refused) as refused:
        pu_contribution(wage_idr=1, risk_class=risk_class, programmes=FARMER, month=Period(2026, 4))
    assert refused.value.code is Code.RISK_CLASS_UNKNOWN


def test_a_wage_without_programmes_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        pu_contribution(wage_idr=1, risk_class=1, programmes=(), month=Period(2026, 4))
    assert refused.value.code is Code.PROGRAMMES_NONE


@pytest.mark.parametrize("row", worked("firms", "What a firm must take part in"))
def test_what_a_firm_owes_by_its_size_as_on_the_page(row: Row) -> None:
    assert owed_programmes(FirmSize(row["Size"]), Period.parse(row["Month"])) == programmes(row["Programmes"])


@pytest.mark.parametrize("row", worked("firms", "Labour-intensive industry"))
def test_the_relief_of_labour_intensive_industry_as_on_the_page(row: Row) -> None:
    price = pu_contribution(
        wage_idr=number(row["Wage"]),
        risk_class=number(row["Class"]),
        programmes=ALL,
        month=Period.parse(row["Month"]),
        paid_through=month_or_none(row["Paid through"]),
        industry=None if row["Industry"] == "-" else Industry(row["Industry"]),
        workers=number(row["Workers"]),
    )
    full = pu_contribution(
        wage_idr=number(row["Wage"]), risk_class=number(row["Class"]), programmes=ALL, month=Period.parse(row["Month"])
    )
    assert price.employer.jkk_idr == number(row["JKK"])
    assert price.total_idr - price.employer.jkk_idr == full.total_idr - full.employer.jkk_idr


def test_the_industries_of_the_law_are_the_ones_we_know() -> None:
    assert set(rulebook.on(date(2025, 2, 1)).words("discounts.pp_7_2025.industries").value) == set(Industry)


@pytest.mark.parametrize("row", worked("firms", "JKP"))
def test_jkp_as_on_the_page_and_nobody_pays_it_on_top(row: Row) -> None:
    wage, month = number(row["Wage"]), Period.parse(row["Month"])
    price = pu_contribution(wage_idr=wage, risk_class=1, programmes=ALL, month=month)
    found = price.jkp
    assert [row[name] for name in ("Base", "State", "From JKK", "From JKM")] == (
        ["-"] * 4
        if found is None
        else [f"{each:,}" for each in (found.base_idr, found.state_idr, found.from_jkk_idr, found.from_jkm_idr)]
    )
    firm, own = price.employer, price.worker
    assert price.total_idr == sum((firm.jkk_idr, firm.jkm_idr, firm.jht_idr, firm.jp_idr, own.jht_idr, own.jp_idr))


def test_a_worker_without_jht_is_not_in_jkp() -> None:
    assert pu_contribution(wage_idr=4_000_000, risk_class=1, programmes=FARMER, month=APRIL).jkp is None


@pytest.mark.parametrize("row", worked("firms", "Deferred pension"))
def test_deferred_pension_as_on_the_page(row: Row) -> None:
    price = pu_contribution(
        wage_idr=number(row["Wage"]), risk_class=1, programmes=ALL, month=Period.parse(row["Month"])
    )
    assert price.employer.jp_idr + price.worker.jp_idr == number(row["JP"])
    assert price.jp_deferrable_idr == number(row["Deferrable"])


@pytest.mark.parametrize("row", worked("firms", "The fine"))
def test_the_fine_as_on_the_page(row: Row) -> None:
    fine = pu_fine(
        contribution_idr=number(row["Contribution"]),
        month=Period.parse(row["Month"]),
        paid_on=date.fromisoformat(row["Paid on"]),
        relieved=row["Relieved"] == "yes",
    )
    assert fine.due_on == date.fromisoformat(row["Due"])
    assert (fine.months_late, fine.fine_idr) == (number(row["Months late"]), number(row["Fine"]))
    assert not fine.fine_idr or "medium" in {rule.confidence for rule in fine.rules}


@given(month=MONTHS, late=st.integers(-30, 400))
def test_no_fine_by_the_due_day_and_never_less_the_later(month: Period, late: int) -> None:
    due = pu_due_on(month)
    paid_on = due + timedelta(days=late)
    assert (months_late(due, paid_on) == 0) == (late <= 0)
    assert months_late(due, paid_on) <= months_late(due, paid_on + timedelta(days=1)) <= months_late(due, paid_on) + 1


@pytest.mark.parametrize("row", worked("construction", "Wages known"))
def test_a_site_with_known_wages_as_on_the_page(row: Row) -> None:
    price = contribution_by_wages(wages_idr=number(row["Wages"]), month=Period.parse(row["Month"]))
    assert [price.jkk_idr, price.jkm_idr, price.total_idr] == [number(row[name]) for name in ("JKK", "JKM", "Total")]


@pytest.mark.parametrize("row", worked("construction", "Only the contract known"))
def test_a_site_by_its_contract_as_on_the_page(row: Row) -> None:
    price = contribution_by_contract(contract_idr=number(row["Contract"]), month=Period.parse(row["Month"]))
    assert [price.jkk_idr, price.jkm_idr, price.total_idr] == [number(row[name]) for name in ("JKK", "JKM", "Total")]


@given(contracts=st.tuples(INCOMES, INCOMES), month=MONTHS)
def test_a_larger_contract_never_costs_less_and_a_rupiah_more_is_never_a_step(
    contracts: tuple[int, int], month: Period
) -> None:
    less, more = sorted(contracts)
    low, high = (contribution_by_contract(contract_idr=each, month=month) for each in (less, more))
    assert low.jkk_idr <= high.jkk_idr
    assert low.jkm_idr <= high.jkm_idr
    assert high.total_idr - low.total_idr <= Decimal("0.0024") * (more - less) + 2


@pytest.mark.parametrize("row", worked("construction", "Clocks"))
def test_the_clocks_of_a_site_as_on_the_page(row: Row) -> None:
    day, by = date.fromisoformat(row["Day"]), date.fromisoformat(row["By"])
    if row["Event"] == "work order":
        assert site_register_by(day) == by
    else:
        clocks = site_clocks(day)
        assert by == (clocks.certificate_by if row["Event"].endswith("certificate") else clocks.proof_by)


@pytest.mark.parametrize("row", worked("migrants", "What a migrant worker pays"))
def test_migrants_as_on_the_page(row: Row) -> None:
    price = migrant_contribution(
        months=number(row["Placement"]),
        month=Period.parse(row["Month"]),
        extension_months=number(row["Extension"]),
        jht_month_idr=number(row["JHT a month"]),
    )
    assert [price.before_idr, price.placed_idr, price.extension_idr, price.jht_idr, price.total_idr] == [
        number(row[name]) for name in ("Before", "During and after", "Extension paid", "JHT", "Total")
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"months": 18}, Code.PLACEMENT_UNKNOWN),
        ({"months": 0}, Code.PLACEMENT_UNKNOWN),
        ({"extension_months": -1}, Code.EXTENSION_OUT_OF_RANGE),
        ({"extension_months": 61}, Code.EXTENSION_OUT_OF_RANGE),
        ({"jht_month_idr": 49_999}, Code.JHT_OUT_OF_RANGE),
        ({"jht_month_idr": 600_001}, Code.JHT_OUT_OF_RANGE),
        ({"month": Period(2023, 2)}, Code.MONTH_BEFORE_LAW),
        ({"month": Period(2015, 6)}, Code.MONTH_BEFORE_LAW),
    ],
)
def test_a_placement_without_a_price_is_refused(change: dict[str, object], code: Code) -> None:
    with pytest.raises(Refused) as refused:
        migrant_contribution(**{"months": 24, "month": APRIL} | change)  # type: ignore[arg-type]
    assert refused.value.code is code
    assert refused.value.sentence("en") != refused.value.sentence("id")


@pytest.mark.parametrize("amount", [0, -1, MOST_IDR + 1])
def test_a_site_without_a_value_is_refused(amount: int) -> None:
    with pytest.raises(Refused) as refused:
        contribution_by_contract(contract_idr=amount, month=APRIL)
    assert refused.value.code is Code.AMOUNT_OUT_OF_RANGE
    with pytest.raises(Refused) as refused:
        contribution_by_wages(wages_idr=amount, month=APRIL)
    assert refused.value.code is Code.AMOUNT_OUT_OF_RANGE


@pytest.mark.parametrize("row", worked("firms", "Arrears by age"))
def test_arrears_by_age_as_on_the_page(row: Row) -> None:
    assert collectability(number(row["Months late"]), date(2026, 4, 1)) is Collectability(row["Class"])
