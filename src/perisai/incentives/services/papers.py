"""The statements on paper."""

from typing import Literal
from uuid import UUID

from perisai.incentives import documents, selectors, wording
from perisai.incentives.models import Statement
from perisai.incentives.rules import Kind
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period

Language = Literal["id", "en"]


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
        }
        | _settled(selectors.settled_statement(agent_id, period)[0], language),
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
        totals_idr={wording.said(wording.WADAH_PAID, language): month.wadah_idr}
        | _settled(selectors.settled_statement_of_wadah(wadah_id, period)[0], language),
        fictional=month.is_synthetic,
    )
    return documents.statement_pdf(facts, language)


def _settled(statement: Statement | None, language: str) -> dict[str, Rupiah]:
    """What an approved month comes to: the debt brought along, tax withheld, what goes to the account."""
    if statement is None:
        return {}
    brought = {wording.said(wording.BROUGHT, language): Rupiah(statement.brought_idr)} if statement.brought_idr else {}
    return brought | {
        wording.said(wording.TAX, language): Rupiah(-statement.tax_idr),
        wording.said(wording.NET, language): Rupiah(statement.net_idr),
    }
