"""Partners with their keys, access tokens, and the log of everything a bank told us."""

from django.db import models
from django.db.models import Q

from perisai.banks.rules.answers import Service
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
