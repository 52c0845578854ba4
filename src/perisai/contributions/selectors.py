"""Reading payment codes, payments, receipts and the months they cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, QuerySet, Sum

from perisai.contributions import credit, ledger, rules
from perisai.contributions.models import ContributionLine, CreditEntry, Payment, PaymentCode, Refund, Reversal
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.membership.rules import MONTHS_AT_ONCE, MemberState, Segment
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices, under_offices_read
from perisai.rows import once

if TYPE_CHECKING:
    from perisai.membership.models import Member


def payments_visible_to(actor: Actor) -> QuerySet[Payment]:
    return Payment.objects.filter(under_offices_read(scope_of(actor, Permission.VIEW_PAYMENTS)))


def newest_payments(actor: Actor) -> QuerySet[Payment]:
    """What the list shows of them is read for its page only."""
    return (
        payments_visible_to(actor)
        .prefetch_related("code__registration", "member__person", "branch")
        .order_by("-paid_at", "-id")
    )


def payment_for(
    actor: Actor, payment_id: UUID, permission: Permission = Permission.VIEW_PAYMENTS, *, lock: bool = False
) -> Payment:
    """Raises NotFound."""
    rows = Payment.objects.filter(under_offices(scope_of(actor, permission)), pk=payment_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    payment = rows.select_related("code__registration", "member__person", "branch").first()
    if payment is None:
        raise NotFound("payment")
    return payment


def open_codes(actor: Actor) -> QuerySet[PaymentCode]:
    """Codes that wait for money in the actor's offices, the next to expire first."""
    return (
        PaymentCode.objects.filter(under_offices(scope_of(actor, Permission.VIEW_PAYMENTS)), state="open")
        .select_related("registration", "member__person", "branch")
        .order_by("expires_at")
    )


@once
def lock_code(code: str) -> QuerySet[PaymentCode]:
    """One or none, for the verb that takes the money."""
    return (
        PaymentCode.objects.select_for_update(of=("self",)).select_related("branch", "registration").filter(code=code)
    )


@once
def payments_of_reference(channel: str, channel_reference: str) -> QuerySet[Payment]:
    """The payment that a channel told of under that reference: one or none."""
    return Payment.objects.filter(channel=channel, channel_reference=channel_reference)


def codes_of_registration(registration_id: UUID) -> list[PaymentCode]:
    """Every code of the registration, newest first. The caller has passed its door."""
    return list(PaymentCode.objects.filter(registration_id=registration_id).order_by("-issued_at"))


def codes_of_member(member_id: UUID) -> list[PaymentCode]:
    """Every code of the member, newest first. The caller has passed the member's door."""
    return list(PaymentCode.objects.filter(member_id=member_id).order_by("-issued_at"))


def payments_of_member(member_id: UUID) -> list[Payment]:
    """Newest first. The caller has passed the member's door."""
    return list(Payment.objects.filter(member_id=member_id).select_related("code").order_by("-paid_at"))


def lines_of_member(member_id: UUID) -> list[ContributionLine]:
    """Every line, newest month first, what was taken back after what was paid. The caller has passed the member's door."""
    return list(
        ContributionLine.objects.filter(member_id=member_id).select_related("payment").order_by("-month", "turn")
    )


def months_of_member(member_id: UUID) -> list[ContributionLine]:
    """Every month that is paid, newest first. The caller has passed the member's door."""
    return ledger.standing_of_member(member_id)[::-1]


def months_of_payment(payment: Payment) -> list[ContributionLine]:
    """The months that the payment paid, oldest first, also those taken back. The caller has passed the payment's door."""
    return ledger.paid_by(payment)


def lines_of_payment(payment: Payment) -> list[ContributionLine]:
    """Every line that names the payment, paid and taken back, oldest month first. The caller has passed its door."""
    return ledger.lines_of(payment)


def credit_entries_of(payment_id: UUID) -> list[CreditEntry]:
    """What the payment put on credit or took from it, oldest first. The caller has passed the payment's door."""
    return list(CreditEntry.objects.filter(payment_id=payment_id).order_by("recorded_at", "id"))


