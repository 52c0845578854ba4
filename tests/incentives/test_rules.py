from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai import rulebook
from perisai.contributions.rules import Programme
from perisai.incentives.rules import (
    Incentive,
    Kind,
    NewMember,
    PaidMonth,
    Reason,
    Segment,
    regime_2017,
    regime_2022,
    regime_for,
)
from perisai.kernel.errors import Code, Misuse, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period

TWO = frozenset({Programme.JKK, Programme.JKM})
THREE = TWO | {Programme.JHT}


def newcomers(count: int, programmes: frozenset[Programme] = THREE, *, first_time: bool = True) -> list[NewMember]:
    return [NewMember(f"new-{first_time}-{number}", programmes, first_time) for number in range(count)]


def paid(count: int, amount: int, *, managed_month: int = 1) -> list[PaidMonth]:
    return [PaidMonth(f"paid-{number}", Rupiah(amount), managed_month) for number in range(count)]


def totals(month: Incentive) -> dict[str, int]:
    return {
        "Acquisition": month.acquisition_idr,
        "Contribution": month.contribution_idr,
        "Agent": month.agent_idr,
        "Wadah": month.wadah_idr,
    }


@pytest.mark.parametrize("row", worked("incentive", "Regime of 2017") + worked("incentive", "Regime of 2022"))
def test_a_month_as_on_the_page(row: Row) -> None:
    period, count = Period.parse(row["Month"]), number(row["New members"])
    chosen = frozenset(Programme(word) for word in row.get("Programmes", "jkk jkm jht").split())
    month = regime_for(period)(period, newcomers(count, chosen), paid(count, number(row["Each paid"])))
    assert totals(month) == {name: number(row[name]) for name in ("Acquisition", "Contribution", "Agent", "Wadah")}


@pytest.mark.parametrize("row", worked("incentive", "By month under management"))
def test_the_share_by_managed_month_as_on_the_page(row: Row) -> None:
    facts = paid(1, number(row["Paid"]), managed_month=number(row["Managed month"]))
    month = regime_2022(Period(2026, 4), [], facts)
    [line] = month.lines
    assert (line.amount_idr, line.reason) == (number(row["Contribution"]), Reason(row["Reason"]))
    assert line.counted == (line.rate is not None)


def test_the_formula_changes_with_may_2022() -> None:
    assert regime_for(Period(2017, 1)) is regime_2017
    assert regime_for(Period(2022, 4)) is regime_2017
    assert regime_for(Period(2022, 5)) is regime_2022
    with pytest.raises(Refused) as refused:
        regime_for(Period(2016, 12))
    assert refused.value.code is Code.MONTH_BEFORE_LAW


def test_from_the_25th_first_time_member_acquisition_is_paid() -> None:
    short = regime_2022(Period(2026, 4), newcomers(24), [])
    assert (short.acquisition_idr, short.counted_members, short.threshold) == (0, 24, 25)
    assert {line.reason for line in short.lines} == {Reason.BELOW_THRESHOLD}
    assert regime_2022(Period(2026, 4), newcomers(25), []).acquisition_idr == 375_000


def test_a_nik_that_was_registered_before_neither_counts_nor_pays() -> None:
    returned = newcomers(5, first_time=False)
    assert regime_2022(Period(2026, 4), newcomers(24) + returned, []).acquisition_idr == 0
    month = regime_2022(Period(2026, 4), newcomers(25) + returned, [])
    assert month.acquisition_idr == 375_000
    assert [line.counted for line in month.lines if line.reason is Reason.NIK_KNOWN_BEFORE] == [False] * 5


def test_the_first_formula_asks_nobody_whether_the_nik_was_known() -> None:
    assert regime_2017(Period(2017, 10), newcomers(50, first_time=False), []).acquisition_idr == 500_000


def test_workers_of_micro_firms_count_in_2017_and_others_do_not() -> None:
    micro = [NewMember(f"micro-{number}", TWO, False, Segment.PU_MICRO) for number in range(26)]
    small = [NewMember(f"small-{number}", TWO, False, Segment.PU_SMALL) for number in range(26)]
    assert regime_2017(Period(2017, 10), newcomers(24) + micro, []).acquisition_idr == 500_000
    month = regime_2017(Period(2017, 10), newcomers(24) + small, [])
    assert month.acquisition_idr == 0
    assert sum(line.reason is Reason.SEGMENT_NOT_COVERED for line in month.lines) == 26


@pytest.mark.parametrize(
    ("segment", "firm_pays", "reason"),
    [
        (Segment.PU_MICRO, 7_000_000, Reason.COUNTED),
        (Segment.PU_SMALL, 7_000_000, Reason.COUNTED),
        (Segment.PU_SMALL, 7_000_001, Reason.FIRM_PAYS_TOO_MUCH),
        (Segment.PU_LARGER, 1_000_000, Reason.SEGMENT_NOT_COVERED),
    ],
)
def test_small_firms_bring_a_share_while_they_are_small(segment: Segment, firm_pays: int, reason: Reason) -> None:
    fact = PaidMonth("toko", Rupiah(100_000), 1, segment, Rupiah(firm_pays))
    amount = 7_500 if reason is Reason.COUNTED else 0
    for period, regime in ((Period(2017, 10), regime_2017), (Period(2022, 6), regime_2022)):
        line = regime(period, [], [fact]).lines[-1]
        assert (line.amount_idr, line.reason) == (amount, reason)


