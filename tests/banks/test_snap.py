"""Bank Nagari tells us over SNAP that Siti has paid: once, signed, in time - and everything else is refused and logged."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.banks.teller import PATH, Teller, code_of, now
from tests.contributions.money import approved, pay

from perisai.audit.models import Entry
from perisai.banks.models import AccessToken, BankNotice
from perisai.banks.services import partners
from perisai.contributions.models import ContributionLine, Payment
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.membership.models import Member
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017", "quiet_door")
JOB = Actor.job("banks")


@pytest.fixture
def quiet_door() -> None:
    cache.clear()  # the door counts refusals by address


@pytest.fixture
def nagari(cast: Cast) -> Teller:
    return Teller()


# --- the token -------------------------------------------------------------------------------------------------------


def test_who_signs_with_the_banks_key_gets_a_token_for_a_quarter_of_an_hour(nagari: Teller) -> None:
    status, body = nagari.ask_token()
    assert (status, body["responseCode"]) == (200, "2007300")
    assert (body["tokenType"], body["expiresIn"]) == ("Bearer", "900")
    stored = AccessToken.objects.get()
    assert stored.expires_at - clock.now() <= timedelta(minutes=15)
    assert body["accessToken"].encode() not in bytes(stored.hash)


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"X-SIGNATURE": "AAAA"}, "4017300"),
        ({"X-SIGNATURE": ""}, "4007302"),
        ({"X-CLIENT-KEY": "f" * 32}, "4017300"),
        ({"X-CLIENT-KEY": ""}, "4007302"),
        ({"X-TIMESTAMP": "yesterday"}, "4007301"),
        ({"X-TIMESTAMP": "2017-10-30T03:00:00Z"}, "4007301"),
        ({"X-TIMESTAMP": "2017-10-30T09:54:59+07:00"}, "4017300"),
        ({"X-TIMESTAMP": "2017-10-30T10:05:30+07:00"}, "4017300"),
    ],
)
def test_nobody_else_gets_one_and_the_try_is_logged(nagari: Teller, changed: dict[str, str], answer: str) -> None:
    assert code_of(nagari.ask_token(**changed)) == answer
    notice = BankNotice.objects.get()
    assert (notice.outcome, notice.response_code, notice.holds_id) == ("refused", answer, False)
    assert not AccessToken.objects.exists()


def test_a_token_ends(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    assert code_of(nagari.inquire(code.code)) == "2002400"
    with clock.turned_to(clock.now() + timedelta(minutes=15, seconds=1)):
        assert code_of(nagari.inquire(code.code)) == "4012401"
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        partners.renew_secret(actor=JOB, partner_id=nagari.partner.id)
        assert code_of(nagari.inquire(code.code)) == "4012401"


# --- the bill --------------------------------------------------------------------------------------------------------


def test_the_bank_sees_whose_bill_it_is_masked_and_how_much(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    status, body = nagari.inquire(code.code)
    told = body["virtualAccountData"]
    assert (status, body["responseCode"], told["inquiryStatus"]) == (200, "2002400", "00")
    assert told["virtualAccountName"] == "S*** A*****"
    assert told["totalAmount"] == {"value": "16800.00", "currency": "IDR"}
    assert told["virtualAccountNo"] == f"   88899{code.code}"
    assert not Payment.objects.exists()


def test_a_bill_that_cannot_be_paid_says_why(cast: Cast, nagari: Teller) -> None:
    paid, late = approved(cast), approved(cast, FAMILY_2017["nurdin"])
    pay(cast, paid)
    assert code_of(nagari.inquire(paid.code)) == "4042414"
    assert code_of(nagari.inquire("90000000000")) == "4042412"
    with clock.turned_to(datetime(2017, 11, 2, 9, tzinfo=clock.WIB)):
        nagari._token = ""
        assert code_of(nagari.inquire(late.code)) == "4042419"


# --- the payment -----------------------------------------------------------------------------------------------------


def test_a_payment_makes_a_member_and_answers_with_the_receipt(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    status, body = nagari.pay(code.code)
    payment = Payment.objects.get()
    assert (status, body["responseCode"], body["responseMessage"]) == (200, "2002500", "Successful")
    assert body["additionalInfo"] == {"receiptNumber": payment.receipt_number}
    assert body["virtualAccountData"]["paymentFlagStatus"] == "00"
    assert body["virtualAccountData"]["virtualAccountName"] == "S*** A*****"
    assert (payment.channel, payment.channel_reference) == ("bank nagari", f"TRX-{code.code}")
    notice = BankNotice.objects.get(service="25")
    assert (notice.outcome, notice.payment_id, notice.amount_idr) == ("answered", payment.id, 16_800)
    entry = Entry.objects.get(action="contributions.payment.recorded")
    assert (entry.actor_kind, entry.actor_job, entry.actor_user_id) == ("bank", "bank nagari", None)


def test_the_same_notice_again_has_one_effect_and_the_same_answer(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    notice = nagari.notice(code.code)
    first = nagari.transact("transfer-va/payment", notice, X_EXTERNAL_ID="1001")
    again = nagari.transact("transfer-va/payment", notice, X_EXTERNAL_ID="1001")
    assert first == again and code_of(first) == "2002500"
    assert Payment.objects.count() == 1
    assert sorted(BankNotice.objects.filter(service="25").values_list("outcome", flat=True)) == ["answered", "repeated"]


def test_the_same_payment_told_again_the_next_day_is_the_same_payment(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    notice = nagari.notice(code.code)
    first = nagari.transact("transfer-va/payment", notice)
    with clock.turned_to(clock.now() + timedelta(days=1)):
        nagari._token = ""
        assert nagari.transact("transfer-va/payment", notice) == first
    assert Payment.objects.count() == 1


def test_a_late_notice_counts_by_the_banks_clock(cast: Cast, nagari: Teller) -> None:
    """The code ends with October; the money came on the 30th, the notice comes on 2 November."""
    code = approved(cast)
    notice = nagari.notice(code.code)
    with clock.turned_to(datetime(2017, 11, 2, 9, tzinfo=clock.WIB)):
        assert code_of(nagari.transact("transfer-va/payment", notice)) == "2002500"
    assert Payment.objects.get().paid_at.astimezone(clock.WIB).day == 30


def test_a_refused_payment_stays_refused_under_its_external_id(cast: Cast, nagari: Teller) -> None:
    """Nobody can wait for a refused notice to be forgotten; a new notice is judged anew."""
    code = approved(cast)
    wrong = nagari.notice(code.code, 16_799)
    first = nagari.transact("transfer-va/payment", wrong, X_EXTERNAL_ID="7")
    assert code_of(first) == "4042513"
    assert nagari.transact("transfer-va/payment", wrong, X_EXTERNAL_ID="7") == first
    assert code_of(nagari.pay(code.code)) == "2002500"
    entry = Entry.objects.get(action="contributions.payment.refused")
    assert "16.799" in entry.note


def test_one_external_id_with_two_bodies_is_a_conflict(cast: Cast, nagari: Teller) -> None:
    """The second one has no effect, although alone it would have had one."""
    siti, nurdin = approved(cast), approved(cast, FAMILY_2017["nurdin"])
    assert code_of(nagari.pay(siti.code, X_EXTERNAL_ID="42")) == "2002500"
    assert code_of(nagari.pay(nurdin.code, X_EXTERNAL_ID="42")) == "4092500"
    assert code_of(nagari.inquire(nurdin.code, X_EXTERNAL_ID="42")) == "4092400"
    assert Payment.objects.count() == 1
    with clock.turned_to(clock.now() + timedelta(days=1)):
        nagari._token = ""
        assert code_of(nagari.pay(nurdin.code, X_EXTERNAL_ID="42")) == "2002500", "another day, another id"


def test_two_banks_are_two_worlds_of_ids(cast: Cast, nagari: Teller) -> None:
    bni = Teller("bni", "77788")
    siti, nurdin = approved(cast), approved(cast, FAMILY_2017["nurdin"])
    assert code_of(nagari.pay(siti.code, X_EXTERNAL_ID="42")) == "2002500"
    assert code_of(bni.pay(nurdin.code, X_EXTERNAL_ID="42")) == "2002500"
    assert code_of(bni.pay(siti.code)) == "4042514"


def _forged(**changed: str) -> Any:
    return lambda nagari, code: nagari.pay(code, **changed)


def _shaped(**changed: Any) -> Any:
    return lambda nagari, code: nagari.pay(code, body=changed)


def _of_another_bank(nagari: Teller, code: str) -> Any:
    return nagari.pay(code, body={"partnerServiceId": "   77788", "virtualAccountNo": f"   77788{code}"})


WRONG = {
    "another secret": (_forged(secret="not-the-secret"), "4012500"),
    "signed for another address": (_forged(signed_for=PATH + "transfer-va/inquiry"), "4012500"),
    "another partner id": (_forged(X_PARTNER_ID="MITRA-00000"), "4012500"),
    "no partner id": (_forged(X_PARTNER_ID=""), "4002502"),
    "a token that is none": (_forged(token="nonsense"), "4012501"),
    "no signature": (_forged(X_SIGNATURE=""), "4002502"),
    "no external id": (_forged(X_EXTERNAL_ID=""), "4002502"),
    "an external id of letters": (_forged(X_EXTERNAL_ID="abc"), "4002501"),
    "a long external id": (_forged(X_EXTERNAL_ID="1" * 37), "4002501"),
    "no channel": (_forged(CHANNEL_ID=""), "4002502"),
    "no timestamp": (_forged(X_TIMESTAMP="never"), "4002501"),
    "a stale timestamp": (_forged(X_TIMESTAMP="2017-10-30T09:54:58+07:00"), "4012500"),
    "a timestamp ahead of time": (_forged(X_TIMESTAMP="2017-10-30T10:06:00+07:00"), "4012500"),
    "no JSON": (_forged(raw="16800"), "4002500"),
    "broken JSON": (_forged(raw='{"partnerServiceId":'), "4002500"),
    "the service id of another bank": (_of_another_bank, "4042518"),
    "an account of other parts": (_shaped(virtualAccountNo="   8889990000000000"), "4042518"),
    "a service id without blanks": (_shaped(partnerServiceId="88899"), "4002501"),
    "a code of ten digits": (_shaped(customerNo="9000000000"), "4042512"),
    "an unknown code": (_shaped(customerNo="90000000000", virtualAccountNo="   8889990000000000"), "4042512"),
    "no amount": (_shaped(paidAmount=None), "4002502"),
    "an amount without value": (_shaped(paidAmount={"currency": "IDR"}), "4002502"),
    "an amount as a number": (_shaped(paidAmount={"value": 16800, "currency": "IDR"}), "4002501"),
    "an amount without sen": (_shaped(paidAmount={"value": "16800", "currency": "IDR"}), "4002501"),
    "dollars": (_shaped(paidAmount={"value": "16800.00", "currency": "USD"}), "4002501"),
    "a broken rupiah": (_shaped(paidAmount={"value": "16800.50", "currency": "IDR"}), "4042513"),
    "nothing": (_shaped(paidAmount={"value": "0.00", "currency": "IDR"}), "4042513"),
    "a wrong amount": (_shaped(paidAmount={"value": "16801.00", "currency": "IDR"}), "4042513"),
    "too much for this bank": (_shaped(paidAmount={"value": "10000001.00", "currency": "IDR"}), "4032502"),
    "no reference": (_shaped(paymentRequestId=""), "4002502"),
    "a reference with blanks": (_shaped(paymentRequestId="TRX 1"), "4002501"),
    "a long reference": (_shaped(paymentRequestId="X" * 41), "4002501"),
    "an instant without a zone": (_shaped(trxDateTime="2017-10-30T09:00:00"), "4002501"),
    "the thirtieth of February": (_shaped(trxDateTime="2017-02-30T09:00:00+07:00"), "4002501"),
    "paid before the code was there": (_shaped(trxDateTime="2017-10-29T09:00:00+07:00"), "4032515"),
    "paid in the future": (_shaped(trxDateTime="2017-10-31T09:00:00+07:00"), "4032515"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_refused_logged_and_books_nothing(cast: Cast, nagari: Teller, wrong: str) -> None:
    send, answer = WRONG[wrong]
    code = approved(cast)
    assert code_of(send(nagari, code.code)) == answer
    assert not Payment.objects.exists()
    notice = BankNotice.objects.get(service="25")
    assert (notice.outcome, notice.response_code, notice.payment_id) == ("refused", answer, None)


def test_a_forger_cannot_use_up_the_banks_ids(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    nagari.pay(code.code, X_EXTERNAL_ID="9", secret="not-the-secret")
    assert code_of(nagari.pay(code.code, X_EXTERNAL_ID="9")) == "2002500"


def test_a_copied_request_is_worth_nothing_six_minutes_later(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    sent_at, token = now(), nagari.token
    with clock.turned_to(clock.now() + timedelta(minutes=6)):
        assert code_of(nagari.pay(code.code, X_TIMESTAMP=sent_at, token=token)) == "4012500"
    assert not Payment.objects.exists()


def test_a_closed_bank_is_not_heard(cast: Cast, nagari: Teller) -> None:
    code = approved(cast)
    assert nagari.token
    partners.close_partner(actor=JOB, partner_id=nagari.partner.id, reason="Perjanjian berakhir")
    assert code_of(nagari.pay(code.code)) == "4012501"
    assert code_of(nagari.ask_token()) == "4017300"
    partners.reopen_partner(actor=JOB, partner_id=nagari.partner.id, reason="Diperpanjang")
    nagari._token = ""
    assert code_of(nagari.pay(code.code)) == "2002500"


def test_a_day_has_its_limit(cast: Cast) -> None:
    nagari = Teller(payment_limit_idr=20_000, day_limit_idr=30_000)
    siti, nurdin = approved(cast), approved(cast, FAMILY_2017["nurdin"])
    assert code_of(nagari.pay(siti.code)) == "2002500"
    assert code_of(nagari.pay(nurdin.code)) == "4032520"
    with clock.turned_to(clock.now() + timedelta(days=1)):
        nagari._token = ""
        assert code_of(nagari.pay(nurdin.code)) == "2002500"


def test_the_log_holds_no_personal_data(cast: Cast, nagari: Teller) -> None:
    nagari.pay(approved(cast).code)
    nagari.pay("90000000000")
    for notice in BankNotice.objects.values():
        assert not any(word in str(notice) for word in ("Siti", "S***", "90000000000", "+62"))


def test_a_flood_of_forgeries_is_shut_out_and_no_longer_logged(cast: Cast, nagari: Teller) -> None:
    answers = [code_of(nagari.ask_token(**{"X-SIGNATURE": "AAAA"})) for _ in range(62)]
    assert answers == ["4017300"] * 60 + ["4297300"] * 2
    assert BankNotice.objects.count() == 60


def test_only_a_post_is_answered(nagari: Teller) -> None:
    assert nagari.client.get(PATH + "transfer-va/payment").status_code == 405


def test_two_banks_pay_one_code_at_the_same_instant(open_stage: Cast) -> None:
    code = approved(open_stage)
    banks = [Teller(), Teller("bni", "77788")]
    answers = at_once([lambda bank=bank: bank.pay(code.code) for bank in banks], [bank.token for bank in banks])
    assert sorted(code_of(answer) for answer in answers) == ["2002500", "4042514"]
    assert Payment.objects.count() == Member.objects.count() == 1


def test_one_notice_four_times_at_the_same_instant(open_stage: Cast) -> None:
    bank = Teller()
    notice = bank.notice(approved(open_stage).code)
    sending = [lambda: bank.transact("transfer-va/payment", notice, X_EXTERNAL_ID="5")] * 4
    answers = at_once(sending, [bank.token])
    assert [code_of(answer) for answer in answers] == ["2002500"] * 4
    assert len({str(answer) for answer in answers}) == 1
    assert Payment.objects.count() == 1
    assert BankNotice.objects.filter(service="25", holds_id=True).count() == 1


def at_once(runs: list[Any], ready: list[str]) -> list[Any]:
    """Every run in a thread of its own, all let go together; ``ready`` are the tokens, fetched before."""
    start, answers = Barrier(len(runs)), []
    instant = clock.now()

    def go(run: Any) -> None:
        with clock.turned_to(instant):
            try:
                start.wait(5)
                answers.append(run())
            finally:
                connection.close()

    threads = [Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == len(runs)
    return answers


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_and_repetition_of_notices_ends_like_each_sent_once(cast: Cast, data: st.DataObject) -> None:
    """Three people, right and wrong amounts, each told any number of times in any order."""
    from django.db import transaction

    with transaction.atomic():
        bank = Teller()
        names = ("siti", "nurdin", "upik")
        codes = {name: approved(cast, FAMILY_2017[name]).code for name in names}
        told = {
            f"{place}{number}": bank.notice(codes[name], amount, paymentRequestId=f"{name}-{amount}")
            for place, name in enumerate(names, start=1)
            for number, amount in ((1, 16_800), (2, 99))
        }
        sequence = data.draw(st.lists(st.sampled_from(sorted(told)), min_size=1, max_size=14))
        answers: dict[str, Any] = {}
        for external_id in sequence:
            answer = bank.transact("transfer-va/payment", told[external_id], X_EXTERNAL_ID=external_id)
            if external_id.endswith("1"):
                assert code_of(answer) == "2002500"
            else:
                assert code_of(answer) in ("4042513", "4042514"), "underpaid, or the bill was paid by then"
            assert answers.setdefault(external_id, answer) == answer, "the same notice, the same answer"
        paid = {each for each in sequence if each.endswith("1")}
        assert Payment.objects.count() == ContributionLine.objects.count() == len(paid)
        assert sum(Payment.objects.values_list("amount_idr", flat=True)) == 16_800 * len(paid)
        transaction.set_rollback(True)
