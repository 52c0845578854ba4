"""Phones of agents, the commands that came from them, what was answered, and the evidence they sent."""

from django.db import models
from django.db.models import Q

from perisai.kernel import clock, ids
from perisai.sync.rules import KEPT, PICTURES
from perisai.vault.fields import SealedTextField


class Device(models.Model):
    """A phone of one agent. Its token is kept as a hash; ``key`` is its public P-256 key, whose other half never leaves it.

    ``salt`` is the key of the tags by which this phone alone finds a NIK that is typed in full. ``skew_seconds`` is how
    far its clock was ahead at the last contact.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    token_hash = models.BinaryField(unique=True)
    key = models.BinaryField()
    salt = models.BinaryField()
    enrolled_at = models.DateTimeField(default=clock.now, editable=False)
    last_contact_at = models.DateTimeField(null=True)
    skew_seconds = models.IntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="sync_device_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        """Whether the door opens for it: neither the phone is revoked nor its agent's service ended."""
        return self.revoked_at is None and self.agent.ended_on is None


class ReceivedCommand(models.Model):
    """Append-only: a command that came, once. ``digest`` tells other bytes under the same id; the body is not kept."""

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    v = models.PositiveSmallIntegerField()
    entity = models.UUIDField()
    seq = models.PositiveIntegerField()
    digest = models.BinaryField()
    recorded_at = models.DateTimeField(null=True)
    occurred_on = models.DateField(null=True)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "entity", "seq"], name="sync_command_one_a_step"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="sync_command_steps_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class CommandOutcome(models.Model):
    """Append-only: what was answered, for ever, in the transaction of the effect. ``answer`` holds no personal data."""

    command = models.OneToOneField(ReceivedCommand, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=9)
    code = models.CharField(max_length=40, blank=True)
    answer = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=[*KEPT]), name="sync_outcome_kept"),
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "in_review"], code="")
                | (Q(outcome__in=["refused", "misuse"]) & ~Q(code="")),
                name="sync_outcome_no_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Evidence(models.Model):
    """What a phone sent beside a referral: photo and signature by the hash of their content, and where it was."""

    registration = models.OneToOneField(
        "membership.Registration", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+", db_index=False)
    photo = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=64, blank=True)
    position = SealedTextField(context="sync.evidence.position", max_plain=60, null=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.registration_id)


class Picture(models.Model):
    """A photo or a signature, named by the SHA-256 of its content. Whole, it lies sealed in the storage."""

    id = models.CharField(primary_key=True, max_length=64)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+", db_index=False)
    media_type = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    complete_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(media_type__in=[*PICTURES]), name="sync_picture_media_type"),
            models.CheckConstraint(
                condition=Q(complete_at=None) | Q(received=models.F("size")), name="sync_picture_complete_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.id


class Piece(models.Model):
    """A sealed part of a picture that is not whole yet; gone when it is."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+", db_index=False)
    begins = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "begins"], name="sync_piece_once")]

    def __str__(self) -> str:
        return str(self.begins)
