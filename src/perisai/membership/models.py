"""Persons, registrations, members, their protection, and cards."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value

from perisai.kernel import clock, ids
from perisai.membership.rules import (
    CONTACT,
    HOLDS_THE_NIK,
    WAITS_FOR_OFFICE,
    CardState,
    Clash,
    Evidence,
    MemberState,
    Segment,
    Settled,
    Sex,
    State,
)
from perisai.vault.fields import SealedTextField

_DECIDED = ["returned", "rejected", "approved", "completed"]


def name_words(column: str) -> Func:
    """The words of a ``name_key``, as the search compares them."""
    return Func(F(column), Value(" "), function="string_to_array", output_field=ArrayField(models.TextField()))


class Person(models.Model):
    """A human being, once: the blind index of the NIK is unique. The birth date is the card's, not the NIK's.

    ``version`` counts what was known of phone, address, village and occupation: a phone without signal says on which of
    them its change was based.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    nik = SealedTextField(context="membership.person.nik", max_plain=16)
    nik_index = models.BinaryField(unique=True)
    kk = SealedTextField(context="membership.person.kk", max_plain=16, null=True)
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100)
    name_heard = models.CharField(max_length=100)
    born_on = models.DateField()
    sex = models.CharField(max_length=1)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=200, blank=True)
    phone = SealedTextField(context="membership.person.phone", max_plain=20, null=True)
    mother_name = SealedTextField(context="membership.person.mother_name", max_plain=100, null=True)
    occupation = models.CharField(max_length=12, blank=True)
    income_idr = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=[*Sex]), name="membership_person_sex"),
            models.CheckConstraint(
                condition=Q(income_idr=None) | Q(income_idr__gt=0), name="membership_person_income_positive"
            ),
        ]
        indexes = [
            # No pending list: a search must not wait for what many inserts left undone.
            GinIndex(name_words("name_key"), name="membership_person_name_words", fastupdate=False)
        ]

    def __str__(self) -> str:
        return str(self.id)


class NameWord(models.Model):
    """A word of some person's ``name_key``: what a misspelt word of a search may have meant."""

    word = models.CharField(max_length=100, primary_key=True)
    heard = models.CharField(max_length=100, db_index=True)

    class Meta:
        indexes = [GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="membership_nameword_like")]

    def __str__(self) -> str:
        return self.word


class Member(models.Model):
    """A person protected in one segment, with the number on the card. Built by the first full payment or by a firm."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    number = models.CharField(max_length=11, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    segment = models.CharField(max_length=3)
    state = models.CharField(max_length=8, default=MemberState.ACTIVE)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("agents.Agent", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    firm = models.ForeignKey("employers.Firm", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    programmes = ArrayField(models.CharField(max_length=3))
    income_idr = models.BigIntegerField()
    sector = models.CharField(max_length=9, default="other")
    joined_on = models.DateField()
    protected_from = models.DateField()
    paid_until = models.DateField(null=True)
    managed_since = models.DateField(null=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "segment"], name="membership_member_once_a_segment"),
            models.CheckConstraint(condition=Q(segment__in=[*Segment]), name="membership_member_segment"),
            models.CheckConstraint(condition=Q(state__in=[*MemberState]), name="membership_member_state"),
            models.CheckConstraint(
                condition=Q(segment="bpu", firm=None) | Q(segment="pu", firm__isnull=False, agent=None),
                name="membership_member_firm_fits_segment",
            ),
            models.CheckConstraint(condition=Q(income_idr__gt=0), name="membership_member_income_positive"),
        ]
        indexes = [
            models.Index(fields=["branch", "-joined_on", "-id"], name="membership_member_branch"),
            models.Index(fields=["-joined_on", "-id"], name="membership_member_newest"),
            models.Index(fields=["agent"], name="membership_member_agent", condition=Q(agent__isnull=False)),
            models.Index(
                fields=["paid_until"], name="membership_member_lapsing", condition=Q(segment="bpu", state="active")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Death(models.Model):
    """That a person has died, with the paper that shows it: append-only. A membership never wakes after it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    died_on = models.DateField()
    evidence = models.CharField(max_length=12)
    evidence_number = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__in=[each.value for each in Evidence]) & ~Q(evidence_number=""),
                name="membership_death_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.died_on}"


