"""The ledger of what agents (Perisai) and their offices (Wadah) earned, the runs that wrote it, and the months they close."""

from django.db import models
from django.db.models import F, Func, Q, Value

from perisai.incentives.rules import Kind, Reason, Source
from perisai.incentives.rules import month as months
from perisai.incentives.rules import payout as payouts
from perisai.kernel import clock, ids
from perisai.vault.fields import SealedTextField


class Month(models.Model):
    """One branch's month: who prepared it, who approved it, whether it still takes lines.

    A trigger of the ledger reads ``state``: a month that is approved or closed takes no line (migration 0004).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.DateField()
    state = models.CharField(max_length=9, default=months.State.OPEN)
    prepared_at = models.DateTimeField(null=True)
    prepared_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "branch"], name="incentives_month_once"),
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_month_first_of_month"),
            models.CheckConstraint(condition=Q(state__in=[*months.State]), name="incentives_month_state"),
            models.CheckConstraint(
                condition=Q(state="open", prepared_at=None, prepared_by=None)
                | (~Q(state="open") & Q(prepared_at__isnull=False, prepared_by__isnull=False)),
                name="incentives_month_prepared",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "previewed"], approved_at=None, approved_by=None)
                | Q(state__in=["approved", "closed"], approved_at__isnull=False, approved_by__isnull=False),
                name="incentives_month_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="incentives_month_closed",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")), name="incentives_month_four_eyes"
            ),
        ]
        indexes = [models.Index(fields=["branch", "period"], name="incentives_month_of_branch")]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.state}"


class Preview(models.Model):
    """What an accrual would book for an agent by one reason, as it was put before the person who approves."""

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+", db_index=False)
    wadah = models.ForeignKey("agents.Wadah", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=24)
    lines = models.PositiveIntegerField()
    agent_idr = models.BigIntegerField()
    wadah_idr = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "agent", "wadah", "kind", "reason"], name="incentives_preview_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.agent_idr}"


class Preparation(models.Model):
    """A person's wish to have a month of all their branches prepared, and how far the worker has come with it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    period = models.DateField()
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_preparation_first_of_month"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="incentives_preparation_no_further"),
        ]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="incentives_preparation_newest")]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.done}/{self.total}"


class Accrual(models.Model):
    """One run of the accrual of one month: append-only. A run that found nothing new has 0 lines."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    period = models.DateField()
    regime = models.CharField(max_length=12)
    lines = models.PositiveIntegerField()
    rulebook_hash = models.CharField(max_length=16)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_accrual_first_of_month"),
        ]
        indexes = [models.Index(fields=["period", "-at"], name="incentives_accrual_period")]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.lines}"


class Dispute(models.Model):
    """An agent says that a line of a month is wrong; the office answers until ``due_on``, in words and if need be in money."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agent = models.ForeignKey("agents.Agent", on_delete=models.PROTECT, related_name="+")
    period = models.DateField()
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=36, blank=True)
    text = SealedTextField(context="incentives.dispute.text", max_plain=1000)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    due_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_dispute_first_of_month"),
            models.CheckConstraint(condition=Q(kind__in=[*Kind]), name="incentives_dispute_kind"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="incentives_dispute_answered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(answered_at=None), name="incentives_dispute_open"),
        ]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.kind}"

    @property
    def state(self) -> str:
        return "open" if self.answered_at is None else "answered"


