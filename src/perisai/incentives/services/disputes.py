"""The verbs of disputes: an agent objects to a line, the office answers."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from perisai import rulebook
from perisai.audit import services as audit
from perisai.incentives import selectors
from perisai.incentives.models import Dispute
from perisai.incentives.rules import Kind
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.kernel.period import Period
from perisai.notices import services as notices
from perisai.organisation.policy import Permission
from perisai.rulebook.working_time import add_working_days


@transaction.atomic
def dispute_line(*, actor: Actor, dispute_id: UUID, period: Period, kind: Kind, subject: str, text: str) -> Dispute:
    """An agent says that a line of their own month is wrong; the branch answers within the days of the service promise.

    ``kind`` and ``subject`` name the line. Raises NotFound (no such line of this agent), Misuse (the id of another
    dispute), Refused(DISPUTE_TEXT_MISSING | DISPUTE_TEXT_TOO_LONG).
    """
    agent = selectors.own_agent(actor)
    text = " ".join(text.split())
    if not text:
        raise Refused(Code.DISPUTE_TEXT_MISSING, field="text")
    if len(text) > 1000:
        raise Refused(Code.DISPUTE_TEXT_TOO_LONG, field="text", most=1000)
    if not selectors.is_posted(agent.id, period, kind, subject):
        raise NotFound("line")
    if Dispute.objects.filter(pk=dispute_id).exists():
        raise Misuse("this id belongs to another dispute")
    today = clock.today(ZoneInfo(agent.branch.timezone))
    days = rulebook.on(today).whole("service.dispute_working_days").value
    dispute = Dispute(
        id=dispute_id,
        agent=agent,
        period=period.first_day,
        kind=kind,
        subject=subject,
        text=text,
        due_on=add_working_days(today, days),
    )
    dispute.save(force_insert=True)
    audit.record(actor, "incentives.dispute.raised", dispute, period=str(period), kind=kind)
    return dispute


@transaction.atomic
def answer_dispute(*, actor: Actor, dispute_id: UUID, answer: str) -> Dispute:
    """The office answers, and the agent is told. Raises NotFound, Refused(REASON_MISSING | WRONG_ORDER)."""
    dispute = selectors.dispute_for(actor, dispute_id, Permission.ANSWER_DISPUTE, lock=True)
    answer = " ".join(answer.split())[:500]
    if not answer:
        raise Refused(Code.REASON_MISSING, field="answer")
    if dispute.answered_at is not None:
        raise Refused(Code.WRONG_ORDER, state=dispute.state, action="answer")
    dispute.answer, dispute.answered_at, dispute.answered_by_id = answer, clock.now(), actor.person_id
    dispute.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(actor, "incentives.dispute.answered", dispute, note=answer)
    notices.enqueue(
        "dispute_answered",
        about=dispute.id,
        office_path=dispute.agent.branch.path,
        user_id=dispute.agent.user_id,
        month=str(Period.of(dispute.period)),
        answer=answer,
    )
    return dispute
