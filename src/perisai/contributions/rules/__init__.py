"""What protection costs by the law of its month, when it is due, and when it lapses.

Every figure comes from the rulebook; docs/algorithms/contribution.md and lapse.md explain the arithmetic and
hold the worked tables. Amounts are whole rupiah; half a rupiah goes up.
"""

from perisai.contributions.rules.construction import (
    ConstructionContribution,
    SiteClocks,
    contribution_by_contract,
    contribution_by_wages,
    site_clocks,
    site_register_by,
)
from perisai.contributions.rules.firms import (
    EmployerShare,
    Fine,
    Jkp,
    PuContribution,
    WorkerShare,
    fine_rate,
    months_late,
    owed_programmes,
    pu_contribution,
    pu_due_on,
    pu_fine,
)
from perisai.contributions.rules.law import (
    FIRST_MONTH,
    RISK_CLASSES,
    CitedRule,
    Funding,
    Programme,
    Reading,
    Sector,
    check_amount,
)
from perisai.contributions.rules.migrants import PLACEMENTS, MigrantContribution, migrant_contribution
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
    "PLACEMENTS",
    "RISK_CLASSES",
    "BpuContribution",
    "CitedRule",
    "CodeAmount",
    "ConstructionContribution",
    "EmployerShare",
    "Fine",
    "Funding",
    "Jkp",
    "LineReason",
    "MigrantContribution",
    "MonthPrice",
    "Programme",
    "PuContribution",
    "Reading",
    "Sector",
    "SiteClocks",
    "WorkerShare",
    "bpu_contribution",
    "bpu_due_on",
    "check_amount",
    "contribution_by_contract",
    "contribution_by_wages",
    "fine_rate",
    "is_lapsed",
    "lapse_starts",
    "migrant_contribution",
    "missed_months",
    "months_covered",
    "months_late",
    "owed_programmes",
    "payment_code_amount",
    "pu_contribution",
    "pu_due_on",
    "pu_fine",
    "site_clocks",
    "site_register_by",
]
