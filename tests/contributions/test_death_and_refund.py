"""A member dies; money goes back, decided by two people, never to an agent."""

from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.contributions.money import approved, pay, reverse, take

from perisai.contributions import selectors, services
from perisai.contributions.models import CreditEntry, Payment, PaymentCode, Refund
from perisai.contributions.rules import REFUND_MOVES, RefundAction, RefundState, next_refund_state
from perisai.kernel import clock, ids
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.membership.models import Death, Member
from perisai.membership.rules import MemberState
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
DAY = date(2017, 10, 30)


def even() -> bool:
    return selectors.books().differs_idr == 0


def member_of(payment: Payment) -> UUID:
    assert payment.member_id is not None
    return payment.member_id


def dies(cast: Cast, member_id: UUID, by: str = "laras", **changed: Any) -> Death:
    told: dict[str, Any] = {"died_on": DAY, "evidence": "certificate", "evidence_number": "AK-1"} | changed
    return services.record_death(actor=cast.actors[by], member_id=member_id, **told)


# --- death ---------------------------------------------------------------------------------------------------------


def test_months_after_the_month_of_death_become_credit(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast, months=3)))
    dies(cast, member_id)
    assert [line.month for line in selectors.months_of_member(member_id)] == [date(2017, 10, 1)]
    assert selectors.credit_of_member(member_id) == 2 * 16_800
    member = membership.member_for(cast.laras, member_id)
    assert (member.state, member.paid_until) == (MemberState.DECEASED, date(2017, 10, 31))
    assert [(entry.on, entry.change) for entry in reversed(membership.protection_of(member_id))] == [
        (DAY, 1),
        (DAY + timedelta(days=1), -1),
    ]
    assert even()