def payment_of_month(member_id: UUID, month: Period) -> UUID:
    """The payment that pays the month, or the last that did. The caller has passed the member's door. Raises NotFound."""
    line = (
        ContributionLine.objects.filter(member_id=member_id, month=month.first_day)
        .order_by("-turn")
        .values_list("payment_id", flat=True)
        .first()
    )
    if line is None:
        raise NotFound("month")
    return line


def reversal_of(payment_id: UUID) -> Reversal | None:
    """How the bank took the payment back. The caller has passed the payment's door."""
    return Reversal.objects.filter(payment_id=payment_id).first()


def due_of(code: PaymentCode) -> Rupiah:
    """What a bank is to receive for the code now: what it asks less the payer's credit."""
    return rules.due(asked_idr=code.amount_idr, credit_idr=credit.balance(credit.Payer.of(code)))


def credit_of_member(member_id: UUID) -> Rupiah:
    """Money that came and pays no month yet; below zero: a debt. The caller has passed the member's door."""
    return credit.balance(credit.Payer(member_id=member_id))


def refunds_visible_to(actor: Actor) -> QuerySet[Refund]:
    """Newest first; the list and its page read the payer with them."""
    return (
        Refund.objects.filter(under_offices(scope_of(actor, Permission.VIEW_PAYMENTS)))
        .select_related("member__person", "registration", "branch", "proposed_by", "decided_by")
        .order_by("-proposed_at", "-id")
    )


