"""The ledger of what agents (Perisai) and their offices (Wadah) earned, and the runs that wrote it."""

from django.db import models
from django.db.models import Q

from perisai.incentives.rules import Kind, Reason
from perisai.kernel import clock, ids


class Accrual(models.Model):
    """One run of the accrual of one month: append-only. A run that found nothing new has 0 lines."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    period = models.DateField()
    regime = models.CharField(max_length=12)
    lines = models.PositiveIntegerField()
    rulebook_hash = models.CharField(max_length=16)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_accrual_first_of_month"),
        ]
        indexes = [models.Index(fields=["period", "-at"], name="incentives_accrual_period")]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.lines}"


class IncentiveLine(models.Model):
    """One fact and what it pays: append-only. A later line of one subject holds the difference to the ones before it.

    ``subject`` is the registration (acquisition) or the ledger line of the contribution; empty for the flat sum of a
    month. Amounts of one subject are summed; ``counted``, ``reason``, ``rate`` and ``received_idr`` of its last line hold.
    ``amount_idr`` is what the formula gives, ``agent_idr`` and ``wadah_idr`` what each is paid (domain 1.6).
    """

    accrual = models.ForeignKey(Accrual, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.DateField()
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+", db_index=False)
    wadah = models.ForeignKey("agents.Wadah", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=36, blank=True)
    member = models.ForeignKey(
        "membership.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField(null=True)
    received_idr = models.BigIntegerField(default=0)
    rate = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    amount_idr = models.BigIntegerField()
    agent_idr = models.BigIntegerField()
    wadah_idr = models.BigIntegerField()
    counted = models.BooleanField()
    reason = models.CharField(max_length=24)
    regime = models.CharField(max_length=12)
    rulebook_hash = models.CharField(max_length=16)
    posted_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["accrual", "agent", "kind", "subject"], name="incentives_line_once_a_run"),
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_line_first_of_month"),
            models.CheckConstraint(condition=Q(kind__in=[*Kind]), name="incentives_line_kind"),
            models.CheckConstraint(condition=Q(reason__in=[*Reason]), name="incentives_line_reason"),
            models.CheckConstraint(
                condition=Q(subject="", member=None) | (~Q(subject="") & Q(member__isnull=False)),
                name="incentives_line_subject_has_member",
            ),
            models.CheckConstraint(
                condition=Q(kind="contribution", month__isnull=False)
                | Q(kind="acquisition", month=None, received_idr=0),
                name="incentives_line_month_of_contribution",
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "period"], name="incentives_line_agent"),
            models.Index(fields=["wadah", "period"], name="incentives_line_wadah"),
        ]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.kind} {self.agent_idr}"