def test_an_open_code_ends_and_no_other_is_issued(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    code = services.issue_member_code(actor=cast.rina, member_id=member_id, months=1)
    dies(cast, member_id)
    assert PaymentCode.objects.get(pk=code.pk).state == "cancelled"
    with pytest.raises(Refused) as refusal:
        services.issue_member_code(actor=cast.rina, member_id=member_id, months=1)
    assert refusal.value.code == Code.MEMBER_DIED


def test_money_after_death_books_no_month(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    code = services.issue_member_code(actor=cast.rina, member_id=member_id, months=1)
    dies(cast, member_id)
    with clock.turned_to(datetime(2017, 10, 31, 9, tzinfo=clock.WIB)):
        take(cast, code, 16_800)
    assert len(selectors.months_of_member(member_id)) == 1
    assert selectors.credit_of_member(member_id) == 16_800
    assert even()


def test_a_death_that_is_told_late_frees_what_was_paid_after_it(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    with clock.turned_to(datetime(2017, 11, 10, 9, tzinfo=clock.WIB)):
        pay(cast, services.issue_member_code(actor=cast.rina, member_id=member_id, months=1))
        dies(cast, member_id, died_on=date(2017, 11, 2))
    assert [line.month for line in selectors.months_of_member(member_id)] == [date(2017, 10, 1)]
    assert even()


def test_a_membership_never_wakes_after_death(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    dies(cast, member_id)
    with pytest.raises(IntegrityError, match="does not wake after death"), transaction.atomic():
        Member.objects.filter(pk=member_id).update(state=MemberState.ACTIVE)


def test_protection_is_not_dated_back(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    with pytest.raises(IntegrityError, match="not dated back"), transaction.atomic():
        Member.objects.filter(pk=member_id).update(protected_from=DAY - timedelta(days=1))


def test_the_dead_are_not_registered_again(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    dies(cast, member_id)
    again = members.refer_member(
        actor=cast.rina, registration_id=ids.new_id(), applicant=FAMILY_2017["siti"].facts(), occurred_on=DAY
    )
    with pytest.raises(Refused) as refusal:
        services.approve_with_code(actor=cast.laras, registration_id=again.id)
    assert refusal.value.code == Code.PERSON_DIED


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"evidence": "rumour"}, Code.CHOICE_UNKNOWN),
        ({"evidence_number": " "}, Code.EVIDENCE_MISSING),
        ({"died_on": DAY + timedelta(days=1)}, Code.DIED_WHEN),
        ({"died_on": date(1900, 1, 1)}, Code.DIED_WHEN),
    ],
)
def test_a_death_needs_a_paper_and_a_day(cast: Cast, changed: dict[str, Any], refused: Code) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    with pytest.raises(Refused) as refusal:
        dies(cast, member_id, **changed)
    assert refusal.value.code == refused
    assert not Death.objects.exists()


def test_told_twice_it_is_one_death_and_told_otherwise_it_is_refused(cast: Cast) -> None:
    member_id = member_of(pay(cast, approved(cast, months=3)))
    assert dies(cast, member_id).id == dies(cast, member_id).id
    with pytest.raises(Refused) as refusal:
        dies(cast, member_id, died_on=DAY - timedelta(days=1))
    assert refusal.value.code == Code.DEATH_KNOWN
    assert selectors.credit_of_member(member_id) == 2 * 16_800


@pytest.mark.parametrize("who", ["rina", "nofri", "sudirman", "gustina"])
def test_only_the_branch_records_a_death(cast: Cast, who: str) -> None:
    member_id = member_of(pay(cast, approved(cast)))
    with pytest.raises(NotFound):
        dies(cast, member_id, by=who)


# --- refund --------------------------------------------------------------------------------------------------------


def propose(cast: Cast, payment: Payment, amount_idr: int = 3_200, by: str = "nofri", **changed: Any) -> Refund:
    told: dict[str, Any] = {
        "refund_id": ids.new_id(),
        "payee": "member",
        "payee_name": "Siti Aminah",
        "bank": "Bank Nagari",
        "account": "1234567890",
        "reason": "Kelebihan bayar",
    } | changed
    return services.propose_refund(actor=cast.actors[by], payment_id=payment.id, amount_idr=amount_idr, **told)


def confirm(cast: Cast, refund: Refund, reference: str = "OUT-1") -> Refund:
    return services.confirm_refund(
        actor=cast.nofri, refund_id=refund.id, sent_on=clock.today(), bank_reference=reference
    )


def test_too_much_goes_back_when_two_people_say_so(cast: Cast) -> None:
    payment = take(cast, approved(cast), 20_000)
    refund = propose(cast, payment)
    assert selectors.credit_of_member(member_of(payment)) == 0
    assert even()
    services.approve_refund(actor=cast.hendri, refund_id=refund.id)
    assert confirm(cast, refund).state == confirm(cast, refund).state == "paid"
    assert selectors.books() == selectors.Books(20_000, 0, 16_800, 0, 0, 3_200)
    assert even()


def test_a_part_of_a_first_contribution_goes_back_without_a_member(cast: Cast) -> None:
    part = take(cast, approved(cast), 10_000)
    refund = propose(cast, part, 10_000, payee="payer")
    services.approve_refund(actor=cast.hendri, refund_id=refund.id)
    confirm(cast, refund)
    assert selectors.due_of(part.code) == 16_800
    assert even()


def test_a_no_puts_the_money_back(cast: Cast) -> None:
    payment = take(cast, approved(cast), 20_000)
    refund = propose(cast, payment)
    services.reject_refund(actor=cast.hendri, refund_id=refund.id, reason="Rekening atas nama orang lain")
    assert selectors.credit_of_member(member_of(payment)) == 3_200
    assert list(CreditEntry.objects.filter(refund=refund).values_list("amount_idr", flat=True)) == [-3_200, 3_200]
    assert even()


@pytest.mark.parametrize("who", ["nofri", "laras", "rina", "sudirman", "irwansyah"])
def test_who_proposed_does_not_decide_and_neither_does_anybody_else(cast: Cast, who: str) -> None:
    refund = propose(cast, take(cast, approved(cast), 20_000))
    with pytest.raises(NotFound):
        services.approve_refund(actor=cast.actors[who], refund_id=refund.id)


def test_the_database_refuses_one_pair_of_eyes(cast: Cast) -> None:
    refund = propose(cast, take(cast, approved(cast), 20_000))
    with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(
            state="approved", decided_by=refund.proposed_by, decided_at=clock.now()
        )


def test_an_agent_gets_no_refund(cast: Cast) -> None:
    payment = take(cast, approved(cast), 20_000)
    with pytest.raises(Refused) as refusal:
        propose(cast, payment, payee="agent")
    assert refusal.value.code == Code.CHOICE_UNKNOWN
    refund = propose(cast, payment)
    with pytest.raises(IntegrityError, match="never_to_an_agent"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(payee="agent")


@pytest.mark.parametrize(
    ("amount_idr", "changed", "refused"),
    [
        (3_201, {}, Code.CREDIT_TOO_SMALL),
        (0, {}, Code.CREDIT_TOO_SMALL),
        (3_200, {"account": " "}, Code.PAYEE_MISSING),
        (3_200, {"payee_name": ""}, Code.PAYEE_MISSING),
        (3_200, {"reason": " "}, Code.REASON_MISSING),
    ],
)
def test_what_cannot_be_refunded_stays_credit(
    cast: Cast, amount_idr: int, changed: dict[str, Any], refused: Code
) -> None:
    payment = take(cast, approved(cast), 20_000)
    with pytest.raises(Refused) as refusal:
        propose(cast, payment, amount_idr, **changed)
    assert refusal.value.code == refused
    assert selectors.credit_of_member(member_of(payment)) == 3_200


def test_proposed_twice_it_is_one_refund(cast: Cast) -> None:
    payment = take(cast, approved(cast), 20_000)
    same = ids.new_id()
    assert propose(cast, payment, refund_id=same).id == propose(cast, payment, refund_id=same).id
    assert Refund.objects.count() == 1


def test_the_credit_of_the_dead_goes_to_the_heirs(cast: Cast) -> None:
    payment = pay(cast, approved(cast, months=3))
    dies(cast, member_of(payment))
    with pytest.raises(Refused) as refusal:
        propose(cast, payment, 33_600)
    assert refusal.value.code == Code.HEIR_ONLY
    propose(cast, payment, 33_600, payee="heir")
    assert even()


def test_a_payment_taken_back_after_its_surplus_was_refunded_leaves_a_debt(cast: Cast) -> None:
    payment = take(cast, approved(cast), 20_000)
    refund = propose(cast, payment)
    services.approve_refund(actor=cast.hendri, refund_id=refund.id)
    confirm(cast, refund)
    reverse(cast, payment)
    member_id = member_of(payment)
    assert selectors.credit_of_member(member_id) == -3_200
    code = services.issue_member_code(actor=cast.rina, member_id=member_id, months=1)
    assert selectors.due_of(code) == 20_000
    assert even()


@pytest.mark.parametrize(("state", "action"), list(product(RefundState, RefundAction)))
def test_a_move_is_in_the_table_or_refused(state: RefundState, action: RefundAction) -> None:
    if (state, action) in REFUND_MOVES:
        assert next_refund_state(state, action) is REFUND_MOVES[state, action]
    else:
        with pytest.raises(Refused) as refusal:
            next_refund_state(state, action)
        assert refusal.value.code == Code.WRONG_ORDER


def test_a_rejected_refund_is_not_paid(cast: Cast) -> None:
    refund = propose(cast, take(cast, approved(cast), 20_000))
    services.reject_refund(actor=cast.hendri, refund_id=refund.id, reason="Belum lengkap")
    with pytest.raises(Refused) as refusal:
        confirm(cast, refund)
    assert refusal.value.code == Code.WRONG_ORDER
