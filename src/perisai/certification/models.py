"""Certificates of Perisai."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from perisai.kernel import ids


class Certificate(models.Model):
    """A training certificate (needed to act) or a BNSP competence certificate; one of a kind at a time."""

    class Kind(models.TextChoices):
        TRAINING = "training"
        BNSP = "bnsp"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=60, unique=True)
    during = DateRangeField()
    revoked_on = models.DateField(null=True)
    revoked_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="certification_certificate_one_at_a_time",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_on=None),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_because="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_because="")),
                name="certification_certificate_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
