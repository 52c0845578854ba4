"""Firms and their wage reports."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from perisai.employers.rules import FirmSize, Industry
from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField


class Firm(models.Model):
    """An employer with its NPP and division (domain 4.3), size (Perpres 109/2013) and JKK risk class 1 to 5.

    ``industry`` is empty but for the labour-intensive ones of PP 7/2025.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    npp = models.CharField(max_length=8)
    division = models.CharField(max_length=3, default="000")
    name = models.CharField(max_length=100)
    size = models.CharField(max_length=6, choices=[(each.value, each.value) for each in FirmSize])
    risk_class = models.PositiveSmallIntegerField()
    industry = models.CharField(max_length=20, blank=True, default="")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["npp", "division"], name="employers_firm_npp_division"),
            models.CheckConstraint(condition=Q(risk_class__range=(1, 5)), name="employers_firm_risk_class"),
            models.CheckConstraint(condition=Q(size__in=[*FirmSize]), name="employers_firm_size"),
            models.CheckConstraint(condition=Q(industry__in=["", *Industry]), name="employers_firm_industry"),
        ]
        indexes = [models.Index(fields=["branch"], name="employers_firm_branch")]

    def __str__(self) -> str:
        return self.name


class WageDraft(models.Model):
    """A file that somebody is looking over before it becomes a report: its rows as they were written, sealed.

    One a firm; the next one takes its place, and a report takes it away.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    firm = models.OneToOneField(Firm, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    rows = SealedTextField(context="employers.wagedraft.rows", max_plain=40_000_000)
    drafted_at = models.DateTimeField(default=clock.now, editable=False)
    drafted_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="employers_draft_first_of_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class WageReport(models.Model):
    """What a firm paid its workers in a month: append-only. A correction is a new report with the next ``revision``.

    Programmes, risk class and industry are those of the firm on that day, so that a report can be priced again.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    revision = models.PositiveSmallIntegerField()
    programmes = ArrayField(models.CharField(max_length=3))
    risk_class = models.PositiveSmallIntegerField()
    industry = models.CharField(max_length=20, blank=True)
    workers = models.PositiveIntegerField()
    wages_idr = models.BigIntegerField()
    reported_at = models.DateTimeField(default=clock.now, editable=False)
    reported_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "month", "revision"], name="employers_report_revision"),
            models.CheckConstraint(condition=Q(month__day=1), name="employers_report_first_of_month"),
            models.CheckConstraint(
                condition=Q(workers__gt=0, wages_idr__gt=0, revision__gt=0), name="employers_report_positive"
            ),
            models.CheckConstraint(condition=Q(risk_class__range=(1, 5)), name="employers_report_risk_class"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ReportedWage(models.Model):
    """One worker in a report. Not changed by any verb; it is no ledger, for keys are rotated under its seals."""

    report = models.ForeignKey(WageReport, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.PositiveIntegerField()
    nik = SealedTextField(context="employers.reportedwage.nik", max_plain=16)
    nik_index = models.BinaryField()
    name = models.CharField(max_length=100)
    wage_idr = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "row"], name="employers_wage_row"),
            models.UniqueConstraint(fields=["report", "nik_index"], name="employers_wage_worker_once"),
            models.CheckConstraint(condition=Q(wage_idr__gt=0), name="employers_wage_positive"),
        ]

    def __str__(self) -> str:
        return str(self.row)
