"""Offices, the regions they serve, and the roles people hold in them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from perisai.kernel import ids
from perisai.kernel.actor import Role


class Office(models.Model):
    """The head office (``KP``), a regional office (``KP/03``) or a branch (``KP/03/BKT``)."""

    class Kind(models.TextChoices):
        HEAD = "head"
        REGIONAL = "regional"
        BRANCH = "branch"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    timezone = models.CharField(max_length=20, default="Asia/Jakarta")
    confidence = models.CharField(max_length=6, default="high")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="head", parent__isnull=True) | (~Q(kind="head") & Q(parent__isnull=False)),
                name="organisation_office_only_head_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["high", "medium", "low"]), name="organisation_office_confidence"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Territory(models.Model):
    """A region served by an office for a while. The longest matching code decides; one office a region at a time."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()
    confidence = models.CharField(max_length=6, default="high")
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_territory_one_office_at_a_time",
                expressions=[("region", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.region_id} {self.during}"


class RoleGrant(models.Model):
    """A role that a person holds over an office, over a region, or over their own things only, for a while."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("regions.Region", null=True, on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_rolegrant_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func(F("office"), 0, function="COALESCE"), RangeOperators.EQUAL),
                    (Func(F("region"), 0, function="COALESCE"), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=(
                    Q(role__in=["perisai", "wadah_coordinator", "system_administrator"]) & Q(office=None, region=None)
                )
                | (Q(role="wali_nagari") & Q(office=None, region__isnull=False))
                | (
                    ~Q(role__in=["perisai", "wadah_coordinator", "system_administrator", "wali_nagari"])
                    & Q(office__isnull=False, region=None)
                ),
                name="organisation_rolegrant_reach_fits_role",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="organisation_rolegrant_user")]

    def __str__(self) -> str:
        return f"{self.role} {self.during}"