class IncentiveLine(models.Model):
    """One fact and what it pays: append-only, a partition a month. A later line of one subject holds the difference.

    ``period`` is the month that it is booked in, ``about_period`` the one whose facts it settles: earlier, where that one
    took no more lines. ``subject`` is the registration (acquisition) or the ledger line of the contribution; empty for the
    flat sum of a month. ``turn`` counts the lines of one subject from 0, so that no difference can be booked twice. Amounts
    of one subject are summed; ``counted``, ``reason``, ``rate`` and ``received_idr`` of its last line hold.
    ``amount_idr`` is what the formula gives, ``agent_idr`` and ``wadah_idr`` what each is paid (domain 1.6). A run writes
    millions at once, so a trigger checks what they point to, statement by statement (docs/adr/0016).
    """

    pk = models.CompositePrimaryKey("agent_id", "about_period", "kind", "subject", "period", "turn")
    id = models.BigIntegerField(
        db_default=Func(Value("incentives_line_id"), function="nextval", output_field=models.BigIntegerField()),
        editable=False,
    )
    accrual = models.ForeignKey(
        Accrual, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    branch = models.ForeignKey(
        "organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    period = models.DateField()
    about_period = models.DateField()
    agent = models.ForeignKey(
        "agents.Agent", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    wadah = models.ForeignKey(
        "agents.Wadah", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=36, blank=True)
    turn = models.SmallIntegerField(default=0)
    source = models.CharField(max_length=12)
    member = models.ForeignKey(
        "membership.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    month = models.DateField(null=True)
    received_idr = models.BigIntegerField(default=0)
    rate = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    amount_idr = models.BigIntegerField()
    agent_idr = models.BigIntegerField()
    wadah_idr = models.BigIntegerField()
    counted = models.BooleanField()
    reason = models.CharField(max_length=24)
    regime = models.CharField(max_length=12)
    rulebook_hash = models.CharField(max_length=16)
    posted_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period__day=1, about_period__day=1, period__gte=F("about_period")),
                name="incentives_line_first_of_month",
            ),
            models.CheckConstraint(condition=Q(turn__gte=0), name="incentives_line_turn"),
            models.CheckConstraint(condition=Q(kind__in=[*Kind]), name="incentives_line_kind"),
            models.CheckConstraint(condition=Q(reason__in=[*Reason]), name="incentives_line_reason"),
            models.CheckConstraint(condition=Q(source__in=[*Source]), name="incentives_line_source"),
            models.CheckConstraint(
                condition=Q(subject="", member=None) | (~Q(subject="") & Q(member__isnull=False)),
                name="incentives_line_subject_has_member",
            ),
            models.CheckConstraint(
                condition=Q(kind="contribution", month__isnull=False)
                | Q(kind="acquisition", month=None, received_idr=0),
                name="incentives_line_month_of_contribution",
            ),
        ]
        indexes = [models.Index(fields=["wadah", "agent"], name="incentives_line_wadah")]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.kind} {self.agent_idr}"


class Statement(models.Model):
    """What an approved month comes to for one payee, an agent or (``agent`` None) a Wadah: append-only.

    ``brought_idr`` is the debt of earlier months, where more was taken back than earned, ``carried_idr`` what is left of it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.DateField()
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    wadah = models.ForeignKey("agents.Wadah", on_delete=models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("agents.Agent", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    gross_idr = models.BigIntegerField()
    brought_idr = models.BigIntegerField()
    tax_rate = models.DecimalField(max_digits=7, decimal_places=6)
    tax_idr = models.BigIntegerField()
    net_idr = models.BigIntegerField()
    carried_idr = models.BigIntegerField()
    rulebook_hash = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "period"], condition=Q(agent__isnull=False), name="incentives_statement_of_agent"
            ),
            models.UniqueConstraint(
                fields=["wadah", "month"], condition=Q(agent=None), name="incentives_statement_of_wadah"
            ),
            models.CheckConstraint(condition=Q(period__day=1), name="incentives_statement_first_of_month"),
            models.CheckConstraint(
                condition=Q(brought_idr__lte=0, tax_idr__gte=0, net_idr__gte=0, carried_idr__lte=0),
                name="incentives_statement_signs",
            ),
            models.CheckConstraint(
                condition=Q(gross_idr=F("net_idr") + F("tax_idr") + F("carried_idr") - F("brought_idr")),
                name="incentives_statement_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["branch", "period"], name="incentives_statement_branch")]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} {self.net_idr}"


class Batch(models.Model):
    """Transfers that went to the bank together, in one file."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    branch = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    payouts = models.PositiveIntegerField()
    total_idr = models.BigIntegerField()
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(total_idr__gt=0), name="incentives_batch_total_positive")]
        indexes = [models.Index(fields=["branch", "-made_at"], name="incentives_batch_newest")]

    def __str__(self) -> str:
        return self.number


class Payout(models.Model):
    """One transfer of one statement. A statement has at most one that has not failed: nothing is paid twice."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    amount_idr = models.BigIntegerField()
    state = models.CharField(max_length=9, default=payouts.State.SENT)
    failed_because = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="incentives_payout_place"),
            models.UniqueConstraint(
                fields=["statement"], condition=~Q(state="failed"), name="incentives_payout_once_a_statement"
            ),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="incentives_payout_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=[*payouts.State]), name="incentives_payout_state"),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(failed_because="") | ~Q(state="failed") & Q(failed_because=""),
                name="incentives_payout_failed_because",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", settled_at=None) | ~Q(state="sent") & Q(settled_at__isnull=False),
                name="incentives_payout_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.amount_idr}"
