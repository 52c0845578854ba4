from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai.targets.rules import (
    Count,
    PaceNeeded,
    attainment,
    expected_at_year_end,
    missing,
    pace_needed,
    pace_now,
    rank,
)

COUNTS = st.integers(0, 10**9)
FIGURES = st.none() | st.integers(0, 20_000).map(lambda hundredths: Decimal(hundredths) / 100)


def figure_or_none(cell: str) -> Decimal | None:
    return None if cell == "-" else Decimal(cell)


def whole_or_none(cell: str) -> int | None:
    return None if cell == "-" else number(cell)


@pytest.mark.parametrize("row", worked("target", "Attainment"))
def test_attainment_as_on_the_page(row: Row) -> None:
    actual, target = number(row["Actual"]), number(row["Target"])
    assert attainment(actual, target) == figure_or_none(row["Attainment"])
    assert missing(actual, target) == number(row["Missing"])


@pytest.mark.parametrize("row", worked("target", "Pace needed"))
def test_the_pace_needed_as_on_the_page(row: Row) -> None:
    needed = pace_needed(number(row["Actual"]), number(row["Target"]), date.fromisoformat(row["Today"]))
    assert needed == PaceNeeded(
        per_month=whole_or_none(row["Each month"]),
        months_left=number(row["Months left"]),
        per_working_day=whole_or_none(row["Each working day"]),
        working_days_left=number(row["Working days left"]),
    )


@pytest.mark.parametrize("row", worked("target", "Pace now and the year's end"))
def test_the_pace_now_as_on_the_page(row: Row) -> None:
    earlier = Count(date.fromisoformat(row["Earlier"]), number(row["Then"]))
    later = Count(date.fromisoformat(row["Later"]), number(row["Now"]))
    assert pace_now(earlier, later) == figure_or_none(row["Pace now"])
    assert expected_at_year_end(earlier, later) == whole_or_none(row["Year end"])


def test_ranks_as_on_the_page() -> None:
    rows = worked("target", "Rank")
    places = {place.id: place for place in rank((row["Office"], figure_or_none(row["Attainment"])) for row in rows)}
    ranked = [row for row in rows if row["Place"] != "-"]
    assert set(places) == {row["Office"] for row in ranked}
    for row in ranked:
        place = places[row["Office"]]
        assert (place.place, place.shared) == (number(row["Place"]), row["Shared"] == "yes")
        assert place.population == len(ranked)


def test_members_who_leave_cannot_make_fewer_than_none() -> None:
    assert expected_at_year_end(Count(date(2017, 9, 1), 1000), Count(date(2017, 9, 30), 10)) == 0


@given(actual=COUNTS, target=st.integers(1, 10**9))
def test_attainment_reaches_a_hundred_with_nothing_missing(actual: int, target: int) -> None:
    figure = attainment(actual, target)
    assert figure is not None
    assert abs(figure * target - 100 * actual) <= Decimal("0.005") * target
    if missing(actual, target) == 0:
        assert figure >= 100


@given(actual=COUNTS, target=COUNTS, today=st.dates(date(2017, 1, 1), date(2027, 12, 31)))
def test_the_pace_needed_closes_the_gap_and_is_not_wasteful(actual: int, target: int, today: date) -> None:
    needed, gap = pace_needed(actual, target, today), missing(actual, target)
    for pace, left in (
        (needed.per_month, needed.months_left),
        (needed.per_working_day, needed.working_days_left),
    ):
        assert (pace is None) == (left == 0)
        if pace:
            assert (pace - 1) * left < gap <= pace * left


@given(figures=st.lists(FIGURES, max_size=40))
def test_a_place_is_one_more_than_the_number_of_better_offices(figures: list[Decimal | None]) -> None:
    entries = list(enumerate(figures))
    known = [figure for figure in figures if figure is not None]
    places = rank(entries)
    assert len(places) == len(known)
    for place in places:
        assert place.place == 1 + sum(other > place.attainment for other in known)
        assert place.population == len(known)
        assert place.shared == (known.count(place.attainment) > 1)
    assert [place.place for place in places] == sorted(place.place for place in places)
