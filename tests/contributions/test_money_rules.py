"""Money by the rule, as on the page docs/algorithms/payment.md."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.algorithms import Row, number, worked

from perisai.contributions import rules
from perisai.kernel.period import Period

RUPIAH = st.integers(0, 10**9)


def months(cell: str) -> list[date]:
    return [] if cell == "none" else [Period.parse(word).first_day for word in cell.split()]


@pytest.mark.parametrize("row", worked("payment", "Worked: too much, too little"))
def test_too_much_and_too_little_as_on_the_page(row: Row) -> None:
    asked, before, paid = (number(row[name]) for name in ("Asked", "Credit before", "Paid"))
    outcome = rules.settle(asked_idr=asked, credit_idr=before, paid_idr=paid)
    assert (outcome.covers, outcome.credit_idr, outcome.missing_idr) == (
        row["Months"] == "yes",
        number(row["Credit after"]),
        number(row["Missing"]),
    )


@given(RUPIAH, st.integers(-(10**9), 10**9), RUPIAH)
def test_no_rupiah_is_made_or_lost(asked: int, before: int, paid: int) -> None:
    outcome = rules.settle(asked_idr=asked, credit_idr=before, paid_idr=paid)
    assert before + paid == outcome.credit_idr + (asked if outcome.covers else 0)
    assert outcome.covers == (outcome.missing_idr == 0)


@given(RUPIAH, st.integers(-(10**9), 10**9))
def test_paying_what_is_due_is_enough_and_a_rupiah_less_is_not(asked: int, before: int) -> None:
    due = rules.due(asked_idr=asked, credit_idr=before)
    assert rules.settle(asked_idr=asked, credit_idr=before, paid_idr=due).covers
    assert due == 0 or not rules.settle(asked_idr=asked, credit_idr=before, paid_idr=due - 1).covers


@pytest.mark.parametrize("row", worked("payment", "Worked: a bank takes a payment back"))
def test_the_latest_months_make_up_for_what_was_spent(row: Row) -> None:
    standing = [(month, number(row["Each"])) for month in months(row["Paid months"])]
    assert rules.months_to_free(standing, number(row["Short"])) == months(row["Freed"])


@pytest.mark.parametrize("row", worked("payment", "Worked: a member has died"))
def test_months_after_the_month_of_death(row: Row) -> None:
    died_on = date.fromisoformat(row["Died on"])
    assert rules.months_after_death(months(row["Months paid"]), died_on) == months(row["Taken back"])


@pytest.mark.parametrize("row", worked("payment", "Worked: paying while the membership sleeps"))
def test_the_first_month_offered(row: Row) -> None:
    last_paid, today = Period.parse(row["Last paid"]), date.fromisoformat(row["Today"])
    assert rules.first_month_offered(last_paid, today) == Period.parse(row["First month offered"])
