"""The verbs of a branch's month: accrue, prepare, send back, approve, close."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib import django as procrastinate

from perisai.audit import services as audit
from perisai.incentives import accrual, months, previews, selectors, settling
from perisai.incentives.models import Accrual, Month, Preparation
from perisai.incentives.rules import month as rules
from perisai.incentives.rules.month import Action, State
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission


@transaction.atomic
def accrue(*, actor: Actor, period: Period) -> Accrual:
    """Post what the agents of the actor's offices earned in a month and is not posted yet; run twice, it posts nothing.

    Facts are the contributions received in the month and the registrations that they completed (domain 1.6). A branch
    whose month is approved books the difference in its next open month; one whose month waits for approval books nothing
    until then. Raises NotFound without the permission, Refused(MONTH_BEFORE_LAW).
    """
    branches = organisation.offices_visible_to(actor, Permission.ACCRUE_INCENTIVES).values_list("id", flat=True)
    if not branches:
        raise NotFound("page")
    regime, accrual_id, now = accrual.regime_name(period), ids.new_id(), clock.now()
    accrual.lock(period)
    lines = accrual.post_difference(period, months.bookings(period, branches), accrual_id, actor.user_id, now)
    run = Accrual.objects.get(pk=accrual_id)
    audit.record(actor, "incentives.period.accrued", run, period=str(period), regime=regime, lines=lines)
    return run


@transaction.atomic
def prepare_month(*, actor: Actor, branch_id: int, period: Period) -> Month:
    """Compute what an accrual would book now, and put it before the person who approves; nothing is booked yet.

    Prepared again, it shows the figures of now. Raises NotFound, Refused(MONTH_NOT_OVER | EARLIER_MONTH_OPEN | WRONG_ORDER |
    MONTH_BEFORE_LAW).
    """
    if branch_id not in organisation.offices_visible_to(actor, Permission.ACCRUE_INCENTIVES).values_list(
        "id", flat=True
    ):
        raise NotFound("page")
    _refuse_running(period)
    accrual.lock(period)
    months.open_months(period, [branch_id])
    month = Month.objects.select_for_update().get(branch_id=branch_id, period=period.first_day)
    _refuse_before_earlier(month)
    month.state = rules.next_state(State(month.state), Action.PREVIEW)
    month.prepared_at, month.prepared_by_id = clock.now(), actor.person_id
    month.save(update_fields=["state", "prepared_at", "prepared_by"])
    lines = previews.write(month)
    audit.record(actor, "incentives.month.prepared", month, period=str(period), lines=lines)
    return month


@transaction.atomic
def request_preparation(*, actor: Actor, period: Period) -> Preparation:
    """The worker prepares the month of every branch of the actor; its progress can be left and found again.

    Raises NotFound, Refused(MONTH_NOT_OVER | MONTH_BEFORE_LAW).
    """
    branches = _branches(actor)
    _refuse_running(period)
    accrual.regime_name(period)
    wish = Preparation.objects.create(period=period.first_day, asked_by_id=actor.person_id, total=len(branches))
    procrastinate.app.configure_task("perisai.site.tasks.prepare_months").defer(preparation_id=str(wish.id))
    return wish


def prepare_months(*, actor: Actor, preparation_id: UUID) -> Preparation:
    """Carry out a wish, a branch after the other; done again, it goes on where it stopped. Raises NotFound.

    A branch whose month cannot be prepared is named with the reason, and the others go on.
    """
    wish = Preparation.objects.select_related("asked_by").filter(pk=preparation_id, asked_by_id=actor.person_id).first()
    if wish is None:
        raise NotFound("preparation")
    wish.started_at = wish.started_at or clock.now()
    for branch_id, name in _branches(actor)[wish.done :]:
        try:
            prepare_month(actor=actor, branch_id=branch_id, period=Period.of(wish.period))
        except Refused as refusal:
            wish.refusals.append([name, refusal.sentence("id"), refusal.sentence("en")])
        wish.done += 1
        wish.save(update_fields=["started_at", "done", "refusals"])
    wish.ended_at = clock.now()
    wish.save(update_fields=["started_at", "ended_at"])
    return wish


def _branches(actor: Actor) -> list[tuple[int, str]]:
    """Id and name of the branches whose months the actor prepares, in one order. Raises NotFound without one."""
    offices = (
        organisation.offices_visible_to(actor, Permission.ACCRUE_INCENTIVES).filter(kind="branch").order_by("path")
    )
    branches = list(offices.values_list("id", "name"))
    if not branches:
        raise NotFound("page")
    return branches


def _refuse_running(period: Period) -> None:
    if period >= Period.of(clock.today()):
        raise Refused(Code.MONTH_NOT_OVER, month=period, opens=period.next.first_day)


@transaction.atomic
def send_back_month(*, actor: Actor, month_id: UUID, reason: str) -> Month:
    """The second person does not approve: the month is open again. Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING)."""
    month = selectors.month_for(actor, month_id, Permission.APPROVE_INCENTIVES, lock=True)
    if not names.tidy(reason):
        raise Refused(Code.REASON_MISSING, field="reason")
    month.state = rules.next_state(State(month.state), Action.SEND_BACK)
    month.prepared_at = month.prepared_by_id = None
    month.save(update_fields=["state", "prepared_at", "prepared_by"])
    previews.forget(month)
    audit.record(actor, "incentives.month.sent_back", month, note=names.tidy(reason)[:200])
    return month


@transaction.atomic
def approve_month(*, actor: Actor, month_id: UUID) -> Month:
    """A second person approves exactly what was prepared: the difference is booked, and the month takes no more lines.

    Raises NotFound, Refused(OWN_MONTH | WRONG_ORDER | MONTH_CHANGED).
    """
    month = selectors.month_for(actor, month_id, Permission.APPROVE_INCENTIVES)
    period = Period.of(month.period)
    accrual.lock(period)
    month = selectors.month_for(actor, month_id, Permission.APPROVE_INCENTIVES, lock=True)
    approved = rules.next_state(State(month.state), Action.APPROVE)
    rules.must_be_another(month.prepared_by_id, actor.person_id)
    run, now = ids.new_id(), clock.now()
    lines = accrual.post_difference(period, {month.branch_id: period}, run, actor.user_id, now)
    if not previews.agrees(month, run):
        raise Refused(Code.MONTH_CHANGED)
    settling.write_statements(period, [month.id], selectors.agents_in(month), now)
    month.state, month.approved_at, month.approved_by_id = approved, now, actor.person_id
    month.save(update_fields=["state", "approved_at", "approved_by"])
    audit.record(actor, "incentives.month.approved", month, period=str(period), lines=lines)
    return month


@transaction.atomic
def close_month(*, actor: Actor, month_id: UUID) -> Month:
    """The books of the month are closed for good. Raises NotFound, Refused(WRONG_ORDER)."""
    month = selectors.month_for(actor, month_id, Permission.APPROVE_INCENTIVES, lock=True)
    month.state = rules.next_state(State(month.state), Action.CLOSE)
    month.closed_at = clock.now()
    month.save(update_fields=["state", "closed_at"])
    audit.record(actor, "incentives.month.closed", month, period=f"{month.period:%Y-%m}")
    return month


def _refuse_before_earlier(month: Month) -> None:
    """Balances are carried forward, so the months of a branch are settled in their order."""
    earlier = Month.objects.filter(
        branch_id=month.branch_id, period__lt=month.period, state__in=rules.TAKES_LINES
    ).order_by("period")
    for other in earlier:
        if selectors.has_lines(other):
            raise Refused(Code.EARLIER_MONTH_OPEN, month=Period.of(other.period))
