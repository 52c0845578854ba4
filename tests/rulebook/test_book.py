from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perisai import rulebook
from perisai.kernel.period import Period
from perisai.rulebook import Confidence, book

DAYS = st.dates(date(2015, 7, 1), date(2035, 12, 31))

ONE_RATE = """
rate:
  description: A rate
  indonesian: Satu tarif
  metadata: {unit: /1}
  values:
    2020-01-01: {value: "0.01", reference: A law, confidence: high}
"""


def loaded(folder: Path, written: str) -> book._Library:
    (folder / "law.yaml").write_text(written, encoding="utf-8")
    return book.load(folder)


@given(day=DAYS)
def test_every_parameter_that_has_begun_has_exactly_one_value_on_any_day(day: date) -> None:
    law = rulebook.on(day)
    for parameter in rulebook.parameters():
        holding = [value for value in parameter.values if value.since <= day]
        if "[" not in parameter.name:
            assert (parameter.name in law._values) == bool(holding and holding[-1].value is not None)
        if holding and parameter.name in law._values:
            assert law.value(parameter.name, object).value == holding[-1].value


@given(day=DAYS)
def test_the_law_of_a_day_is_one_object_between_two_changes(day: date) -> None:
    law = rulebook.on(day)
    assert law is rulebook.on(law.since)
    assert law.since <= day
    changed = {change.after.since for change in rulebook.changes(law.since, day)}
    assert not changed


def test_a_value_carries_its_day_its_regulation_and_our_confidence() -> None:
    ceiling = rulebook.on(date(2021, 2, 1)).whole("pu.jp_wage_ceiling")
    assert (ceiling.value, ceiling.since, ceiling.confidence) == (8_754_600, date(2021, 2, 1), Confidence.HIGH)
    assert "B/0246/022021" in ceiling.reference


def test_the_ceiling_of_2021_began_in_february_and_not_in_march() -> None:
    assert rulebook.on(date(2021, 1, 31)).whole("pu.jp_wage_ceiling").value == 8_939_700
    assert rulebook.on(date(2021, 2, 1)).whole("pu.jp_wage_ceiling").value == 8_754_600


def test_past_what_is_known_the_last_ceiling_decides_with_low_confidence() -> None:
    known, later = rulebook.on(date(2027, 2, 28)), rulebook.on(date(2027, 3, 1))
    assert known.whole("pu.jp_wage_ceiling").confidence is Confidence.HIGH
    assert later.whole("pu.jp_wage_ceiling").value == known.whole("pu.jp_wage_ceiling").value
    assert later.whole("pu.jp_wage_ceiling").confidence is Confidence.LOW


def test_a_single_secondary_source_does_not_change_the_age_limit() -> None:
    limit = rulebook.on(date(2026, 1, 1)).whole("membership.age_below")
    assert (limit.value, limit.confidence) == (65, Confidence.HIGH)
    before = rulebook.on(date(2020, 12, 31)).whole("membership.age_below")
    assert (before.value, before.confidence) == (56, Confidence.LOW)
    [parameter] = [known for known in rulebook.parameters() if known.name == "membership.age_below"]
    assert "60" in parameter.note.en


def test_there_is_no_law_before_the_first_one() -> None:
    with pytest.raises(rulebook.NotInForce):
        rulebook.on(date(2015, 6, 30))


def test_a_parameter_that_has_not_begun_is_not_in_force() -> None:
    with pytest.raises(rulebook.NotInForce, match=r"incentive\.regime"):
        rulebook.on(date(2016, 12, 31)).value("incentive.regime", str)


def test_a_figure_is_read_as_what_it_is() -> None:
    law = rulebook.on(date(2026, 4, 1))
    assert law.rate("bpu.jkk_rate").value == Decimal("0.01")
    assert law.value("discounts.pp_49_2020.paid_through", Period).value == Period(2020, 7)
    with pytest.raises(TypeError, match=r"bpu\.jkm"):
        law.rate("bpu.jkm")


def test_below_the_first_bracket_nothing_holds() -> None:
    with pytest.raises(rulebook.NotInForce):
        rulebook.on(date(2023, 1, 1)).bracket("incentive.regime_2022.contribution_rate", 0)


