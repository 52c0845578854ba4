"""The verbs of paying: a batch, the bank's file, each transfer paid or failed, confirmed by who got it."""

import csv
import hashlib
import io
from uuid import UUID

from django.db import transaction

from perisai.agents import selectors as agents
from perisai.audit import services as audit
from perisai.incentives import selectors
from perisai.incentives.models import Batch, Payout, Statement
from perisai.incentives.rules import payout as rules
from perisai.incentives.rules.payout import Action, State
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.period import Period
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission


@transaction.atomic
def make_batch(*, actor: Actor, branch_id: int) -> Batch:
    """Everything that the branch owes and nothing withholds, as one batch. Raises NotFound, Refused(NOTHING_TO_PAY_OUT)."""
    branch = (
        organisation.offices_visible_to(actor, Permission.PAY_INCENTIVES).filter(pk=branch_id, kind="branch").first()
    )
    if branch is None:
        raise NotFound("page")
    list(Statement.objects.filter(branch_id=branch_id).select_for_update().values_list("id"))  # two batches take turns
    ready = [each for each in selectors.due(branch_id) if each.withheld is None]
    if not ready:
        raise Refused(Code.NOTHING_TO_PAY_OUT)
    today = clock.today()
    running = Batch.objects.filter(branch_id=branch_id, number__startswith=f"{branch.code}-{today:%Y%m%d}-").count() + 1
    batch = Batch.objects.create(
        number=f"{branch.code}-{today:%Y%m%d}-{running}",
        branch_id=branch_id,
        due_on=rules.due_on(max(each.period for each in ready)),
        payouts=len(ready),
        total_idr=sum(each.net_idr for each in ready),
        made_by_id=actor.person_id,
    )
    Payout.objects.bulk_create(
        Payout(batch=batch, place=place, statement_id=each.statement_id, amount_idr=each.net_idr)
        for place, each in enumerate(ready, start=1)
    )
    audit.record(actor, "incentives.batch.made", batch, payouts=batch.payouts, total_idr=batch.total_idr)
    return batch


@transaction.atomic
def batch_file(*, actor: Actor, batch_id: UUID) -> bytes:
    """The file for the bank: one transfer a row, the totals last. The only place where account numbers stand open.

    Every opening is recorded with the hash of what left the house. Raises NotFound.
    """
    batch = selectors.batch_for(actor, batch_id)
    payouts = list(selectors.payouts_of(batch))
    known = agents.payees(
        [each.statement.agent_id for each in payouts if each.statement.agent_id],
        [each.statement.wadah_id for each in payouts],
    )
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(["no", "rekening", "nama", "jumlah", "referensi"])
    for each in payouts:
        payee = known[each.statement.agent_id or each.statement.wadah_id]
        reference = f"{payee.number}/{Period.of(each.statement.period)}"
        rows.writerow([each.place, payee.bank_account, payee.name, each.amount_idr, reference])
    rows.writerow(["total", len(payouts), batch.number, sum(each.amount_idr for each in payouts), batch.due_on])
    content = text.getvalue().encode()
    digest = hashlib.sha256(content).hexdigest()
    audit.record(actor, "incentives.batch.file_opened", batch, payouts=len(payouts), sha256=digest)
    return content


@transaction.atomic
def mark_paid(*, actor: Actor, payout_id: UUID) -> Payout:
    """The bank says that the transfer arrived. Raises NotFound, Refused(WRONG_ORDER)."""
    return _settle(actor, selectors.payout_for(actor, payout_id), Action.PAY, "incentives.payout.paid")


@transaction.atomic
def mark_failed(*, actor: Actor, payout_id: UUID, reason: str) -> Payout:
    """The transfer did not arrive; the statement can be paid again in the next batch.

    Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING).
    """
    payout, reason = selectors.payout_for(actor, payout_id), names.tidy(reason)[:200]
    if not reason:
        raise Refused(Code.REASON_MISSING, field="reason")
    payout.failed_because = reason
    return _settle(actor, payout, Action.FAIL, "incentives.payout.failed")


@transaction.atomic
def mark_rest_paid(*, actor: Actor, batch_id: UUID) -> int:
    """Every transfer of the batch that nobody called failed arrived; how many. Raises NotFound."""
    batch = selectors.batch_for(actor, batch_id)
    waiting = Payout.objects.filter(batch=batch, state=State.SENT).values_list("id", flat=True)
    for payout_id in list(waiting):
        mark_paid(actor=actor, payout_id=payout_id)
    return len(waiting)


@transaction.atomic
def confirm_receipt(*, actor: Actor, statement_id: UUID) -> Payout:
    """The Perisai says that the money came; said twice, it is said once. Raises NotFound, Refused(WRONG_ORDER)."""
    return _answer(actor, selectors.own_payout(actor, statement_id), Action.CONFIRM, "incentives.payout.confirmed", "")


@transaction.atomic
def deny_receipt(*, actor: Actor, statement_id: UUID, text: str) -> Payout:
    """The Perisai says that the money did not come. Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING)."""
    text = names.tidy(text)[:200]
    if not text:
        raise Refused(Code.REASON_MISSING, field="text")
    return _answer(actor, selectors.own_payout(actor, statement_id), Action.DENY, "incentives.payout.denied", text)


def _settle(actor: Actor, payout: Payout, action: Action, entry: str) -> Payout:
    payout.state = rules.next_state(State(payout.state), action)
    payout.settled_at, payout.settled_by_id = clock.now(), actor.person_id
    payout.save(update_fields=["state", "failed_because", "settled_at", "settled_by"])
    audit.record(actor, entry, payout, note=payout.failed_because)
    return payout


_ANSWERED = {Action.CONFIRM: State.CONFIRMED, Action.DENY: State.DENIED}


def _answer(actor: Actor, payout: Payout, action: Action, entry: str, text: str) -> Payout:
    if payout.state == _ANSWERED[action]:
        return payout
    payout.state = rules.next_state(State(payout.state), action)
    payout.answered_at, payout.answer = clock.now(), text
    payout.save(update_fields=["state", "answered_at", "answer"])
    audit.record(actor, entry, payout)
    return payout