def refund_for(actor: Actor, refund_id: UUID, permission: Permission, *, lock: bool = False) -> Refund:
    """Raises NotFound."""
    rows = Refund.objects.filter(under_offices(scope_of(actor, permission)), pk=refund_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    refund = rows.select_related("member__person", "registration", "branch").first()
    if refund is None:
        raise NotFound("refund")
    return refund


def phone_for(refund: Refund) -> str | None:
    """Where the payer of the credit is told; the caller has passed the refund's door."""
    if refund.member is not None:
        return refund.member.person.phone or None
    return str(refund.registration.phone) if refund.registration else None


def credit_behind(payment: Payment) -> Rupiah:
    """The credit of the payment's payer: what may be refunded. The caller has passed the payment's door."""
    return credit.balance(credit.Payer.of(payment.code))


@dataclass(frozen=True, slots=True)
class Books:
    """Every rupiah that ever came, and where it is. ``differs_idr`` is nought at any time."""

    received_idr: int
    taken_back_idr: int
    months_idr: int
    credit_idr: int
    set_aside_idr: int
    paid_out_idr: int

    @property
    def differs_idr(self) -> int:
        placed = self.months_idr + self.credit_idr + self.set_aside_idr + self.paid_out_idr
        return self.received_idr - self.taken_back_idr - placed


def books() -> Books:
    """The whole agency's money: payments = months + credit + refunds + taken back (docs/algorithms/payment.md)."""

    def total(rows: QuerySet[Any], column: str) -> int:
        return int(rows.aggregate(total=Sum(column))["total"] or 0)

    return Books(
        received_idr=total(Payment.objects.all(), "amount_idr"),
        taken_back_idr=total(Reversal.objects.all(), "payment__amount_idr"),
        months_idr=total(ContributionLine.objects.all(), "total_idr"),
        credit_idr=total(CreditEntry.objects.all(), "amount_idr"),
        set_aside_idr=total(Refund.objects.filter(state__in=["proposed", "approved"]), "amount_idr"),
        paid_out_idr=total(Refund.objects.filter(state="paid"), "amount_idr"),
    )


def price_of_next(member: "Member", months: int) -> rules.CodeAmount:
    """The months after the last one paid; for a membership that sleeps or has nothing paid, from this month on (domain 11.8).

    ``member.branch`` is at hand. Raises Refused(MONTHS_OUT_OF_RANGE).
    """
    today = clock.today(ZoneInfo(member.branch.timezone))
    paid_through = Period.of(member.paid_until) if member.paid_until else None
    awake = member.state == MemberState.ACTIVE
    return rules.payment_code_amount(
        first=rules.first_month_offered(paid_through if awake else None, today),
        months=months,
        income_idr=member.income_idr,
        programmes=[rules.Programme(each) for each in member.programmes],
        sector=rules.Sector(member.sector),
        paid_through=paid_through,
    )


def offers_for(member: "Member") -> dict[int, rules.CodeAmount]:
    """What a new payment code would ask, by the number of months offered; empty where nothing can be offered."""
    if member.segment != Segment.BPU or member.state == MemberState.DECEASED:
        return {}
    try:
        return {months: price_of_next(member, months) for months in MONTHS_AT_ONCE}
    except Refused:
        return {}


@dataclass(frozen=True, slots=True)
class Bill:
    """What a bank may show to somebody who is about to pay a code."""

    masked_name: str
    amount_idr: int
    first_month: date
    months: int


def bill_for(actor: Actor, code: str) -> Bill:
    """The open bill behind a payment code, less the payer's credit, for who may record its payment.

    Raises Refused: CODE_UNKNOWN, CODE_ALREADY_PAID, CODE_CANCELLED, CODE_EXPIRED.
    """
    row = PaymentCode.objects.select_related("branch", "registration", "member__person").filter(code=code).first()
    if row is None or not scope_of(actor, Permission.RECORD_PAYMENT).covers_office(row.branch.path):
        raise Refused(Code.CODE_UNKNOWN, field="code")
    if row.state == PaymentCode.State.PAID:
        raise Refused(Code.CODE_ALREADY_PAID, field="code", receipt="")
    if row.state == PaymentCode.State.CANCELLED:
        raise Refused(Code.CODE_CANCELLED, field="code")
    if row.expires_at < clock.now():
        expired = row.expires_at.astimezone(ZoneInfo(row.branch.timezone)).date()
        raise Refused(Code.CODE_EXPIRED, field="code", expired=expired)
    whose = row.registration or (row.member.person if row.member else None)
    assert whose is not None  # a constraint of the table: one of the two is set
    return Bill(names.masked(whose.name), due_of(row), row.first_month, row.months)


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """What anyone who holds the receipt number may read. ``status``: paid, held (pays no month yet) or taken_back."""

    number: str
    status: str
    masked_name: str
    member_number: str
    amount_idr: int
    paid_at: datetime
    months: tuple[date, ...]
    channel: str


def check_receipt(number: str) -> ReceiptCheck:
    """The public check of a receipt, without the agent. Raises NotFound."""
    payment = (
        Payment.objects.select_related("member__person", "code__registration")
        .filter(receipt_number=number.strip().upper())
        .first()
    )
    if payment is None:
        raise NotFound("receipt")
    return _receipt_of(payment)


def receipt_of(payment_id: UUID) -> ReceiptCheck:
    """The receipt of a payment that the caller has made or may see."""
    return _receipt_of(Payment.objects.select_related("member__person", "code__registration").get(pk=payment_id))


def _receipt_of(payment: Payment) -> ReceiptCheck:
    months = tuple(line.month for line in ledger.standing_of(payment))
    return ReceiptCheck(
        number=payment.receipt_number,
        status="taken_back" if reversal_of(payment.id) else "paid" if months else "held",
        masked_name=names.masked(payment.payer_name),
        member_number=payment.payer_number,
        amount_idr=payment.amount_idr,
        paid_at=payment.paid_at,
        months=months,
        channel=payment.channel,
    )


@dataclass(frozen=True, slots=True)
class AgentTotals:
    """What came in from an agent's members in a span of days."""

    lines: int
    total_idr: int
    first_month: date | None


def totals_of_agents(agent_ids: Iterable[UUID], since: date, until: date) -> dict[UUID, AgentTotals]:
    """Received in ``since <= day < until``, by agent; agents without any are missing."""
    rows = (
        ContributionLine.objects.filter(agent_id__in=list(agent_ids), received_on__gte=since, received_on__lt=until)
        .values("agent_id")
        .annotate(total=Sum("total_idr"), first=Min("month"), lines=Sum(1))
    )
    return {row["agent_id"]: AgentTotals(row["lines"], row["total"], row["first"]) for row in rows}
