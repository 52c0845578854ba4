"""Payment codes, payments, and the ledger of months paid."""

from typing import Final

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact

from perisai.contributions.firm_models import FirmBill, FirmDue, FirmPayment
from perisai.contributions.rules import AGENTS_HANDS, CreditReason, GroupKind, LineReason, Payee, RefundState
from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField

__all__ = [
    "ContributionLine",
    "CreditEntry",
    "FirmBill",
    "FirmDue",
    "FirmPayment",
    "Payment",
    "PaymentCode",
    "Refund",
    "Reversal",
]

OWN_CREDIT: Final = "saldo"
"""The channel of a payment that the payer's credit made in full."""

_THREE_MONTHS_AFTER: Final = Func(
    F("month"),
    function="",
    template="(%(expressions)s + interval '3 months')",
    output_field=models.DateTimeField(),
)
"""By then the membership has lapsed, and protection is not dated back (domain 2.10, 11.8)."""


class GroupCode(models.Model):
    """One code for many members: what a family, a Wadah's list or a sponsor pays at once, all of it or nothing.

    It holds an ordinary payment code a member, so that each has prices, receipt and credit of their own; its amount is the
    sum of what those still ask.
    """

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=7)
    title = models.CharField(max_length=80)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    issued_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in GroupKind]), name="contributions_groupcode_kind"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="contributions_groupcode_has_a_title"),
        ]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="contributions_groupcode_newest")]

    def __str__(self) -> str:
        return self.code