class Registration(models.Model):
    """A referral and what became of it. It keeps what the agent sent; the person is written when the office approves."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    reference = models.CharField(max_length=10, unique=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.SUBMITTED)
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    nik = SealedTextField(context="membership.registration.nik", max_plain=16)
    nik_index = models.BinaryField()
    kk = SealedTextField(context="membership.registration.kk", max_plain=16, null=True)
    name = models.CharField(max_length=100)
    born_on = models.DateField()
    sex = models.CharField(max_length=1)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=200)
    phone = SealedTextField(context="membership.registration.phone", max_plain=20)
    mother_name = SealedTextField(context="membership.registration.mother_name", max_plain=100)
    occupation = models.CharField(max_length=12)
    income_idr = models.BigIntegerField()
    programmes = ArrayField(models.CharField(max_length=3))
    months = models.PositiveSmallIntegerField()
    consent_at = models.DateTimeField()
    attested_work = models.CharField(max_length=500)
    occurred_on = models.DateField()
    submitted_at = models.DateTimeField(default=clock.now)
    doubts = ArrayField(models.CharField(max_length=24), default=list)
    rival_registration = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rival_member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decision_note = models.CharField(max_length=500, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nik_index"],
                condition=Q(state__in=[*HOLDS_THE_NIK]),
                name="membership_registration_one_open_per_nik",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="membership_registration_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "rejected"]) | ~Q(decision_note=""),
                name="membership_registration_no_without_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("entered_by")),
                name="membership_registration_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", member__isnull=False, completed_at__isnull=False)
                | (~Q(state="completed") & Q(member=None, completed_at=None)),
                name="membership_registration_member_when_completed",
            ),
            models.CheckConstraint(condition=Q(income_idr__gt=0), name="membership_registration_income_positive"),
            models.CheckConstraint(condition=Q(state__in=[*State]), name="membership_registration_state"),
        ]
        indexes = [
            models.Index(
                fields=["branch", "submitted_at"],
                condition=Q(state__in=[*WAITS_FOR_OFFICE]),
                name="membership_registration_queue",
            ),
            models.Index(fields=["branch", "-submitted_at"], name="membership_registration_newest"),
            models.Index(fields=["-submitted_at"], name="membership_registration_latest"),
            models.Index(fields=["nik_index"], name="membership_registration_nik"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class ProtectionEntry(models.Model):
    """Append-only: +1 when a member's protection begins, -1 when it ends. Every count of members is a sum of these.

    ``recorded_in`` is the writing transaction, so that a rollup can tell what it has seen from what was in flight.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+", db_index=False)
    segment = models.CharField(max_length=3)
    on = models.DateField()
    change = models.SmallIntegerField()
    because = models.CharField(max_length=12)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_in = models.BigIntegerField(
        db_default=models.Func(
            models.Func(function="pg_current_xact_id", output_field=models.TextField()),
            function="",
            template="(%(expressions)s)::text::bigint",
            output_field=models.BigIntegerField(),
        )
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(change__in=[1, -1]), name="membership_protectionentry_one_step"),
        ]
        indexes = [
            models.Index(fields=["recorded_in"], name="membership_protection_tail"),
            models.Index(fields=["village", "on"], name="membership_protection_village"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.change:+d}"


class PersonChange(models.Model):
    """Append-only: a field of the contact data got another value, and which ``version`` of them that made."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=12)
    before = SealedTextField(context="membership.personchange.before", max_plain=200)
    after = SealedTextField(context="membership.personchange.after", max_plain=200)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version", "field"], name="membership_personchange_once"),
            models.CheckConstraint(condition=Q(field__in=[*CONTACT]), name="membership_personchange_field"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.version}"


class ContactClash(models.Model):
    """A change from the field that waits for the office, which keeps its own value or takes the proposed one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=12)
    reason = models.CharField(max_length=17)
    base_version = models.PositiveIntegerField()
    proposed = SealedTextField(context="membership.contactclash.proposed", max_plain=200)
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=5, default=Settled.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(field__in=[*CONTACT]), name="membership_contactclash_field"),
            models.CheckConstraint(condition=Q(reason__in=[*Clash]), name="membership_contactclash_reason"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None, settled_by=None)
                | Q(state__in=["kept", "taken"], settled_at__isnull=False, settled_by__isnull=False),
                name="membership_contactclash_settled",
            ),
        ]
        indexes = [models.Index(fields=["proposed_at"], condition=Q(state="open"), name="membership_contactclash_open")]

    def __str__(self) -> str:
        return f"{self.field} {self.state}"


class Handover(models.Model):
    """Append-only: a member passes from one agent to another; None stands for the branch. The old one's phone drops it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    from_agent = models.ForeignKey(
        "agents.Agent", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_agent = models.ForeignKey("agents.Agent", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_agent=F("to_agent")) & (Q(from_agent__isnull=False) | Q(to_agent__isnull=False)),
                name="membership_handover_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.member_id}"


class Card(models.Model):
    """A card that the office issued. One is valid at a time; the token is what its QR code carries."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    serial = models.CharField(max_length=10, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=CardState.VALID)
    issued_on = models.DateField()
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    token = models.TextField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(state="valid"), name="membership_card_one_valid"),
            models.CheckConstraint(
                condition=Q(state="valid", replaced_at=None) | Q(state="replaced", replaced_at__isnull=False),
                name="membership_card_replaced_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.serial
