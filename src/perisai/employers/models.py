"""Firms."""

from django.db import models
from django.db.models import Q

from perisai.kernel import ids


class Firm(models.Model):
    """An employer with its NPP and division (domain 4.3), size (Perpres 109/2013) and JKK risk class 1 to 5."""

    class Size(models.TextChoices):
        MICRO = "micro"
        SMALL = "small"
        MEDIUM = "medium"
        LARGE = "large"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    npp = models.CharField(max_length=8)
    division = models.CharField(max_length=3, default="000")
    name = models.CharField(max_length=100)
    size = models.CharField(max_length=6, choices=Size.choices)
    risk_class = models.PositiveSmallIntegerField()
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["npp", "division"], name="employers_firm_npp_division"),
            models.CheckConstraint(condition=Q(risk_class__range=(1, 5)), name="employers_firm_risk_class"),
            models.CheckConstraint(
                condition=Q(size__in=["micro", "small", "medium", "large"]), name="employers_firm_size"
            ),
        ]
        indexes = [models.Index(fields=["branch"], name="employers_firm_branch")]

    def __str__(self) -> str:
        return self.name