class PaymentCode(models.Model):
    """An amount to pay for some months, for one registration or one member, until it expires.

    ``prices`` is what was promised, a row a month: ``{"month": "2026-04", "jkk_idr": …, "jkm_idr": …, "jht_idr": …}``;
    the ledger is written from it, whatever changes between the code and the money.
    """

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=11, unique=True)
    registration = models.ForeignKey("membership.Registration", null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("membership.Member", null=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(GroupCode, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    amount_idr = models.BigIntegerField()
    prices = models.JSONField()
    rulebook_hash = models.CharField(max_length=16)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    issued_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=False, member=None) | Q(registration=None, member__isnull=False),
                name="contributions_paymentcode_for_one",
            ),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="contributions_paymentcode_amount_positive"),
            models.CheckConstraint(
                condition=Q(months__in=[1, 3, 6, 12]), name="contributions_paymentcode_months_offered"
            ),
            models.CheckConstraint(condition=Q(first_month__day=1), name="contributions_paymentcode_first_of_month"),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(state="open"),
                name="contributions_paymentcode_one_open_registration",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state="open"), name="contributions_paymentcode_one_open_member"
            ),
            models.CheckConstraint(
                condition=Q(group=None) | Q(member__isnull=False), name="contributions_paymentcode_group_of_members"
            ),
        ]
        indexes = [
            models.Index(fields=["group"], name="contributions_code_group", condition=Q(group__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code


class Payment(models.Model):
    """Money that a bank or the finance officer says has come: append-only. An agent is never the channel.

    ``member`` is empty while the money waits for the rest of a first contribution. A payment of nothing is one that the
    payer's credit paid in full (channel ``saldo``).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.ForeignKey(PaymentCode, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("membership.Member", null=True, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    amount_idr = models.BigIntegerField()
    channel = models.CharField(max_length=20)
    channel_reference = models.CharField(max_length=40)
    paid_at = models.DateTimeField()
    receipt_number = models.CharField(max_length=14, unique=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "channel_reference"], name="contributions_payment_channel_reference"
            ),
            models.CheckConstraint(
                condition=Q(amount_idr__gt=0) | Q(amount_idr=0, channel=OWN_CREDIT),
                name="contributions_payment_amount_positive",
            ),
            models.CheckConstraint(condition=~Q(channel__in=AGENTS_HANDS), name="contributions_payment_no_agent"),
        ]
        indexes = [
            models.Index(fields=["branch", "-paid_at", "-id"], name="contributions_payment_newest"),
            models.Index(fields=["-paid_at", "-id"], name="contributions_payment_latest"),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def payer_name(self) -> str:
        """Whose money it is, as the papers say it."""
        if self.member is not None:
            return str(self.member.person.name)
        return str(self.code.registration.name) if self.code.registration else ""

    @property
    def payer_number(self) -> str:
        """The member's number; empty before there is a member."""
        return str(self.member.number) if self.member else ""


class Refund(models.Model):
    """Money going back to a payer: proposed, decided by somebody else, paid out. Never to an agent.

    The amount left the payer's credit when it was proposed; a rejection puts it back. Name and account are sealed.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    member = models.ForeignKey(
        "membership.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    registration = models.ForeignKey(
        "membership.Registration", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    amount_idr = models.BigIntegerField()
    payee = models.CharField(max_length=8)
    payee_name = SealedTextField(context="contributions.refund.payee_name", max_plain=100)
    bank = models.CharField(max_length=30)
    account = SealedTextField(context="contributions.refund.account", max_plain=40)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default=RefundState.PROPOSED)
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decision_note = models.CharField(max_length=200, blank=True)
    sent_on = models.DateField(null=True)
    bank_reference = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, registration=None) | Q(member=None, registration__isnull=False),
                name="contributions_refund_of_one",
            ),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="contributions_refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(payee__in=[each.value for each in Payee]), name="contributions_refund_never_to_an_agent"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in RefundState]), name="contributions_refund_state"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="contributions_refund_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", sent_on__isnull=False) & ~Q(bank_reference="")
                | (~Q(state="paid") & Q(sent_on=None, bank_reference="")),
                name="contributions_refund_paid_with_reference",
            ),
            models.UniqueConstraint(
                fields=["bank", "bank_reference"], condition=Q(state="paid"), name="contributions_refund_reference_once"
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at", "-id"], name="contributions_refund_newest")]

    def __str__(self) -> str:
        return self.state

    @property
    def payer_name(self) -> str:
        """Whose credit it was."""
        if self.member is not None:
            return str(self.member.person.name)
        return str(self.registration.name) if self.registration else ""


class CreditEntry(models.Model):
    """Money that pays no month yet, to a payer's credit or from it: append-only. A payer's entries sum to the balance."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    member = models.ForeignKey(
        "membership.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    registration = models.ForeignKey(
        "membership.Registration", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount_idr = models.BigIntegerField()
    because = models.CharField(max_length=16)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    refund = models.ForeignKey(Refund, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, registration=None) | Q(member=None, registration__isnull=False),
                name="contributions_credit_of_one",
            ),
            models.CheckConstraint(
                condition=Q(payment__isnull=False, refund=None) | Q(payment=None, refund__isnull=False),
                name="contributions_credit_has_a_source",
            ),
            models.CheckConstraint(condition=~Q(amount_idr=0), name="contributions_credit_not_nought"),
            models.CheckConstraint(
                condition=Q(because__in=[each.value for each in CreditReason]), name="contributions_credit_because"
            ),
        ]
        indexes = [
            models.Index(fields=["member"], name="contributions_credit_member", condition=Q(member__isnull=False)),
            models.Index(
                fields=["registration"], name="contributions_credit_new", condition=Q(registration__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.because} {self.amount_idr:+d}"


class Reversal(models.Model):
    """A bank took a payment back, whole: append-only."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_on = models.DateField()
    bank_reference = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(bank_reference=""), name="contributions_reversal_told"),
        ]

    def __str__(self) -> str:
        return self.bank_reference


class ContributionLine(models.Model):
    """One month of one member, paid or taken back: append-only, a partition a month (docs/adr/0011).

    A month stands at most once: ``turn`` counts its lines from 0; an even one pays it, an odd one takes back the line of the
    turn before with the same agent and ``managed_month`` and every amount negated. ``received_on`` is the day of the
    money's coming or going. ``managed_month`` counts the months under this agent, from 1. ``payment`` is the one that paid.
    """

    pk = models.CompositePrimaryKey("member_id", "month", "turn")
    id = models.BigIntegerField(
        db_default=Func(Value("contributions_line_id"), function="nextval", output_field=models.BigIntegerField()),
        editable=False,
    )
    member = models.ForeignKey("membership.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("agents.Agent", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    received_on = models.DateField()
    turn = models.SmallIntegerField(default=0)
    managed_month = models.PositiveSmallIntegerField(null=True)
    jkk_idr = models.BigIntegerField()
    jkm_idr = models.BigIntegerField()
    jht_idr = models.BigIntegerField(default=0)
    total_idr = models.GeneratedField(
        expression=F("jkk_idr") + F("jkm_idr") + F("jht_idr"), output_field=models.BigIntegerField(), db_persist=True
    )
    reason = models.CharField(max_length=12, default=LineReason.PAID)
    rulebook_hash = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="contributions_line_first_of_month"),
            models.CheckConstraint(
                condition=Q(Exact(F("turn") % 2, 0), turn__gte=0, jkk_idr__gte=0, jkm_idr__gte=0, jht_idr__gte=0)
                | Q(Exact(F("turn") % 2, 1), turn__gte=0, jkk_idr__lte=0, jkm_idr__lte=0, jht_idr__lte=0),
                name="contributions_line_sign_fits_turn",
            ),
            models.CheckConstraint(
                condition=Q(Exact(F("turn") % 2, 0), reason="paid") | (Q(Exact(F("turn") % 2, 1)) & ~Q(reason="paid")),
                name="contributions_line_reason_fits_turn",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in LineReason]), name="contributions_line_reason"
            ),
            models.CheckConstraint(
                condition=Q(agent=None, managed_month=None) | Q(agent__isnull=False, managed_month__gte=1),
                name="contributions_line_managed_by_agent",
            ),
            models.CheckConstraint(
                condition=Q(Exact(F("turn") % 2, 1)) | Q(received_on__lt=_THREE_MONTHS_AFTER),
                name="contributions_line_not_dated_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_on", "agent"], name="contributions_line_accrual", condition=Q(agent__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def pays(self) -> bool:
        """Whether this line pays the month, or takes a payment of it back."""
        return self.turn % 2 == 0
