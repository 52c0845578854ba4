"""Nofri records what the bank says; the first full payment makes the member."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.contributions.money import JOB, approved, pay

from perisai.contributions import selectors, services
from perisai.contributions.models import ContributionLine, Payment
from perisai.kernel import clock, ids
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors as membership
from perisai.membership.models import Member, ProtectionEntry
from perisai.membership.rules import MemberState, State
from perisai.site.cast import FAMILY_2017, Cast

DAY = date(2017, 10, 30)
pytestmark = pytest.mark.usefixtures("in_2017")


def test_the_first_payment_completes_the_registration(cast: Cast) -> None:
    code = approved(cast)
    assert code.amount_idr == 16_800
    payment = pay(cast, code)
    assert payment.member_id is not None
    member = membership.member_for(cast.laras, payment.member_id)
    assert ids.is_checked(member.number)
    assert len(member.number) == 11
    assert (member.state, member.protected_from, member.paid_until) == (MemberState.ACTIVE, DAY, date(2017, 10, 31))
    registration = membership.registration_of_member(member.id)
    assert registration is not None
    assert registration.state == State.COMPLETED
    [line] = selectors.months_of_member(member.id)
    assert (line.month, line.total_idr, line.managed_month) == (date(2017, 10, 1), 16_800, 1)
    assert membership.protected_on(DAY, [member.branch_id]) == {(member.branch_id, "bpu"): 1}


def test_the_same_proof_twice_is_one_payment(cast: Cast) -> None:
    code = approved(cast)
    assert pay(cast, code).id == pay(cast, code, paid_at=clock.now() - timedelta(minutes=1)).id
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"amount_idr": 16_799}, Code.AMOUNT_WRONG),
        ({"amount_idr": 33_600}, Code.AMOUNT_WRONG),
        ({"code": "90000000000"}, Code.CODE_UNKNOWN),
        ({"channel": " "}, Code.CHANNEL_MISSING),
        ({"paid_at": datetime(2017, 10, 29, 3, tzinfo=clock.WIB)}, Code.PAID_BEFORE_CODE),
        ({"paid_at": datetime(2017, 11, 1, 3, tzinfo=clock.WIB)}, Code.PAID_IN_FUTURE),
    ],
)
def test_wrong_money_books_nothing(cast: Cast, changed: dict[str, Any], refused: Code) -> None:
    code = approved(cast)
    with pytest.raises(Refused) as refusal:
        pay(cast, code, **changed)
    assert refusal.value.code == refused
    assert not Payment.objects.exists()
    assert not Member.objects.exists()


def test_a_second_payment_of_the_same_code_is_refused(cast: Cast) -> None:
    code = approved(cast)
    first = pay(cast, code)
    with pytest.raises(Refused) as refusal:
        pay(cast, code, channel="bni")
    assert refusal.value.code == Code.CODE_ALREADY_PAID
    assert first.receipt_number in refusal.value.sentence()


def test_one_bank_transaction_pays_one_code(cast: Cast) -> None:
    pay(cast, approved(cast), channel_reference="TRX-1")
    other = approved(cast, FAMILY_2017["nurdin"])
    with pytest.raises(Refused) as refusal:
        pay(cast, other, channel_reference="TRX-1")
    assert refusal.value.code == Code.CHANNEL_REFERENCE_USED


def test_an_expired_code_is_refused_but_a_late_notice_counts_by_the_banks_clock(cast: Cast) -> None:
    siti, nurdin = approved(cast), approved(cast, FAMILY_2017["nurdin"])
    in_time = clock.now() + timedelta(hours=5)
    with clock.turned_to(datetime(2017, 11, 2, 9, tzinfo=clock.WIB)):
        with pytest.raises(Refused) as refusal:
            pay(cast, siti)
        assert refusal.value.code == Code.CODE_EXPIRED
        assert pay(cast, nurdin, paid_at=in_time).amount_idr == 16_800


def test_an_expired_code_can_be_replaced(cast: Cast) -> None:
    code = approved(cast)
    assert code.registration_id
    with pytest.raises(Refused) as refusal:
        services.issue_registration_code(actor=cast.rina, registration_id=code.registration_id, months=1)
    assert refusal.value.code == Code.CODE_STILL_OPEN
    with clock.turned_to(datetime(2017, 11, 2, 9, tzinfo=clock.WIB)):
        fresh = services.issue_registration_code(actor=cast.rina, registration_id=code.registration_id, months=3)
        assert (fresh.first_month, fresh.amount_idr) == (date(2017, 11, 1), 3 * 16_800)
        assert pay(cast, fresh).amount_idr == 50_400


@pytest.mark.parametrize("who", ["rina", "laras", "hendri", "buyung", "sudirman", "gustina", "admin"])
def test_only_finance_of_the_branch_records_money(cast: Cast, who: str) -> None:
    code = approved(cast)
    with pytest.raises(Refused) as refusal:
        pay(cast, code, by=who)
    assert refusal.value.code == Code.CODE_UNKNOWN


def test_a_code_across_a_change_of_law_sums_each_months_own_price(cast: Cast) -> None:
    with clock.turned_to(datetime(2026, 3, 2, 9, tzinfo=clock.WIB)):
        code = approved(cast, months=3)
        assert code.amount_idr == 16_800 + 8_400 + 8_400
        payment = pay(cast, code)
    lines = ContributionLine.objects.filter(payment=payment).order_by("month")
    assert [line.total_idr for line in lines] == [16_800, 8_400, 8_400]


def test_anyone_with_the_receipt_number_can_check_it(cast: Cast) -> None:
    payment = pay(cast, approved(cast))
    check = selectors.check_receipt(payment.receipt_number.lower())
    assert (check.masked_name, check.amount_idr, check.months) == ("S*** A*****", 16_800, (date(2017, 10, 1),))
    with pytest.raises(NotFound):
        selectors.check_receipt("AAAAAAAAAAAAAA")


def test_two_banks_pay_one_code_at_the_same_instant(open_stage: Cast) -> None:
    code = approved(open_stage)
    start = Barrier(2)
    outcomes: list[object] = []

    def record(bank: str) -> None:
        start.wait(5)
        try:
            outcomes.append(pay(open_stage, code, channel=bank, paid_at=code.issued_at).receipt_number)
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=record, args=(bank,)) for bank in ("bni", "bank nagari")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert Code.CODE_ALREADY_PAID in outcomes
    assert Payment.objects.count() == Member.objects.count() == ProtectionEntry.objects.count() == 1


# --- the months after -------------------------------------------------------------------------------------------


def member_of(cast: Cast, **changed: Any) -> UUID:
    member_id = pay(cast, approved(cast, **changed)).member_id
    assert member_id is not None
    return member_id


def at(month: int, day: int, year: int = 2018) -> datetime:
    return datetime(year, month, day, 9, tzinfo=clock.WIB)


def test_three_unpaid_months_make_siti_inactive_and_she_is_told(cast: Cast) -> None:
    """Paid October; misses November, December, January: inactive from February (domain 13 has the same shape)."""
    member_id = member_of(cast)
    with clock.turned_to(at(1, 31)):
        assert services.lapse_unpaid(actor=JOB) == 0
    with clock.turned_to(at(2, 3)):
        assert services.lapse_unpaid(actor=JOB) == 1
        assert services.lapse_unpaid(actor=JOB) == 0
    member = membership.member_for(cast.laras, member_id)
    assert member.state == MemberState.INACTIVE
    branch = [member.branch_id]
    assert membership.protected_on(date(2018, 1, 31), branch) == {(member.branch_id, "bpu"): 1}
    assert membership.protected_on(date(2018, 2, 1), branch) == {(member.branch_id, "bpu"): 0}


def test_a_sleeping_member_who_pays_is_protected_anew_and_never_back_dated(cast: Cast) -> None:
    member_id = member_of(cast)
    with clock.turned_to(at(3, 5)):
        services.lapse_unpaid(actor=JOB)
        code = services.issue_member_code(actor=cast.rina, member_id=member_id, months=1)
        assert code.first_month == date(2018, 3, 1)
        pay(cast, code)
    member = membership.member_for(cast.laras, member_id)
    assert (member.state, member.protected_from) == (MemberState.ACTIVE, date(2018, 3, 5))
    entries = [(entry.on, entry.change) for entry in reversed(membership.protection_of(member_id))]
    assert entries == [(DAY, 1), (date(2018, 2, 1), -1), (date(2018, 3, 5), 1)]
    assert selectors.months_of_member(member_id)[0].managed_month == 1


def test_an_active_member_pays_the_month_after_the_last(cast: Cast) -> None:
    member_id = member_of(cast)
    with clock.turned_to(at(11, 10, 2017)):
        code = services.issue_member_code(actor=cast.rina, member_id=member_id, months=3)
        assert code.first_month == date(2017, 11, 1)
        pay(cast, code)
    lines = selectors.months_of_member(member_id)
    assert [line.managed_month for line in lines] == [4, 3, 2, 1]
    assert membership.member_for(cast.laras, member_id).paid_until == date(2018, 1, 31)


def test_a_cancelled_code_cannot_be_paid(cast: Cast) -> None:
    code = approved(cast)
    services.cancel_code(actor=cast.laras, code=code.code, reason="Salah bulan")
    with pytest.raises(Refused) as refusal:
        pay(cast, code)
    assert refusal.value.code == Code.CODE_CANCELLED
