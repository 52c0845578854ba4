"""Villages in the programme, the steps they took, their officials, and the plan of a year."""

from django.db import models
from django.db.models import Q

from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField
from perisai.villages.rules import State


class Programme(models.Model):
    """A village in the programme: where it is now. How it came there stands in its steps; one that left begins anew."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in State], default=State.NOMINATED)
    jorong = models.PositiveSmallIntegerField()
    nominated_on = models.DateField()
    launched_on = models.DateField(null=True)
    kept_up_on = models.DateField(null=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village"], condition=~Q(state="withdrawn"), name="villages_programme_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(jorong__gt=0), name="villages_programme_has_jorong"),
            models.CheckConstraint(
                condition=~Q(state="launched") | Q(launched_on__isnull=False),
                name="villages_programme_launched_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["launched_on"], name="villages_programme_launched")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.state}"


class StepEntry(models.Model):
    """What happened in the programme of a village: append-only. ``state`` is where it stood after it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    on = models.DateField()
    document = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.on} {self.action}"


class Session(models.Model):
    """The programme explained in one jorong (or dusun) of the village: append-only."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    jorong = models.CharField(max_length=60)
    jorong_key = models.CharField(max_length=60)
    on = models.DateField()
    people = models.PositiveIntegerField()
    speaker = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.on} {self.people}"


class Official(models.Model):
    """Somebody in the village's government. ``member_number`` says that they were found among the members."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    post = models.CharField(max_length=60)
    nik = SealedTextField(context="villages.official.nik", max_plain=16)
    nik_index = models.BinaryField()
    since_on = models.DateField()
    left_on = models.DateField(null=True)
    member_number = models.CharField(max_length=11, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "nik_index"], condition=Q(left_on=None), name="villages_official_once"
            ),
            models.CheckConstraint(
                condition=Q(member_number="") | Q(checked_at__isnull=False), name="villages_official_found_when_checked"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Plan(models.Model):
    """How many villages are to be launched in a year: append-only, the last row of a year and region counts."""

    year = models.PositiveSmallIntegerField()
    region = models.ForeignKey("regions.Region", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    villages = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(villages__gt=0), name="villages_plan_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="villages_plan_with_reason"),
        ]
        indexes = [models.Index(fields=["year", "region", "-id"], name="villages_plan_latest")]

    def __str__(self) -> str:
        return f"{self.year} {self.villages}"
