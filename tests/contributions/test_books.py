"""No sequence of payments, reversals, refunds and repetitions makes or loses a rupiah."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contributions.money import approved, pay, reverse, take

from perisai.contributions import selectors, services
from perisai.contributions.models import ContributionLine, CreditEntry, Payment, PaymentCode, Refund, Reversal
from perisai.kernel import clock, ids
from perisai.kernel.errors import Code, Refused
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["code", "pay", "take", "again", "reverse", "refund", "decide", "send", "die"]),
        st.integers(0, 5),
        st.sampled_from([1, 6_800, 10_000, 16_800, 20_000, 50_400]),
    ),
    max_size=14,
)


class Play:
    """A short story of one worker's money; what the rules refuse changes nothing."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.steps = cast, 0
        self.codes: list[PaymentCode] = [approved(cast, FAMILY_2017["siti"])]

    def act(self, name: str, which: int, amount_idr: int) -> None:
        self.steps += 1
        with suppress(Refused), transaction.atomic():
            doing: Callable[[int, int], Any] = getattr(self, f"_{name}")
            doing(which, amount_idr)

    def _one(self, rows: list[Any], which: int) -> Any:
        if not rows:
            raise Refused(Code.NOTHING_TO_PAY)
        return rows[which % len(rows)]

    def _code(self, which: int, _amount_idr: int) -> None:
        member_id = self._one(list(Payment.objects.exclude(member=None)), which).member_id
        self.codes.append(services.issue_member_code(actor=self.cast.laras, member_id=member_id, months=1))

    def _pay(self, which: int, _amount_idr: int) -> None:
        code = self._one(self.codes, which)
        pay(self.cast, code, amount_idr=selectors.due_of(code), channel_reference=f"P-{self.steps}")

    def _take(self, which: int, amount_idr: int) -> None:
        take(self.cast, self._one(self.codes, which), amount_idr, channel_reference=f"T-{self.steps}")

    def _again(self, which: int, _amount_idr: int) -> None:
        known = self._one(list(Payment.objects.filter(amount_idr__gt=0)), which)
        same = take(
            self.cast, known.code, known.amount_idr, channel=known.channel, channel_reference=known.channel_reference
        )
        assert same.id == known.id

    def _reverse(self, which: int, _amount_idr: int) -> None:
        reverse(self.cast, self._one(list(Payment.objects.order_by("id")), which))

    def _refund(self, which: int, amount_idr: int) -> None:
        services.propose_refund(
            actor=self.cast.nofri, refund_id=ids.new_id(), payment_id=self._one(list(Payment.objects.all()), which).id,
            amount_idr=amount_idr, payee="payer", payee_name="Siti", bank="BRI", account="1", reason="Salah bayar",
        )  # fmt: skip

    def _decide(self, which: int, amount_idr: int) -> None:
        refund = self._one(list(Refund.objects.filter(state="proposed")), which)
        if amount_idr > 10_000:
            services.approve_refund(actor=self.cast.hendri, refund_id=refund.id)
        else:
            services.reject_refund(actor=self.cast.hendri, refund_id=refund.id, reason="Belum lengkap")

    def _send(self, which: int, _amount_idr: int) -> None:
        refund = self._one(list(Refund.objects.filter(state="approved")), which)
        services.confirm_refund(
            actor=self.cast.nofri, refund_id=refund.id, sent_on=clock.today(), bank_reference=f"OUT-{self.steps}"
        )

    def _die(self, which: int, _amount_idr: int) -> None:
        member_id = self._one(list(Payment.objects.exclude(member=None)), which).member_id
        services.record_death(
            actor=self.cast.laras, member_id=member_id, died_on=clock.today(), evidence="village", evidence_number="1"
        )


def check_every_payment() -> None:
    """Lines and credit entries of a payment are what it brought, and nought once it was taken back."""
    gone = set(Reversal.objects.values_list("payment_id", flat=True))
    for payment in Payment.objects.all():
        placed = sum(ContributionLine.objects.filter(payment=payment).values_list("total_idr", flat=True))
        placed += sum(CreditEntry.objects.filter(payment=payment).values_list("amount_idr", flat=True))
        assert placed == (0 if payment.id in gone else payment.amount_idr)


def check_every_month() -> None:
    """A month stands at most once: its turns follow one another, paid and taken back by turns."""
    turns: dict[tuple[Any, date], list[int]] = {}
    for member_id, month, turn in ContributionLine.objects.order_by("turn").values_list("member_id", "month", "turn"):
        turns.setdefault((member_id, month), []).append(turn)
    assert all(found == list(range(len(found))) for found in turns.values())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ACTIONS)
def test_every_rupiah_has_a_place_after_any_sequence(cast: Cast, actions: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        play = Play(cast)
        for action in actions:
            play.act(*action)
            assert selectors.books().differs_idr == 0
        check_every_payment()
        check_every_month()
        transaction.set_rollback(True)
