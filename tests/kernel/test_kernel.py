from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, worked

from perisai.kernel import clock, ids, money, names, nik
from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period

periods = st.builds(Period, st.integers(1950, 2100), st.integers(1, 12))


@given(periods, st.integers(-600, 600))
def test_months_added_are_months_apart(period: Period, months: int) -> None:
    later = period.plus(months)
    assert period.months_until(later) == months
    assert later.plus(-months) == period


@given(periods)
def test_a_month_ends_the_day_before_the_next(period: Period) -> None:
    assert Period.of(period.last_day) == period
    assert (period.next.first_day - period.last_day).days == 1
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("text", ["2026-4", "2026-13", "04-2026", "", "2026-00", "２０２６-04"])
def test_a_month_is_written_one_way(text: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(text)


@given(st.text("0123456789", min_size=1, max_size=12), st.data())
def test_the_check_digit_catches_any_single_slip(digits: str, data: st.DataObject) -> None:
    number = ids.with_check_digit(digits)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert ids.is_checked(number)
    assert not ids.is_checked(number[:place] + wrong + number[place + 1 :])


def test_new_ids_are_version_seven_and_grow() -> None:
    made = [ids.new_id() for _ in range(100)]
    assert {each.version for each in made} == {7}
    assert made == sorted(made)


@pytest.mark.parametrize(
    "text", ["130608500190000", "13060850019000031", "130608500190000A", "", "１３０６０８５００１９００００３"]
)
def test_a_nik_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        nik.parse_nik(text)
    assert refusal.value.code == Code.NIK_MALFORMED


def test_a_nik_of_zeros_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        nik.parse_nik("0" * 16)
    assert refusal.value.code == Code.NIK_ZEROS


def test_the_digits_hint_at_a_woman_born_in_1990_in_baso() -> None:
    read = nik.hints("1306085001900003", date(2026, 1, 1))
    assert (read.district_code, read.woman, read.born_on) == ("13.06.08", True, date(1990, 1, 10))


def test_a_corrected_birth_date_is_only_a_difference() -> None:
    differences = nik.differences("1306085001900003", born_on=date(1991, 1, 10), woman=True, today=date(2026, 1, 1))
    assert differences == ("born_on",)
    assert nik.differences("1306085001900003", born_on=date(1890, 1, 10), woman=False, today=date(2026, 1, 1)) == (
        "sex",
    )


def test_a_masked_nik_keeps_place_and_serial() -> None:
    assert nik.mask("1306085001900003") == "130608******0003"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Soekarno", "Sukarno"), ("Djoko", "Joko"), ("Syafri", "Safri"), ("Aminah", "amina"), ("Yunus", "Junus")][:4],
)
def test_two_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert names.heard_as(one) == names.heard_as(other)


@given(st.text(max_size=400))
def test_any_text_can_be_tidied_keyed_and_masked(text: str) -> None:
    tidy = names.tidy(text)
    assert tidy == names.tidy(tidy)
    names.masked(tidy)
    assert set(names.search_key(text)) <= set("abcdefghijklmnopqrstuvwxyz ")


def test_the_clock_can_be_turned_and_comes_back() -> None:
    with clock.turned_to(datetime(2017, 10, 30, 2, tzinfo=UTC)):
        assert clock.today() == date(2017, 10, 30)
    assert clock.now().year > 2025


def test_rupiah_are_written_as_the_reader_writes_them() -> None:
    assert money.format_idr(1234567) == "Rp 1.234.567"
    assert money.format_idr(-16800, "en") == "-Rp 16,800"


@pytest.mark.parametrize("row", worked("nik", "What the digits of a NIK suggest"))
def test_a_nik_as_on_the_page(row: Row) -> None:
    digits = nik.parse_nik(row["NIK"])
    hints = nik.hints(digits, date.fromisoformat(row["Read on"]))
    assert hints.district_code == row["District"]
    assert hints.woman == (row["Woman"] == "yes")
    assert str(hints.born_on or "-") == row["Born"]
    assert nik.mask(digits) == row["Masked"]
