"""Events and attendance."""

from django.db import models
from django.db.models import Q

from perisai.kernel import clock, ids
from perisai.membership.rules import Sex
from perisai.vault.fields import SealedTextField


class Event(models.Model):
    """An evening in a village hall, entered by the agent who held it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    held_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["branch", "-held_on", "-id"], name="outreach_event_newest")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Somebody who came; not a person of the register, who is known by a NIK. ``signature`` is the hash of a picture."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    phone = SealedTextField(context="outreach.attendance.phone", max_plain=20, null=True)
    sex = models.CharField(max_length=1, blank=True)
    occupation = models.CharField(max_length=12, blank=True)
    signature = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "place"], name="outreach_attendance_place"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex]), name="outreach_attendance_sex"),
        ]

    def __str__(self) -> str:
        return str(self.id)
