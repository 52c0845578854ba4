from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai.rulebook.working_time import (
    add_working_days,
    days_off,
    due_after_working_hours,
    is_working_day,
    working_days_between,
    working_hours_between,
)

ZONES = st.sampled_from([ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")])
DAYS = st.dates(date(2016, 1, 1), date(2028, 12, 31))
INSTANTS = st.datetimes(datetime(2016, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize("row", worked("clocks", "Working days"))
def test_working_days_as_on_the_page(row: Row) -> None:
    assert add_working_days(date.fromisoformat(row["Event"]), number(row["Working days"])) == date.fromisoformat(
        row["Due"]
    )


@pytest.mark.parametrize("row", worked("clocks", "Working hours"))
def test_working_hours_as_on_the_page(row: Row) -> None:
    zone = ZoneInfo(row["Zone"])
    start = datetime.fromisoformat(row["Start"]).replace(tzinfo=zone)
    due = due_after_working_hours(start, number(row["Hours"]), zone)
    assert due == datetime.fromisoformat(row["Due"]).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 17), "Independence Day"),
        (date(2026, 3, 19), "Nyepi"),
        (date(2017, 12, 26), "joint leave"),
        (date(2026, 11, 21), "Saturday"),
    ],
)
def test_offices_are_closed(day: date, name: str) -> None:
    assert not is_working_day(day), name


@given(day=DAYS, n=st.integers(1, 40))
def test_the_nth_working_day_is_n_working_days_later(day: date, n: int) -> None:
    due = add_working_days(day, n)
    assert is_working_day(due)
    assert working_days_between(day, due) == n


@given(start=INSTANTS, hours=st.integers(0, 60), zone=ZONES)
def test_the_due_instant_lies_exactly_that_many_working_hours_later(
    start: datetime, hours: int, zone: ZoneInfo
) -> None:
    due = due_after_working_hours(start, hours, zone)
    assert working_hours_between(start, due, zone) == timedelta(hours=hours)
    assert is_working_day(due.date())
    assert 8 <= due.hour <= 16


@given(start=INSTANTS, one=st.integers(0, 10**6), two=st.integers(0, 10**6), zone=ZONES)
def test_working_time_adds_up(start: datetime, one: int, two: int, zone: ZoneInfo) -> None:
    middle = start + timedelta(seconds=one)
    end = middle + timedelta(seconds=two)
    whole = working_hours_between(start, end, zone)
    assert whole == working_hours_between(start, middle, zone) + working_hours_between(middle, end, zone)
    assert working_hours_between(end, start, zone) <= timedelta(0) or start == end


@pytest.mark.parametrize("n", [-1, 2001])
def test_an_impossible_number_of_days_is_a_mistake(n: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        add_working_days(date(2026, 1, 1), n)


def test_a_clock_of_more_than_ten_years_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="ten years"):
        working_hours_between(
            datetime(2016, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), ZoneInfo("Asia/Jakarta")
        )
    with pytest.raises(ValueError, match="working hours"):
        due_after_working_hours(datetime(2016, 1, 1, tzinfo=UTC), 1001, ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize("row", worked("clocks", "Days off"))
def test_the_days_off_of_a_year_as_on_the_page(row: Row) -> None:
    year = number(row["Year"])
    found = days_off(year)
    assert sum(not each.joint_leave for each in found) == number(row["Public holidays"])
    assert sum(each.joint_leave for each in found) == number(row["Joint leave"])
    assert any(each.estimated for each in found) == (row["Estimated"] == "yes")
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == number(row["Working days"])


@pytest.mark.parametrize("row", worked("clocks", "Days of the decrees"))
def test_days_of_the_decrees_as_on_the_page(row: Row) -> None:
    day = date.fromisoformat(row["Day"])
    [found] = [each for each in days_off(day.year) if each.on == day]
    assert (found.name.en, found.joint_leave) == (row["Name"], row["Kind"] == "joint")
    assert found.name.id != found.name.en
    assert not is_working_day(day)