def test_when_the_old_scope_ends_small_firms_bring_nothing() -> None:
    fact = PaidMonth("toko", Rupiah(100_000), 1, Segment.PU_MICRO, Rupiah(100_000))
    [line] = regime_2022(Period(2023, 1), [], [fact]).lines
    assert (line.amount_idr, line.reason) == (0, Reason.SEGMENT_NOT_COVERED)


def test_without_the_smallest_package_a_member_is_not_new() -> None:
    odd = [NewMember("odd", frozenset({Programme.JKK}), True)]
    [line] = regime_2022(Period(2026, 4), odd, []).lines
    assert line.reason is Reason.PROGRAMMES_NOT_COVERED


def test_a_month_of_nothing_pays_nothing() -> None:
    for period in (Period(2017, 10), Period(2026, 4)):
        assert set(totals(regime_for(period)(period, [], [])).values()) == {0}


@pytest.mark.parametrize(
    "facts",
    [
        paid(1, 16_800) * 2,
        paid(1, -1),
        paid(1, 16_800, managed_month=0),
        [PaidMonth("toko", Rupiah(1), 1, Segment.PU_MICRO)],
    ],
)
def test_facts_that_cannot_be_are_a_mistake_of_the_caller(facts: list[PaidMonth]) -> None:
    for period in (Period(2017, 10), Period(2026, 4)):
        with pytest.raises(Misuse):
            regime_for(period)(period, [], facts)
    with pytest.raises(Misuse):
        regime_2022(Period(2026, 4), newcomers(1) * 2, [])


PEOPLE = st.lists(st.tuples(st.sampled_from([TWO, THREE]), st.booleans(), st.sampled_from(Segment)), max_size=70).map(
    lambda rows: [NewMember(f"n{place}", *row) for place, row in enumerate(rows)]
)
RECEIPTS = st.lists(
    st.tuples(st.integers(0, 10**7).map(Rupiah), st.integers(1, 80), st.sampled_from(Segment)), max_size=30
).map(lambda rows: [PaidMonth(f"p{place}", *row, Rupiah(5_000_000)) for place, row in enumerate(rows)])


@given(new=PEOPLE, receipts=RECEIPTS)
def test_shares_of_2017_sum_to_the_whole_in_every_line(new: list[NewMember], receipts: list[PaidMonth]) -> None:
    month = regime_2017(Period(2017, 10), new, receipts)
    assert all(line.agent_idr + line.wadah_idr == line.amount_idr for line in month.lines)
    assert month.agent_idr + month.wadah_idr == month.acquisition_idr + month.contribution_idr
    assert all(0 <= 10 * line.wadah_idr <= line.amount_idr for line in month.lines)


@given(new=PEOPLE, receipts=RECEIPTS)
def test_lines_of_2022_sum_to_the_month_and_the_office_is_paid_on_top(
    new: list[NewMember], receipts: list[PaidMonth]
) -> None:
    month = regime_2022(Period(2026, 4), new, receipts)
    assert month.agent_idr == month.acquisition_idr + month.contribution_idr
    assert month.wadah_idr == sum(line.amount_idr // 10 for line in month.lines)
    assert (month.acquisition_idr > 0) == (month.counted_members >= 25)


@given(new=PEOPLE, receipts=RECEIPTS, period=st.sampled_from([Period(2017, 10), Period(2022, 6), Period(2026, 4)]))
def test_every_fact_has_one_line_and_unpaid_lines_say_why(
    new: list[NewMember], receipts: list[PaidMonth], period: Period
) -> None:
    month = regime_for(period)(period, new, receipts)
    for kind, facts in ((Kind.ACQUISITION, new), (Kind.CONTRIBUTION, receipts)):
        about = [line.subject_id for line in month.lines if line.kind is kind and line.subject_id is not None]
        assert about == [fact.id for fact in facts]
    assert all(line.counted or (line.amount_idr == 0 and line.reason is not Reason.COUNTED) for line in month.lines)
    assert month.rulebook_hash == rulebook.on(date(2026, 4, 1)).hash


@given(amount=st.integers(0, 10**10))
def test_a_line_is_whole_number_division_as_a_query_would_do_it(amount: int) -> None:
    then = regime_2017(Period(2017, 10), [], paid(1, amount)).lines[-1]
    now = regime_2022(Period(2026, 4), [], paid(1, amount)).lines[-1]
    assert (then.amount_idr, then.wadah_idr) == (amount * 75 // 1000, amount * 75 // 1000 * 10 // 100)
    assert (now.amount_idr, now.wadah_idr) == (amount * 15 // 100, amount * 15 // 100 * 10 // 100)
