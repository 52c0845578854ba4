"""The audit table."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from perisai.kernel import clock, ids


class Entry(models.Model):
    """One thing that somebody did: append-only, a trigger refuses every change (migration 0002)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)
    actor_kind = models.CharField(max_length=8)
    actor_user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor_job = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_entry_subject"),
            BrinIndex(fields=["at"], name="audit_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
