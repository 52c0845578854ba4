"""Reading statements, months and disputes."""

from perisai.incentives.selectors.disputes import dispute_for, disputes_visible_to, is_posted, own_agent
from perisai.incentives.selectors.months import (
    asked_by,
    difference_of,
    figures_of,
    has_lines,
    last_accrual,
    month_for,
    months_visible_to,
    preparation_of,
)
from perisai.incentives.selectors.statements import (
    AgentMonth,
    Statement,
    StatementLine,
    WadahStatement,
    months_of_agents,
    periods_of,
    statement,
    wadah_statement,
)

__all__ = [
    "AgentMonth",
    "Statement",
    "StatementLine",
    "WadahStatement",
    "asked_by",
    "difference_of",
    "dispute_for",
    "disputes_visible_to",
    "figures_of",
    "has_lines",
    "is_posted",
    "last_accrual",
    "month_for",
    "months_of_agents",
    "months_visible_to",
    "own_agent",
    "periods_of",
    "preparation_of",
    "statement",
    "wadah_statement",
]
