"""Partners with their keys, access tokens, the log of what banks told us, their statements and what is open of them."""

from django.db import models
from django.db.models import Q

from perisai.banks.rules.answers import Service
from perisai.banks.rules.reconciling import Action, Difference
from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField

SECRET_CONTEXT = "banks.partner.client_secret"  # noqa: S105 (a name, not a secret)


class Partner(models.Model):
    """A bank that may tell us of payments. ``code`` is also the channel that its payments carry.

    Of the bank's own RSA key we hold the public half; the client secret is shared, so it is sealed.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    partner_id = models.CharField(max_length=36, unique=True)
    service_id = models.CharField(max_length=8, unique=True)
    client_key = models.CharField(max_length=32, unique=True)
    client_secret = SealedTextField(context=SECRET_CONTEXT, max_plain=64)
    public_key = models.TextField()
    payment_limit_idr = models.BigIntegerField()
    day_limit_idr = models.BigIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(payment_limit_idr__gt=0), name="banks_partner_payment_limit_positive"),
            models.CheckConstraint(
                condition=Q(day_limit_idr=None) | Q(day_limit_idr__gt=0), name="banks_partner_day_limit_positive"
            ),
            models.CheckConstraint(condition=Q(service_id__regex=r"^[0-9]{1,8}$"), name="banks_partner_service_id"),
        ]

    def __str__(self) -> str:
        return self.code


class AccessToken(models.Model):
    """What a bank shows with every request for a quarter of an hour; only its hash is kept."""

    hash = models.BinaryField(primary_key=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires_at:%H:%M}"


class BankNotice(models.Model):
    """One request of a bank and what it was answered: append-only, without personal data.

    ``holds_id`` is the one that took the external id of its day; a repetition, and whatever was not let in, takes none.
    ``reason`` is a word of the standard or the name of a refusal; ``digest`` is the SHA-256 of the body.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered"
        REFUSED = "refused"
        REPEATED = "repeated"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    received_at = models.DateTimeField(default=clock.now, editable=False)
    on = models.DateField()
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.CharField(max_length=2, choices=[(each.value, each.name.lower()) for each in Service])
    external_id = models.CharField(max_length=36, blank=True)
    digest = models.BinaryField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    response_code = models.CharField(max_length=7)
    reason = models.CharField(max_length=40, blank=True)
    holds_id = models.BooleanField(default=False)
    amount_idr = models.BigIntegerField(null=True)
    payment = models.ForeignKey(
        "contributions.Payment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "on", "external_id"],
                condition=Q(holds_id=True),
                name="banks_banknotice_external_id_once",
            ),
            models.CheckConstraint(
                condition=Q(holds_id=False) | Q(partner__isnull=False), name="banks_banknotice_holder_is_known"
            ),
            models.CheckConstraint(
                condition=Q(amount_idr=None) | Q(amount_idr__gt=0), name="banks_banknotice_amount_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="banks_banknotice_newest"),
            models.Index(
                fields=["-received_at", "-id"], name="banks_banknotice_refused", condition=Q(outcome="refused")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.response_code}"


class Statement(models.Model):
    """A bank's own list of a day, as it was taken in: append-only. The latest of a day counts; the same file is one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    kind = models.CharField(max_length=5)
    digest = models.BinaryField()
    lines = models.PositiveIntegerField()
    total_idr = models.BigIntegerField()
    taken_in_at = models.DateTimeField(default=clock.now, editable=False)
    taken_in_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "on", "digest"], name="banks_statement_file_once"),
            models.CheckConstraint(condition=Q(total_idr__gte=0), name="banks_statement_total_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class StatementLine(models.Model):
    """One credit on a statement: append-only. ``reference`` is the bank's number of it, ``code`` ours if it names one."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=40)
    code = models.CharField(max_length=11, blank=True)
    amount_idr = models.BigIntegerField()
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="banks_statementline_number_once"),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="banks_statementline_amount_positive"),
        ]
        indexes = [models.Index(fields=["reference"], name="banks_statementline_reference")]

    def __str__(self) -> str:
        return self.reference


class BankDay(models.Model):
    """One day of one bank: what its statement says, what our books say, and whether the day is closed."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    bank_idr = models.BigIntegerField(default=0)
    ours_idr = models.BigIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "on"], name="banks_bankday_once"),
            models.CheckConstraint(condition=Q(bank_idr__gte=0, ours_idr__gte=0), name="banks_bankday_not_negative"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="banks_bankday_closed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-on"], name="banks_bankday_newest")]

    def __str__(self) -> str:
        return f"{self.on} {self.state}"


class OpenItem(models.Model):
    """One difference of a day and what was decided about it. ``key`` is the same for the same difference, matched again.

    ``stands`` while the latest match still shows it: the sum of those is what lies between the two sides of the day.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SETTLED = "settled"

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    day = models.ForeignKey(BankDay, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    difference = models.CharField(max_length=15, choices=[(each.value, each.value) for each in Difference])
    reference = models.CharField(max_length=40)
    code = models.CharField(max_length=11, blank=True)
    line = models.ForeignKey(StatementLine, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    payment = models.ForeignKey(
        "contributions.Payment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    bank_idr = models.BigIntegerField()
    ours_idr = models.BigIntegerField()
    stands = models.BooleanField(default=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    action = models.CharField(max_length=15, blank=True, choices=[(each.value, each.value) for each in Action])
    reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "key"], name="banks_openitem_once"),
            models.CheckConstraint(condition=Q(bank_idr__gte=0, ours_idr__gte=0), name="banks_openitem_not_negative"),
            models.CheckConstraint(condition=Q(stands=True) | Q(state="settled"), name="banks_openitem_open_stands"),
            models.CheckConstraint(
                condition=Q(state="open", action="", settled_at=None)
                | (Q(state="settled", settled_at__isnull=False) & ~Q(action="")),
                name="banks_openitem_settled_by_an_action",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(action="seen_later") | (~Q(reason="") & Q(settled_by__isnull=False)),
                name="banks_openitem_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def open_idr(self) -> int:
        """What the bank has more than we have; below zero where we have more."""
        return self.bank_idr - self.ours_idr
