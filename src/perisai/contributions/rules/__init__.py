"""What protection costs by the law of its month, when it is due, and when it lapses.

Every figure comes from the rulebook; docs/algorithms/contribution.md and lapse.md explain the arithmetic and
hold the worked tables. Amounts are whole rupiah; half a rupiah goes up.
"""

from perisai.contributions.rules.firms import (
    EmployerShare,
    PuContribution,
    WorkerShare,
    pu_contribution,
    pu_due_on,
)
from perisai.contributions.rules.law import (
    FIRST_MONTH,
    RISK_CLASSES,
    CitedRule,
    Funding,
    Programme,
    Sector,
)
from perisai.contributions.rules.money import LineReason
from perisai.contributions.rules.months import (
    BPU_MINIMUM,
    BPU_OFFER,
    BpuContribution,
    CodeAmount,
    MonthPrice,
    bpu_contribution,
    bpu_due_on,
    is_lapsed,
    lapse_starts,
    missed_months,
    months_covered,
    payment_code_amount,
)

__all__ = [
    "BPU_MINIMUM",
    "BPU_OFFER",
    "FIRST_MONTH",
    "RISK_CLASSES",
    "BpuContribution",
    "CitedRule",
    "CodeAmount",
    "EmployerShare",
    "Funding",
    "LineReason",
    "MonthPrice",
    "Programme",
    "PuContribution",
    "Sector",
    "WorkerShare",
    "bpu_contribution",
    "bpu_due_on",
    "is_lapsed",
    "lapse_starts",
    "missed_months",
    "months_covered",
    "payment_code_amount",
    "pu_contribution",
    "pu_due_on",
]
