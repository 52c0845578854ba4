"""Members with paid months in bulk: what services would take minutes to bring about (the twenty-fifth month, fifty members)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from perisai.agents.models import Agent
from perisai.contributions import ledger
from perisai.contributions.models import ContributionLine, Payment, PaymentCode
from perisai.contributions.rules import LineReason
from perisai.kernel import ids
from perisai.membership.models import Member, Person, Registration
from perisai.membership.rules import Segment, State
from perisai.regions.models import Region
from perisai.site.cast import KOTO_TINGGI, Cast


@dataclass(frozen=True, slots=True)
class Worker:
    """One member of an agent, who paid on ``paid_on``; ``joins``: this payment completed their registration.

    ``gone_on``: that day the bank says that the money never came.
    """

    agent_id: UUID
    paid_on: date
    programmes: tuple[str, ...] = ("jkk", "jkm")
    each_idr: int = 16_800
    months: int = 1
    first_managed_month: int = 1
    joins: bool = True
    first_time: bool = True
    gone_on: date | None = None


def enter(cast: Cast, workers: Sequence[Worker]) -> None:
    """Writes members, codes, payments and ledger lines; registrations too for those who join."""
    village = Region.objects.get(code=KOTO_TINGGI)
    agents = Agent.objects.in_bulk([worker.agent_id for worker in workers])
    for worker in workers:
        _enter(cast, worker, agents[worker.agent_id], village)


def _enter(cast: Cast, worker: Worker, agent: Agent, village: Region) -> None:
    at = datetime.fromisoformat(f"{worker.paid_on}T05:00:00+00:00")
    joined_on = worker.paid_on if worker.joins and worker.first_time else worker.paid_on - timedelta(days=400)
    index = secrets.token_bytes(32)
    person = Person.objects.create(
        nik=ids.random_digits(16), nik_index=index, name="Anonim", name_key="anonim", name_heard="anonim",
        born_on=date(1990, 1, 1), sex="f", village=village, occupation="farmer", income_idr=1_000_000,
    )  # fmt: skip
    member = Member.objects.create(
        number=ids.random_digits(11), person=person, segment=Segment.BPU, branch_id=agent.branch_id, agent=agent,
        programmes=list(worker.programmes), income_idr=1_000_000, joined_on=joined_on, protected_from=worker.paid_on,
        paid_until=worker.paid_on, managed_since=joined_on,
    )  # fmt: skip
    registration = _registration(cast, worker, agent, village, member, index, at) if worker.joins else None
    code = PaymentCode.objects.create(
        code=ids.random_digits(11), registration=registration, member=None if registration else member,
        branch_id=agent.branch_id, first_month=worker.paid_on.replace(day=1), months=worker.months,
        amount_idr=worker.each_idr * worker.months, prices=[], rulebook_hash="test", state="paid", expires_at=at,
    )  # fmt: skip
    payment = Payment.objects.create(
        code=code, member=member, branch_id=agent.branch_id, amount_idr=code.amount_idr, channel="bank",
        channel_reference=ids.unguessable(20), paid_at=at, receipt_number=ids.unguessable(14),
    )  # fmt: skip
    ContributionLine.objects.bulk_create(
        ContributionLine(
            member=member, payment=payment, agent=agent, month=_plus(worker.paid_on, step), jkk_idr=worker.each_idr,
            jkm_idr=0, managed_month=worker.first_managed_month + step, received_on=worker.paid_on, rulebook_hash="test",
        )
        for step in range(worker.months)
    )  # fmt: skip
    if worker.gone_on is not None:
        paid = ContributionLine.objects.filter(payment=payment)
        ledger.take_back(paid, received_on=worker.gone_on, reason=LineReason.TAKEN_BACK)


def _registration(
    cast: Cast, worker: Worker, agent: Agent, village: Region, member: Member, index: bytes, at: datetime
) -> Registration:
    assert cast.laras.user_id and agent.user_id
    return Registration.objects.create(
        reference=ids.unguessable(8), state=State.COMPLETED, agent=agent, branch_id=agent.branch_id,
        entered_by_id=agent.user_id, nik=ids.random_digits(16), nik_index=index, name="Anonim", born_on=date(1990, 1, 1),
        sex="f", village=village, address="-", phone="-", mother_name="-", occupation="farmer", income_idr=1_000_000,
        programmes=list(worker.programmes), months=worker.months, consent_at=at, attested_work="-",
        occurred_on=worker.paid_on, submitted_at=at, decided_at=at, decided_by_id=cast.laras.user_id, member=member,
        completed_at=at,
    )  # fmt: skip


def _plus(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def check_deferred() -> None:
    """Foreign keys are checked at the commit; a test that rolls back asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
