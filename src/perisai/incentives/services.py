"""The verbs of incentives: accrue a month, print a statement."""

from typing import Literal
from uuid import UUID

from django.db import transaction

from perisai import rulebook
from perisai.audit import services as audit
from perisai.incentives import accrual, documents, selectors, wording
from perisai.incentives.models import Accrual
from perisai.incentives.rules import Kind
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission

Language = Literal["id", "en"]


@transaction.atomic
def accrue(*, actor: Actor, period: Period) -> Accrual:
    """Post what the agents of the actor's offices earned in a month and is not posted yet; run twice, it posts nothing.

    Facts are the contributions received in the month and the registrations that they completed (domain 1.6). Raises
    NotFound without the permission, Refused(MONTH_BEFORE_LAW).
    """
    branches = organisation.offices_visible_to(actor, Permission.ACCRUE_INCENTIVES).values_list("id", flat=True)
    if not branches:
        raise NotFound("page")
    regime, accrual_id, now = accrual.regime_name(period), ids.new_id(), clock.now()
    accrual.lock(period)
    lines = accrual.post_difference(period, list(branches), accrual_id, now)
    run = Accrual(
        id=accrual_id,
        period=period.first_day,
        regime=regime,
        lines=lines,
        rulebook_hash=rulebook.on(period.first_day).hash,
        at=now,
        by_id=actor.user_id,
    )
    run.save(force_insert=True)  # after its lines, whose number it carries; the foreign key is checked at the commit
    audit.record(actor, "incentives.period.accrued", run, period=str(period), regime=regime, lines=lines)
    return run


def statement_document(*, actor: Actor, agent_id: UUID, period: Period, language: Language = "id") -> bytes:
    """The agent's statement as a PDF. Raises NotFound, Refused(MONTH_BEFORE_LAW)."""
    month = selectors.statement(actor, agent_id, period)
    facts = documents.StatementFacts(
        number=f"{month.agent_number}/{period}",
        period=period,
        agent=f"{month.agent_number} {month.agent_name}",
        wadah=", ".join(month.wadah_names),
        regime=wording.said(wording.REGIMES[month.regime], language),
        made_on=clock.today(),
        lines=tuple(
            documents.StatementLine(
                about=line.about(language),
                why=line.why(language),
                counts=line.counted,
                base_idr=line.received_idr if line.kind is Kind.CONTRIBUTION else None,
                rate=wording.percent(line.rate, language) if line.rate else "",
                amount_idr=line.agent_idr,
            )
            for line in month.lines
        ),
        totals_idr={
            wording.said(wording.WADAH_TOTAL, language): month.wadah_idr,
            wording.said(wording.ACQUISITION_TOTAL, language): month.acquisition_idr,
            wording.said(wording.CONTRIBUTION_TOTAL, language): month.contribution_idr,
            wording.said(wording.AGENT_TOTAL, language): month.agent_idr,
        },
        fictional=month.is_synthetic,
    )
    return documents.statement_pdf(facts, language)


def wadah_statement_document(*, actor: Actor, wadah_id: UUID, period: Period, language: Language = "id") -> bytes:
    """The Wadah's statement as a PDF, an agent a line. Raises NotFound, Refused(MONTH_BEFORE_LAW)."""
    month = selectors.wadah_statement(actor, wadah_id, period)
    facts = documents.StatementFacts(
        number=f"{month.wadah_code}/{period}",
        period=period,
        agent="",
        wadah=f"{month.wadah_code} {month.wadah_name}",
        regime=wording.said(wording.REGIMES[month.regime], language),
        made_on=clock.today(),
        lines=tuple(
            documents.StatementLine(
                about=wording.said(wording.AGENT_MONTH, language, number=each.agent_number, name=each.agent_name),
                why=wording.said(wording.WADAH_PART, language, lines=each.lines),
                counts=each.wadah_idr > 0,
                base_idr=each.agent_idr,
                rate="",
                amount_idr=each.wadah_idr,
            )
            for each in month.agents
        ),
        totals_idr={wording.said(wording.WADAH_PAID, language): month.wadah_idr},
        fictional=month.is_synthetic,
    )
    return documents.statement_pdf(facts, language)
