"""The bank's day beside ours: the page's tables, and rule and SQL that agree on any day."""

import re
from collections.abc import Iterable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai.banks.rules.reconciling import ACTIONS, Action, Booked, Difference, Line, Verdict, judge
from perisai.kernel.clock import WIB
from perisai.kernel.money import Rupiah

MORNING = datetime(2017, 10, 30, 9, tzinfo=WIB)
OURS = "91234567895"


def rows(heading: str) -> list[Row]:
    return worked("reconciliation", heading)


def line(text: str) -> Line:
    """Of ``T1 16,800 for a code of ours``."""
    found = re.match(r"(\w+) ([\d,]+)", text.strip())
    assert found
    code = OURS if "code of ours" in text else ""
    return Line(found[1], code, Rupiah(number(found[2])), MORNING)


@pytest.mark.parametrize("row", rows("Worked: one line, one payment"), ids=str)
def test_a_line_and_a_payment_side_by_side(row: Row) -> None:
    told = row["On the statement"]
    lines = [line(each) for each in re.sub(r",? ?(and )?on an.*day", "", told).split(";") if each]
    booked = [line(each) for each in [row["In our books"]] if each]
    ours = [Booked(each.reference, each.amount_idr) for each in booked]
    verdicts = judge(
        lines,
        ours,
        codes={OURS},
        told_before={"T1"} if "earlier" in told else (),
        told_elsewhere={"T1"} if "day" in told else (),
    )
    assert sorted(each.difference for each in verdicts if each.difference) == sorted(row["What it is"].split())
    assert_adds_up(verdicts, lines, verdicts)


@pytest.mark.parametrize("row", rows("What can be done about it"), ids=str)
def test_what_can_be_done(row: Row) -> None:
    columns = {
        "Book now": Action.BOOK_NOW,
        "Refund later": Action.REFUND_LATER,
        "Bank to correct": Action.BANK_TO_CORRECT,
    }
    assert set(ACTIONS[Difference(row["Difference"])]) == {
        action for column, action in columns.items() if row[column] == "yes"
    }


@pytest.mark.parametrize("row", rows("The day balances"), ids=str)
def test_the_page_balances(row: Row) -> None:
    assert number(row["Bank"]) - number(row["Ours"]) == number(row["Open"]) + number(row["Settled"])


def assert_adds_up(verdicts: list[Verdict], lines: Iterable[Line], differing: Iterable[Verdict]) -> None:
    """The bank's sum is its lines; what lies between the sides is what the differences say."""
    bank, ours = (sum(getattr(each, side) for each in verdicts) for side in ("bank_idr", "ours_idr"))
    assert bank == sum(each.amount_idr for each in lines)
    assert bank - ours == sum(each.bank_idr - each.ours_idr for each in differing if each.difference)


REFERENCES = st.sampled_from([f"T{place}" for place in range(6)])
AMOUNTS = st.sampled_from([Rupiah(16_800), Rupiah(8_400)])
LINES = st.lists(st.builds(Line, REFERENCES, st.sampled_from(["", OURS]), AMOUNTS, st.just(MORNING)), max_size=12)
BOOKED = st.lists(st.builds(Booked, REFERENCES, AMOUNTS), max_size=6, unique_by=lambda each: each.reference)


@given(LINES, BOOKED, st.sets(REFERENCES), st.sets(REFERENCES))
def test_nothing_is_lost_between_the_sides(
    lines: list[Line], booked: list[Booked], before: set[str], elsewhere: set[str]
) -> None:
    verdicts = judge(lines, booked, codes={OURS}, told_before=before, told_elsewhere=elsewhere | before)
    assert_adds_up(verdicts, lines, verdicts)
    assert len(verdicts) >= len(lines)
    matched = [each for each in verdicts if each.difference is None]
    assert len({each.reference for each in matched}) == len(matched), "a payment answers one line"
    assert all(each.bank_idr == each.ours_idr for each in matched)
