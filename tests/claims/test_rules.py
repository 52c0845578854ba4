from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai.claims.rules import accident_death_benefit, death_benefit, scholarship, waiting_over_on
from perisai.kernel.errors import Code, Refused

DAYS = st.dates(date(2015, 7, 1), date(2035, 12, 31))


@pytest.mark.parametrize("row", worked("benefits", "Death of another cause than work"))
def test_a_death_as_on_the_page(row: Row) -> None:
    paid = death_benefit(
        died_on=date.fromisoformat(row["Died"]),
        member_since=date.fromisoformat(row["Member since"]),
        without_employer=row["Segment"] == "bpu",
    )
    assert [paid.lump_idr, paid.periodic_idr, paid.funeral_idr, paid.total_idr] == [
        number(row[name]) for name in ("Sum", "Periodic", "Funeral", "Total")
    ]
    assert paid.waiting == (row["Waiting"] == "yes")


@pytest.mark.parametrize("row", worked("benefits", "Death by work accident"))
def test_a_death_by_work_accident_as_on_the_page(row: Row) -> None:
    paid = accident_death_benefit(died_on=date.fromisoformat(row["Died"]), base_idr=number(row["Base"]))
    assert [paid.lump_idr, paid.periodic_idr, paid.funeral_idr, paid.total_idr] == [
        number(row[name]) for name in ("Sum", "Periodic", "Funeral", "Total")
    ]


@pytest.mark.parametrize("row", worked("benefits", "Schooling"))
def test_schooling_as_on_the_page(row: Row) -> None:
    most = scholarship(died_on=date.fromisoformat(row["Died"]), children=number(row["Children"]))
    assert [most.children, most.child_idr, most.total_idr] == [
        number(row[name]) for name in ("Counted", "Each child", "Total")
    ]


@given(died_on=DAYS, base=st.integers(1, 30_000_000))
def test_a_work_accident_never_pays_less_than_another_death(died_on: date, base: int) -> None:
    other = death_benefit(died_on=died_on, member_since=date(2015, 7, 1), without_employer=False)
    assert accident_death_benefit(died_on=died_on, base_idr=base).total_idr >= other.total_idr


def test_a_figure_in_doubt_is_cited_as_such() -> None:
    paid = death_benefit(died_on=date(2026, 6, 5), member_since=date(2026, 6, 1), without_employer=True)
    assert {rule.rule: rule.confidence for rule in paid.rules} == {
        "benefits.bpu_waiting_months": "medium",
        "benefits.bpu_waiting_sum": "high",
        "benefits.bpu_waiting_means": "medium",
    }


@pytest.mark.parametrize(
    ("since", "over"),
    [("2026-03-01", "2026-06-01"), ("2025-11-30", "2026-02-28"), ("2027-11-30", "2028-02-29")],
)
def test_three_months_later_is_the_same_day_or_the_last(since: str, over: str) -> None:
    assert waiting_over_on(date.fromisoformat(since), 3) == date.fromisoformat(over)


def test_before_the_law_nothing_is_paid_and_a_wage_is_above_nothing() -> None:
    with pytest.raises(Refused) as refused:
        accident_death_benefit(died_on=date(2015, 6, 30), base_idr=1)
    assert refused.value.code is Code.MONTH_BEFORE_LAW
    with pytest.raises(Refused) as refused:
        accident_death_benefit(died_on=date(2026, 6, 5), base_idr=0)
    assert refused.value.field == "base_idr"
