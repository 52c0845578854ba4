"""What firms owe for a month, and what they have paid."""

from django.db import models
from django.db.models import F, Q

from perisai.contributions.rules import AGENTS_HANDS
from perisai.kernel import clock, ids


class FirmBill(models.Model):
    """A firm's month, with the code under which it is paid; what is owed and paid stands in the two ledgers below.

    ``relieved``: by PP 7/2025, whose fine for delay is another one.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    firm = models.ForeignKey("employers.Firm", on_delete=models.PROTECT, related_name="+", db_index=False)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    code = models.CharField(max_length=11, unique=True)
    due_on = models.DateField()
    relieved = models.BooleanField()
    issued_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "month"], name="contributions_firmbill_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="contributions_firmbill_first_of_month"),
        ]

    def __str__(self) -> str:
        return self.code


class FirmDue(models.Model):
    """What a firm owes for a month, by programme, and its fines: append-only. Amounts are differences, with a sign.

    The sum of a bill's rows is what the firm owes; ``report`` is empty for a fine.
    """

    bill = models.ForeignKey(FirmBill, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(
        "employers.WageReport", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    jkk_idr = models.BigIntegerField(default=0)
    jkm_idr = models.BigIntegerField(default=0)
    jht_employer_idr = models.BigIntegerField(default=0)
    jht_worker_idr = models.BigIntegerField(default=0)
    jp_employer_idr = models.BigIntegerField(default=0)
    jp_worker_idr = models.BigIntegerField(default=0)
    fine_idr = models.BigIntegerField(default=0)
    contribution_idr = models.GeneratedField(
        expression=F("jkk_idr")
        + F("jkm_idr")
        + F("jht_employer_idr")
        + F("jht_worker_idr")
        + F("jp_employer_idr")
        + F("jp_worker_idr"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    rulebook_hash = models.CharField(max_length=16)
    posted_at = models.DateTimeField(default=clock.now, editable=False)
    posted_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, fine_idr=0) | Q(report=None, fine_idr__gt=0),
                name="contributions_firmdue_report_or_fine",
            ),
        ]

    def __str__(self) -> str:
        return str(self.bill_id)


class FirmPayment(models.Model):
    """Money that the finance officer says has come for a firm's month: append-only."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    bill = models.ForeignKey(FirmBill, on_delete=models.PROTECT, related_name="+")
    contribution_idr = models.BigIntegerField()
    fine_idr = models.BigIntegerField()
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
                fields=["channel", "channel_reference"], name="contributions_firmpayment_channel_reference"
            ),
            models.CheckConstraint(
                condition=Q(contribution_idr__gte=0, fine_idr__gte=0) & (Q(contribution_idr__gt=0) | Q(fine_idr__gt=0)),
                name="contributions_firmpayment_positive",
            ),
            models.CheckConstraint(condition=~Q(channel__in=AGENTS_HANDS), name="contributions_firmpayment_no_agent"),
        ]

    def __str__(self) -> str:
        return self.receipt_number
