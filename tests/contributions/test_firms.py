"""A firm's month: dues by programme, the fine, money that closes it, arrears by age."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.employers import people

from perisai.contributions import firm_ledger, firm_selectors, services
from perisai.contributions.models import FirmDue, FirmPayment
from perisai.contributions.rules import Collectability, Programme, pu_contribution, pu_rates
from perisai.employers.rules import Industry
from perisai.kernel import clock
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")
OCTOBER = people.OCTOBER
OWED = (Programme.JKK, Programme.JHT, Programme.JP, Programme.JKM)


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T03:00:00+00:00")


def pay(cast: Cast, bill: Any, amount_idr: int, reference: str = "TRX-1", **changed: Any) -> Any:
    proof: dict[str, Any] = {"channel": "bank nagari", "channel_reference": reference, "paid_at": clock.now()}
    return services.record_firm_payment(actor=cast.nofri, code=bill.code, amount_idr=amount_idr, **proof | changed)


def by_the_rule(month: Period = OCTOBER, **changed: Any) -> int:
    return sum(
        pu_contribution(wage_idr=wage, risk_class=1, programmes=OWED, month=month, **changed).total_idr
        for _, _, wage in people.WORKERS
    )


def refusal(call: Any) -> Code:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_a_report_makes_a_bill_that_owes_what_the_rule_says(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    [month] = firm_selectors.months_of(firm)
    assert month.contribution_idr == by_the_rule()
    assert month.contribution_idr == month.jkk_idr + month.jkm_idr + month.jht_idr + month.jp_idr
    assert (month.due_on, month.months_late, month.running_fine_idr) == (date(2017, 11, 15), 0, 0)
    assert len(bill.code) == 11


def test_what_was_shown_before_is_what_is_owed_after(cast: Cast) -> None:
    firm = people.firm(cast)
    draft = people.draft(cast, firm)
    from perisai.employers import selectors as employers

    shown = firm_selectors.preview(firm, OCTOBER, employers.judge(draft).wages)
    services.take_wage_report(actor=cast.laras, firm_id=firm.id, draft_id=draft.id)
    [month] = firm_selectors.months_of(firm)
    assert (shown.jkk_idr, shown.jkm_idr, shown.jht_idr, shown.jp_idr, shown.total_idr, shown.due_on) == (
        month.jkk_idr,
        month.jkm_idr,
        month.jht_idr,
        month.jp_idr,
        month.contribution_idr,
        month.due_on,
    )


def test_a_correction_posts_the_difference_and_the_same_report_nothing(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    again = people.reported(cast, firm)
    assert again.id == bill.id
    assert FirmDue.objects.count() == 1
    people.reported(cast, firm, content=people.csv(people.WORKERS[0]))
    assert FirmDue.objects.count() == 2
    [month] = firm_selectors.months_of(firm)
    assert (
        month.contribution_idr
        == pu_contribution(wage_idr=3_200_000, risk_class=1, programmes=OWED, month=OCTOBER).total_idr
    )


def test_paid_in_time_the_month_is_closed_and_takes_no_correction(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    pay(cast, bill, by_the_rule())
    [month] = firm_selectors.months_of(firm)
    assert month.is_paid
    assert refusal(lambda: people.reported(cast, firm)) is Code.WAGE_REPORT_PAID
    assert refusal(lambda: pay(cast, bill, 1, "TRX-2")) is Code.FIRM_BILL_PAID


def test_the_same_proof_is_one_payment(cast: Cast) -> None:
    bill = people.reported(cast, people.firm(cast))
    assert pay(cast, bill, by_the_rule()).id == pay(cast, bill, by_the_rule()).id
    assert FirmPayment.objects.count() == 1


def test_a_late_firm_pays_the_fine_with_the_contribution(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    owed = by_the_rule()
    fine = (owed * 4 + 50) // 100  # two begun months of two per cent
    with clock.turned_to(at("2017-12-20")):
        [month] = firm_selectors.months_of(firm)
        assert (month.months_late, month.running_fine_idr) == (2, fine)
        payment = pay(cast, bill, owed + fine)
        assert (payment.contribution_idr, payment.fine_idr) == (owed, fine)
    with clock.turned_to(at("2018-06-01")):
        assert firm_selectors.months_of(firm)[0].is_paid


def test_a_fine_that_was_not_paid_stays_and_runs_no_further(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    owed = by_the_rule()
    fine = (owed * 4 + 50) // 100
    with clock.turned_to(at("2017-12-20")):
        pay(cast, bill, owed)
    with clock.turned_to(at("2018-06-01")):
        [month] = firm_selectors.months_of(firm)
        assert (month.rest_idr, month.rest_fine_idr, month.in_arrears) == (0, fine, False)
        assert refusal(lambda: pay(cast, bill, fine - 1, "TRX-2")) is Code.FIRM_AMOUNT_WRONG
        pay(cast, bill, fine, "TRX-2")
        assert firm_selectors.months_of(firm)[0].is_paid


def test_money_that_does_not_fit_is_refused_with_what_would(cast: Cast) -> None:
    bill = people.reported(cast, people.firm(cast))
    with pytest.raises(Refused) as refused:
        pay(cast, bill, by_the_rule() - 1)
    assert refused.value.code is Code.FIRM_AMOUNT_WRONG
    assert refused.value.facts["contribution"] == by_the_rule()
    assert refusal(lambda: pay(cast, bill, 1, channel=" ")) is Code.CHANNEL_MISSING
    assert refusal(lambda: pay(cast, bill, by_the_rule(), channel="Tunai")) is Code.CHANNEL_NOT_A_BANK
    assert refusal(lambda: pay(cast, bill, 1, paid_at=clock.now() + timedelta(hours=1))) is Code.PAID_IN_FUTURE
    assert refusal(lambda: pay(cast, bill, 1, paid_at=clock.now() - timedelta(days=1))) is Code.PAID_BEFORE_CODE


def test_a_reference_pays_once_in_the_whole_house(cast: Cast) -> None:
    from tests.web import people as workers

    member_paid = workers.pay(cast, workers.approved(cast, "siti"))
    firm = people.firm(cast)
    bill, september = people.reported(cast, firm), people.reported(cast, firm, Period(2017, 9))
    for reference in (member_paid.channel_reference, "TRX-9"):
        if reference == "TRX-9":
            pay(
                cast,
                september,
                by_the_rule(Period(2017, 9)) + firm_selectors.balance_of(september).rest_fine_idr,
                "TRX-9",
            )
        assert (
            refusal(lambda reference=reference: pay(cast, bill, by_the_rule(), reference))
            is Code.CHANNEL_REFERENCE_USED
        )


@pytest.mark.parametrize("who", ["laras", "gustina", "rina", "sudirman", "admin"])
def test_only_the_finance_officer_of_the_branch_books_money(cast: Cast, who: str) -> None:
    bill = people.reported(cast, people.firm(cast))
    with pytest.raises(NotFound):
        pay(Cast({**cast.actors, "nofri": getattr(cast, who)}, {}, cast.wadah_id), bill, by_the_rule())


def test_arrears_are_classed_by_the_oldest_month(cast: Cast) -> None:
    old, new = people.firm(cast), people.firm(cast, npp="AK000002", name="CV Lumbung (fiktif)")
    people.reported(cast, old, Period(2017, 8))
    people.reported(cast, old, OCTOBER)
    people.reported(cast, new, OCTOBER)
    with clock.turned_to(at("2018-03-20")):
        first, second = firm_selectors.arrears(cast.laras)
        assert (first.firm, first.arrears.months, first.arrears.oldest) == (old, 2, Period(2017, 8))
        assert first.arrears.collectability is Collectability.DOUBTFUL
        assert (second.firm, second.arrears.collectability) == (new, Collectability.SUBSTANDARD)
        assert firm_ledger.total_of([first.arrears, second.arrears])[0] == 2 * by_the_rule() + by_the_rule(
            Period(2017, 8)
        )
        assert not firm_selectors.arrears(cast.gustina)
        assert len(firm_selectors.arrears(cast.sudirman)) == 2
        with pytest.raises(NotFound):
            firm_selectors.arrears(cast.rina)


def test_a_paid_firm_is_not_in_arrears_and_a_month_not_yet_due_neither(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    assert not firm_selectors.arrears(cast.laras)
    pay(cast, bill, by_the_rule())
    with clock.turned_to(at("2018-03-20")):
        assert not firm_selectors.arrears(cast.laras)


def test_the_relief_of_2025_needs_fifty_workers_and_months_paid_before(cast: Cast) -> None:
    wages = [(f"130608100190{number:04}", "Orang Rekaan", 3_000_000) for number in range(1, 51)]
    with clock.turned_to(datetime(2025, 2, 20, 3, tzinfo=UTC)):
        firm = people.firm(cast, industry=Industry.FOOTWEAR, risk_class=3)
        bill = people.reported(cast, firm, Period(2025, 1), people.csv(*wages))
        assert not bill.relieved
        unpaid = people.reported(cast, firm, Period(2025, 2), people.csv(*wages))
        assert not unpaid.relieved
        month = firm_selectors.months_of(firm)[1]
        pay(cast, bill, month.rest_idr + month.rest_fine_idr)
        relieved = people.reported(cast, firm, Period(2025, 2), people.csv(*wages))
        assert relieved.relieved
        assert firm_selectors.months_of(firm)[0].jkk_idr == 50 * 13_350


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wages=st.lists(st.integers(1, 30_000_000), min_size=1, max_size=40),
    risk=st.integers(1, 5),
    programmes=st.sets(st.sampled_from(Programme), min_size=1),
    month=st.builds(Period(2015, 7).plus, st.integers(0, 140)),
    relief=st.booleans(),
)
def test_the_statement_comes_to_what_the_rule_says(
    cast: Cast, wages: list[int], risk: int, programmes: set[Programme], month: Period, relief: bool
) -> None:
    facts: dict[str, Any] = {"risk_class": risk, "programmes": programmes, "month": month, "paid_through": month}
    facts |= {"industry": Industry.TOYS, "workers": 50} if relief else {}
    rates = pu_rates(**facts)
    oracle = [pu_contribution(wage_idr=wage, **facts) for wage in wages]
    names = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")
    asked: dict[str, Any] = {"wages": wages, "ceiling": rates.jp_ceiling_idr} | {
        name: getattr(rates, name) for name in names
    }
    with connection.cursor() as cursor:
        cursor.execute(firm_ledger.SUMS.format(wages="unnest(%(wages)s::bigint[]) wage_idr"), asked)
        [row] = cursor.fetchall()
    assert row == (
        sum(each.employer.jkk_idr for each in oracle),
        sum(each.employer.jkm_idr for each in oracle),
        sum(each.employer.jht_idr for each in oracle),
        sum(each.worker.jht_idr for each in oracle),
        sum(each.employer.jp_idr for each in oracle),
        sum(each.worker.jp_idr for each in oracle),
    )