def test_changes_tell_what_the_year_2026_brought() -> None:
    names = [
        (str(change.after.since), change.name) for change in rulebook.changes(date(2025, 12, 31), date(2026, 4, 1))
    ]
    assert names == [
        ("2026-01-01", "discounts.pp_50_2025.not_funded_by"),
        ("2026-01-01", "discounts.pp_50_2025.transport"),
        ("2026-01-01", "minimum_wage.province_13"),
        ("2026-01-01", "minimum_wage.province_14"),
        ("2026-01-01", "minimum_wage.province_21"),
        ("2026-02-01", "discounts.pp_7_2025.keeps"),
        ("2026-03-01", "pu.jp_wage_ceiling"),
        ("2026-04-01", "discounts.pp_50_2025.other"),
    ]


def test_the_hash_names_the_files_and_changes_with_a_byte(tmp_path: Path) -> None:
    first = loaded(tmp_path, ONE_RATE).books[0].hash
    assert first == loaded(tmp_path, ONE_RATE).books[0].hash
    assert first != loaded(tmp_path, ONE_RATE.replace("A law", "A Law")).books[0].hash
    assert len(first) == 16
    assert rulebook.on(date(2016, 1, 1)).hash == rulebook.on(date(2026, 1, 1)).hash


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (ONE_RATE.replace('"0.01"', "0.01"), "quotation"),
        (ONE_RATE.replace('"0.01"', '"1.01"'), "fraction"),
        (ONE_RATE.replace('"0.01"', '"NaN"'), "law.rate"),
        (ONE_RATE.replace("/1", "currency-IDR"), "whole"),
        (ONE_RATE.replace("/1", "currency-USD"), "unit"),
        (ONE_RATE.replace("description: A rate", "description:"), "description"),
        (ONE_RATE.replace("  indonesian: Satu tarif\n", ""), "one language"),
        (ONE_RATE.replace("unit: /1", "unit: /1, note: Why"), "one language"),
        (ONE_RATE.replace("confidence: high", "confidence: low"), "owes a note"),
        (ONE_RATE.replace("unit: /1", "unit: /1, known_until: 2021-12-31"), "owes a note"),
        (ONE_RATE.replace("confidence: high", "confidence: sure"), "sure"),
        (ONE_RATE.replace(", reference: A law", ""), "reference"),
        (ONE_RATE + '    2019-01-01: {value: "0.02", reference: A law, confidence: high}\n', "order"),
        (ONE_RATE + '    2020-01-01: {value: "0.02", reference: A law, confidence: high}\n', "twice"),
        (ONE_RATE.replace("2020-01-01", "2020"), "date"),
        ("rate: 3", "law.rate"),
        ("rate: [", "law.yaml"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, written: str, complaint: str) -> None:
    with pytest.raises(rulebook.RulebookError, match=complaint) as refused:
        loaded(tmp_path, written)
    assert "law.yaml" in str(refused.value)


def test_thresholds_must_rise(tmp_path: Path) -> None:
    step = """
    - threshold:
        metadata: {unit: currency-IDR}
        values: {2020-01-01: {value: %d, reference: A law, confidence: high}}
      amount:
        metadata: {unit: currency-IDR}
        values: {2020-01-01: {value: 1, reference: A law, confidence: high}}"""
    with pytest.raises(rulebook.RulebookError, match="rise"):
        loaded(tmp_path, "ladder:\n  description: A ladder\n  indonesian: Tangga\n  brackets:" + step % 5 + step % 5)


def test_a_day_before_a_change_the_old_value_holds() -> None:
    for parameter in rulebook.parameters():
        for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
            assert parameter.value_on(later.since - timedelta(days=1)).value == earlier.value  # type: ignore[union-attr]


def test_where_no_figure_is_known_nothing_is_in_force(tmp_path: Path) -> None:
    gap = "    2021-01-01: {value: null, reference: not found, confidence: high}\n"
    again = '    2022-01-01: {value: "0.02", reference: A law, confidence: high}\n'
    books = {law.since: law for law in loaded(tmp_path, ONE_RATE + gap + again).books}
    assert books[date(2020, 1, 1)].rate("law.rate").value == Decimal("0.01")
    with pytest.raises(rulebook.NotInForce, match=r"law\.rate"):
        books[date(2021, 1, 1)].rate("law.rate")
    assert books[date(2022, 1, 1)].rate("law.rate").value == Decimal("0.02")


@pytest.mark.parametrize("year", range(2018, 2025))
def test_a_wage_of_a_year_without_a_known_minimum_is_not_held_against_another_year(year: int) -> None:
    with pytest.raises(rulebook.NotInForce):
        rulebook.on(date(year, 6, 1)).whole("minimum_wage.province_13")
