"""Reading what can be paid, what is withheld and why, batches and their transfers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from perisai.agents import selectors as agents
from perisai.agents.rules import End
from perisai.incentives.models import Batch, Dispute, Payout, Statement
from perisai.incentives.rules.payout import State, Withheld
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices


@dataclass(frozen=True, slots=True)
class Due:
    """An approved statement that is not paid. ``withheld`` says why it cannot be now, ``failed`` why it was not before."""

    statement_id: UUID
    period: Period
    number: str
    name: str
    is_wadah: bool
    net_idr: Rupiah
    withheld: Withheld | None
    failed: str


def unpaid(branch_id: int) -> QuerySet[Statement]:
    """The branch's statements with something to pay and no transfer that holds. The caller has passed its door."""
    holds = Payout.objects.filter(statement=OuterRef("pk")).exclude(state=State.FAILED)
    return Statement.objects.filter(~Exists(holds), branch_id=branch_id, net_idr__gt=0)


def due(branch_id: int) -> list[Due]:
    """What the branch owes, oldest month first, by name. The caller has passed its door."""
    rows = (
        unpaid(branch_id)
        .annotate(
            without=Q(agent=None, wadah__bank_account__isnull=True)
            | Q(agent__isnull=False, agent__bank_account__isnull=True),
            disputed=Exists(
                Dispute.objects.filter(agent=OuterRef("agent"), period=OuterRef("period"), answered_at=None)
            ),
        )
        .values_list(
            "id", "period", "agent__number", "agent__name", "wadah__code", "wadah__name", "net_idr", "agent__state",
            "agent__ended_as", "disputed", "without",
        )
        .order_by("period", "wadah__name", "agent__name", "id")
    )  # fmt: skip
    failures = _failures(branch_id)
    return [
        Due(
            statement_id=statement_id,
            period=Period.of(first_day),
            number=number or code,
            name=name or wadah,
            is_wadah=number is None,
            net_idr=Rupiah(net_idr),
            withheld=_withheld(state, ended_as, disputed, without),
            failed=failures.get(statement_id, ""),
        )
        for statement_id, first_day, number, name, code, wadah, net_idr, state, ended_as, disputed, without in rows
    ]


def _withheld(state: str | None, ended_as: str | None, disputed: bool, without_account: bool) -> Withheld | None:
    if ended_as == End.FRAUD:
        return Withheld.FRAUD
    if state == "suspended":
        return Withheld.SUSPENDED
    if disputed:
        return Withheld.DISPUTE
    return Withheld.NO_ACCOUNT if without_account else None


def _failures(branch_id: int) -> dict[UUID, str]:
    """Statement to why its last transfer failed."""
    failed = Payout.objects.filter(statement__branch_id=branch_id, state=State.FAILED).order_by("settled_at")
    return dict(failed.values_list("statement_id", "failed_because"))


def batches_visible_to(actor: Actor, permission: Permission = Permission.PAY_INCENTIVES) -> QuerySet[Batch]:
    return Batch.objects.filter(under_offices(scope_of(actor, permission)))


def batch_for(actor: Actor, batch_id: UUID) -> Batch:
    """Raises NotFound."""
    batch = batches_visible_to(actor).select_related("branch", "made_by").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("batch")
    return batch


def payouts_of(batch: Batch) -> QuerySet[Payout]:
    """In the order of the bank's file. The caller has passed the batch's door."""
    return Payout.objects.filter(batch=batch).select_related("statement__agent", "statement__wadah").order_by("place")


def payout_for(actor: Actor, payout_id: UUID) -> Payout:
    """Locked. Raises NotFound."""
    return payout_seen(actor, payout_id, lock=True)


def payout_seen(actor: Actor, payout_id: UUID, *, lock: bool = False) -> Payout:
    """Raises NotFound."""
    rows = Payout.objects.filter(pk=payout_id, batch__in=batches_visible_to(actor).values("id"))
    payout = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if payout is None:
        raise NotFound("payout")
    return payout


def own_statement(actor: Actor, statement_id: UUID) -> Statement:
    """The signed-in Perisai's own. Raises NotFound."""
    statement = Statement.objects.filter(pk=statement_id, agent_id=agents.agent_of(actor).id).first()
    if statement is None:
        raise NotFound("statement")
    return statement


def own_payout(actor: Actor, statement_id: UUID) -> Payout:
    """The transfer that holds of the signed-in Perisai's own statement, locked. Raises NotFound."""
    statement = own_statement(actor, statement_id)
    rows = Payout.objects.filter(statement=statement).exclude(state=State.FAILED)
    payout = rows.select_for_update(of=("self",)).first()
    if payout is None:
        raise NotFound("payout")
    return payout


def settled_statement(agent_id: UUID, period: Period) -> tuple[Statement | None, Payout | None]:
    """The approved statement of an agent's month and its newest transfer. The caller has passed the agent's door."""
    statement = Statement.objects.filter(agent_id=agent_id, period=period.first_day).first()
    payout = Payout.objects.filter(statement=statement).order_by("-batch__made_at").first() if statement else None
    return statement, payout


def settled_statement_of_wadah(wadah_id: UUID, period: Period) -> tuple[Statement | None, Payout | None]:
    """The same of a Wadah. The caller has passed its door."""
    statement = Statement.objects.filter(wadah_id=wadah_id, agent=None, period=period.first_day).first()
    payout = Payout.objects.filter(statement=statement).order_by("-batch__made_at").first() if statement else None
    return statement, payout
