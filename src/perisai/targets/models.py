"""Targets, figures that somebody reported, and the tally of members that makes counting quick."""

from django.db import models
from django.db.models import Q

from perisai.kernel import clock
from perisai.membership.rules import Segment

_CONFIDENCE = ["high", "medium", "low"]


class Target(models.Model):
    """What an office is to reach by 31 December: append-only, the last row of (year, office, segment) counts."""

    year = models.PositiveSmallIntegerField()
    office = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    segment = models.CharField(max_length=3)
    amount = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    is_synthetic = models.BooleanField(default=False)
    set_at = models.DateTimeField(default=clock.now, editable=False)
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(segment__in=[*Segment]), name="targets_target_segment"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="targets_target_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="targets_target_with_reason"),
        ]
        indexes = [models.Index(fields=["year", "office", "segment", "-id"], name="targets_target_latest")]

    def __str__(self) -> str:
        return f"{self.year} {self.segment} {self.amount}"


class ReportedFigure(models.Model):
    """What a paper said of an office on a day: append-only, the last row of (office, segment, day) counts.

    ``reported_percent`` is printed beside the computed one, never used (domain 11.1).
    """

    office = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    segment = models.CharField(max_length=3)
    as_of = models.DateField()
    attained = models.PositiveIntegerField()
    target = models.PositiveIntegerField()
    reported_percent = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=6)
    is_synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(segment__in=[*Segment]), name="targets_reportedfigure_segment"),
            models.CheckConstraint(condition=Q(target__gt=0), name="targets_reportedfigure_target_positive"),
            models.CheckConstraint(condition=Q(confidence__in=_CONFIDENCE), name="targets_reportedfigure_confidence"),
        ]
        indexes = [models.Index(fields=["office", "segment", "-as_of", "-id"], name="targets_reportedfigure_latest")]

    def __str__(self) -> str:
        return f"{self.as_of} {self.segment} {self.attained}"


class Tally(models.Model):
    """The sum of membership's protection entries by branch, regency, segment and day: derived, rolled up again and again."""

    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    regency_code = models.CharField(max_length=5)
    segment = models.CharField(max_length=3)
    on = models.DateField()
    change = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "branch", "segment", "regency_code"], name="targets_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.change:+d}"


class MonthTally(models.Model):
    """The same by month, so that counting up to a day reads a hundred months and the days of one."""

    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    regency_code = models.CharField(max_length=5)
    segment = models.CharField(max_length=3)
    month = models.DateField()
    change = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "branch", "segment", "regency_code"], name="targets_monthtally_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="targets_monthtally_first_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.change:+d}"


class TallyMark(models.Model):
    """One row: every protection entry written by a transaction before this one is in the tally."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    rolled_below = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="targets_tallymark_one_row")]

    def __str__(self) -> str:
        return str(self.rolled_below)
