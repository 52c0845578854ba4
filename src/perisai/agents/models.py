"""Wadah, PKS, Perisai, Surat Tugas."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from perisai.agents.rules import End, State
from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField


class Wadah(models.Model):
    """An organisation that coordinates its Perisai, bound to one branch (Perban 1/2023 Pasal 1)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    bank_account = SealedTextField(context="agents.wadah.bank_account", max_plain=40, null=True)
    registered_on = models.DateField()
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["branch"], name="agents_wadah_branch")]

    def __str__(self) -> str:
        return self.name


class Pks(models.Model):
    """The cooperation agreement of a Wadah with its branch; two never overlap."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="agents_pks_one_at_a_time",
                expressions=[("wadah", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.number


class Agent(models.Model):
    """A Perisai. Which Wadah they belong to on a day stands in their Surat Tugas."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    user = models.OneToOneField("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    nik = SealedTextField(context="agents.agent.nik", max_plain=16, null=True)
    nik_index = models.BinaryField(null=True, unique=True)
    phone = SealedTextField(context="agents.agent.phone", max_plain=20, null=True)
    bank_account = SealedTextField(context="agents.agent.bank_account", max_plain=40, null=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.ACTIVE)
    appointed_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    ended_as = models.CharField(max_length=8, blank=True)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="terminated", ended_on__isnull=False)
                | (~Q(state="terminated") & Q(ended_on__isnull=True)),
                name="agents_agent_ended_when_terminated",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_as="") | Q(ended_on__isnull=False, ended_as__in=[*End]),
                name="agents_agent_way_of_ending",
            ),
            models.CheckConstraint(
                condition=Q(nik__isnull=True, nik_index__isnull=True) | Q(nik__isnull=False, nik_index__isnull=False),
                name="agents_agent_nik_has_index",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "name"], name="agents_agent_branch"),
            models.Index(fields=["wadah"], name="agents_agent_wadah"),
        ]

    def __str__(self) -> str:
        return self.name


class SuratTugas(models.Model):
    """A Wadah's letter of assignment for one of its Perisai; two never overlap, whatever Wadah wrote them."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="agents_surattugas_one_at_a_time",
                expressions=[("agent", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.number
