"""The outbox table."""

from django.db import models
from django.db.models import Q

from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField


class Notice(models.Model):
    """One message to one phone or one user. ``office_path`` says who may see it on the page.
    ``once`` names what is to be said once only, such as a reminder of one month."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=40)
    phone = SealedTextField(context="notices.notice.phone", max_plain=20, null=True)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=40)
    office_path = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    once = models.CharField(max_length=64, null=True, unique=True)
    queued_at = models.DateTimeField(default=clock.now, editable=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(user__isnull=False), name="notices_notice_has_receiver"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notices_notice_sent_has_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["queued_at"], name="notices_notice_waiting", condition=Q(state="queued")),
            models.Index(fields=["-queued_at"], name="notices_notice_newest"),
            models.Index(fields=["about"], name="notices_notice_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
