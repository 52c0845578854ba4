"""Too much, too little, too late, taken back: every rupiah stays in the books."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.contributions.money import approved, pay, reverse, take

from perisai.contributions import selectors, services
from perisai.contributions.models import ContributionLine, Payment, Reversal
from perisai.kernel import clock
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership.models import Member
from perisai.membership.rules import MemberState
from perisai.notices.models import Notice
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
OCTOBER, NOVEMBER = date(2017, 10, 1), date(2017, 11, 1)


def months(member_id: UUID | None) -> list[date]:
    assert member_id is not None
    return sorted(line.month for line in selectors.months_of_member(member_id))


def told() -> list[str]:
    return list(Notice.objects.order_by("queued_at").values_list("kind", flat=True))


def even() -> bool:
    return selectors.books().differs_idr == 0


# --- too much ----------------------------------------------------------------------------------------------------


def test_what_is_too_much_is_credit_and_the_next_code_takes_it(cast: Cast) -> None:
    payment = take(cast, approved(cast), 20_000)
    assert payment.member_id and months(payment.member_id) == [OCTOBER]
    assert selectors.credit_of_member(payment.member_id) == 3_200
    assert told()[-1] == "payment_surplus"
    code = services.issue_member_code(actor=cast.rina, member_id=payment.member_id, months=1)
    assert (code.amount_idr, selectors.due_of(code)) == (16_800, 13_600)
    with pytest.raises(Refused) as refusal:
        pay(cast, code)
    assert refusal.value.code == Code.AMOUNT_WRONG
    pay(cast, code, amount_idr=13_600)
    assert months(payment.member_id) == [OCTOBER, NOVEMBER]
    assert selectors.credit_of_member(payment.member_id) == 0
    assert even()


def test_a_code_that_credit_covers_is_paid_at_once(cast: Cast) -> None:
    payment = take(cast, approved(cast), 40_000)
    assert payment.member_id
    code = services.issue_member_code(actor=cast.rina, member_id=payment.member_id, months=1)
    assert code.state == "paid"
    assert months(payment.member_id) == [OCTOBER, NOVEMBER]
    assert selectors.credit_of_member(payment.member_id) == 40_000 - 2 * 16_800
    own = Payment.objects.get(code=code)
    assert (own.amount_idr, own.channel) == (0, "saldo")
    assert even()


# --- too little --------------------------------------------------------------------------------------------------


def test_a_part_covers_no_month_and_the_rest_completes_the_registration(cast: Cast) -> None:
    code = approved(cast)
    part = take(cast, code, 10_000)
    assert part.member_id is None and not Member.objects.exists() and not ContributionLine.objects.exists()
    short = Notice.objects.latest("queued_at")
    assert (short.kind, short.facts["missing_idr"]) == ("payment_short", 6_800)
    assert selectors.due_of(code) == 6_800
    rest = pay(cast, code, amount_idr=6_800, channel_reference="TRX-REST")
    assert months(rest.member_id) == [OCTOBER]
    assert rest.member_id and selectors.credit_of_member(rest.member_id) == 0
    assert even()


def test_a_part_waits_for_the_next_code_when_the_first_expires(cast: Cast) -> None:
    code = approved(cast)
    take(cast, code, 10_000)
    assert code.registration_id
    with clock.turned_to(datetime(2017, 11, 8, 9, tzinfo=clock.WIB)):
        fresh = services.issue_registration_code(actor=cast.rina, registration_id=code.registration_id, months=1)
        assert selectors.due_of(fresh) == 6_800
        assert months(pay(cast, fresh, amount_idr=6_800).member_id) == [NOVEMBER]
    assert even()


# --- too late, twice, for nothing ----------------------------------------------------------------------------------


def test_money_for_a_code_that_is_gone_is_credit_and_books_no_month(cast: Cast) -> None:
    code = approved(cast)
    with clock.turned_to(datetime(2017, 11, 2, 9, tzinfo=clock.WIB)):
        take(cast, code, 16_800)
    assert not Member.objects.exists()
    assert told()[-1] == "payment_stray"
    assert even()


def test_a_second_payment_of_a_code_is_credit_of_the_member(cast: Cast) -> None:
    code = approved(cast)
    first = pay(cast, code)
    second = take(cast, code, 16_800, channel_reference="TRX-2")
    assert second.member_id == first.member_id
    assert months(first.member_id) == [OCTOBER]
    assert first.member_id and selectors.credit_of_member(first.member_id) == 16_800
    assert even()


def test_the_same_money_told_twice_is_one_payment(cast: Cast) -> None:
    code = approved(cast)
    assert take(cast, code, 10_000).id == take(cast, code, 10_000).id
    with pytest.raises(Refused) as refusal:
        take(cast, code, 10_001)
    assert refusal.value.code == Code.CHANNEL_REFERENCE_USED
    assert even()


@pytest.mark.parametrize("channel", ["Perisai", "tunai", "agen", "saldo"])
def test_an_agent_is_never_the_payee(cast: Cast, channel: str) -> None:
    code = approved(cast)
    with pytest.raises(Refused) as refusal:
        take(cast, code, 16_800, channel=channel)
    assert refusal.value.code == Code.CHANNEL_NOT_A_BANK
    with pytest.raises(Refused) as refusal:
        pay(cast, code, channel=channel)
    assert refusal.value.code == Code.CHANNEL_NOT_A_BANK
    assert "agen tidak pernah menerima iuran" in refusal.value.sentence()


def test_nothing_is_no_money(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        take(cast, approved(cast), 0)
    assert refusal.value.code == Code.AMOUNT_NOT_POSITIVE


# --- taken back ----------------------------------------------------------------------------------------------------


def test_a_first_payment_taken_back_leaves_a_number_without_protection(cast: Cast) -> None:
    payment = pay(cast, approved(cast))
    assert payment.member_id
    reverse(cast, payment)
    member = membership.member_for(cast.laras, payment.member_id)
    assert (member.state, member.paid_until) == (MemberState.INACTIVE, None)
    assert months(member.id) == []
    assert [(entry.change, entry.because) for entry in reversed(membership.protection_of(member.id))] == [
        (1, "joined"),
        (-1, "taken_back"),
    ]
    registration = membership.registration_of_member(member.id)
    assert registration is not None and registration.state == "completed"
    assert told()[-1] == "payment_taken_back"
    assert even()


def test_the_member_can_pay_the_month_again(cast: Cast) -> None:
    payment = pay(cast, approved(cast))
    assert payment.member_id
    reverse(cast, payment)
    code = services.issue_member_code(actor=cast.rina, member_id=payment.member_id, months=1)
    again = pay(cast, code)
    lines = selectors.lines_of_member(payment.member_id)
    assert [(line.turn, line.total_idr) for line in lines] == [(0, 16_800), (1, -16_800), (2, 16_800)]
    assert months(again.member_id) == [OCTOBER]
    assert even()


def test_protection_shrinks_to_what_still_is_paid(cast: Cast) -> None:
    first = pay(cast, approved(cast))
    assert first.member_id
    second = pay(cast, services.issue_member_code(actor=cast.rina, member_id=first.member_id, months=3))
    reverse(cast, second)
    member = membership.member_for(cast.laras, first.member_id)
    assert (member.state, member.paid_until) == (MemberState.ACTIVE, date(2017, 10, 31))
    assert even()


def test_spent_credit_is_made_up_for_by_the_latest_month(cast: Cast) -> None:
    first = take(cast, approved(cast), 20_000)
    assert first.member_id
    code = services.issue_member_code(actor=cast.rina, member_id=first.member_id, months=1)
    pay(cast, code, amount_idr=13_600)
    reverse(cast, first)
    assert months(first.member_id) == []
    assert selectors.credit_of_member(first.member_id) == 13_600, "what the second payment brought"
    assert even()


def test_a_part_taken_back_leaves_nothing(cast: Cast) -> None:
    code = approved(cast)
    reverse(cast, take(cast, code, 10_000))
    assert selectors.due_of(code) == 16_800
    assert even()


def test_told_twice_it_is_one_reversal_and_told_otherwise_it_is_refused(cast: Cast) -> None:
    payment = pay(cast, approved(cast))
    assert reverse(cast, payment).id == reverse(cast, payment).id
    with pytest.raises(Refused) as refusal:
        reverse(cast, payment, bank_reference="RTN-2")
    assert refusal.value.code == Code.PAYMENT_TAKEN_BACK
    assert Reversal.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"reason": " "}, Code.REASON_MISSING),
        ({"bank_reference": ""}, Code.CHANNEL_MISSING),
        ({"taken_on": date(2017, 10, 29)}, Code.TAKEN_BACK_WHEN),
        ({"taken_on": date(2017, 10, 31)}, Code.TAKEN_BACK_WHEN),
    ],
)
def test_what_the_bank_does_not_say_takes_nothing_back(cast: Cast, changed: dict[str, Any], refused: Code) -> None:
    payment = pay(cast, approved(cast))
    with pytest.raises(Refused) as refusal:
        reverse(cast, payment, **changed)
    assert refusal.value.code == refused
    assert months(payment.member_id) == [OCTOBER]


def test_credit_is_not_taken_back_by_a_bank(cast: Cast) -> None:
    payment = take(cast, approved(cast), 40_000)
    assert payment.member_id
    code = services.issue_member_code(actor=cast.rina, member_id=payment.member_id, months=1)
    with pytest.raises(Refused) as refusal:
        reverse(cast, Payment.objects.get(code=code))
    assert refusal.value.code == Code.PAYMENT_NOT_OF_A_BANK


@pytest.mark.parametrize("who", ["rina", "laras", "hendri", "sudirman", "gustina"])
def test_only_finance_of_the_branch_takes_back(cast: Cast, who: str) -> None:
    payment = pay(cast, approved(cast))
    with pytest.raises(NotFound):
        reverse(cast, payment, by=who)


def test_months_managed_do_not_count_what_was_taken_back(cast: Cast) -> None:
    member_id = pay(cast, approved(cast)).member_id
    assert member_id
    reverse(cast, pay(cast, services.issue_member_code(actor=cast.rina, member_id=member_id, months=3)))
    pay(cast, services.issue_member_code(actor=cast.rina, member_id=member_id, months=1))
    assert selectors.months_of_member(member_id)[0].managed_month == 2


def test_a_family_stays_apart(cast: Cast) -> None:
    siti, nurdin = pay(cast, approved(cast)), pay(cast, approved(cast, FAMILY_2017["nurdin"]))
    reverse(cast, siti)
    assert months(nurdin.member_id) == [OCTOBER]
    assert selectors.books() == selectors.Books(33_600, 16_800, 16_800, 0, 0, 0)


def test_a_lapsed_member_is_offered_the_running_month_before_the_nightly_run(cast: Cast) -> None:
    member_id = pay(cast, approved(cast)).member_id
    assert member_id
    with clock.turned_to(datetime(2018, 2, 1, 0, 5, tzinfo=clock.WIB)):
        code = services.issue_member_code(actor=cast.laras, member_id=member_id, months=1)
    assert Period.of(code.first_month) == Period(2018, 2)


def test_a_late_notice_counts_by_the_banks_clock(cast: Cast) -> None:
    code = approved(cast)
    in_time = clock.now() + timedelta(hours=5)
    with clock.turned_to(datetime(2017, 11, 20, 9, tzinfo=clock.WIB)):
        assert months(take(cast, code, 16_800, paid_at=in_time).member_id) == [OCTOBER]
