"""Reading firms, drafts and wage reports."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery

from perisai.employers import rules
from perisai.employers.models import Firm, ReportedWage, WageDraft, WageReport
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices


def visible_to(actor: Actor, permission: Permission = Permission.VIEW_FIRMS) -> QuerySet[Firm]:
    """The firms of the actor's offices."""
    reach = scope_of(actor, permission)
    return Firm.objects.filter(under_offices(reach)) if reach.office_paths else Firm.objects.none()


def firm_for(
    actor: Actor, firm_id: UUID, permission: Permission = Permission.VIEW_FIRMS, *, lock: bool = False
) -> Firm:
    """With its branch and village. Raises NotFound when there is none or the actor may not see it."""
    rows = visible_to(actor, permission).select_related("branch", "village").filter(pk=firm_id)
    firm = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if firm is None:
        raise NotFound("firm")
    return firm


def find_firms(actor: Actor, words: str) -> QuerySet[Firm]:
    """By name or NPP; all of them without words."""
    rows = visible_to(actor).select_related("branch").order_by("name", "id")
    return rows.filter(name__icontains=words) | rows.filter(npp__iexact=words) if words else rows


@dataclass(frozen=True, slots=True)
class Judged:
    """What a draft would become. ``low`` are wages under the province's minimum: a question, not a fault."""

    wages: Sequence[rules.Wage]
    faults: Sequence[rules.Fault]
    low: Sequence[rules.Wage]

    @property
    def wages_idr(self) -> int:
        return sum(wage.wage_idr for wage in self.wages)


def draft_for(actor: Actor, firm_id: UUID, draft_id: UUID, *, lock: bool = False) -> WageDraft:
    """Raises NotFound: also when another file has taken its place."""
    firm = firm_for(actor, firm_id, Permission.MANAGE_FIRMS, lock=lock)
    draft = WageDraft.objects.filter(firm=firm, pk=draft_id).first()
    if draft is None:
        raise NotFound("draft")
    draft.firm = firm
    return draft


def judge(draft: WageDraft) -> Judged:
    """Reads every row of the draft; ``draft.firm.village`` is at hand."""
    wages, faults = rules.read(rules.Cells(*row) for row in json.loads(draft.rows))
    low = rules.below_minimum(wages, draft.firm.village.code[:2], Period.of(draft.month))
    return Judged(wages, faults, low)


def newest_reports(firm_id: UUID) -> QuerySet[WageReport]:
    """The report in force of every month, newest month first. The caller has passed the firm's door."""
    newest = (
        WageReport.objects.filter(firm_id=firm_id, month=OuterRef("month"))
        .values("month")
        .annotate(newest=Max("revision"))
        .values("newest")
    )
    return WageReport.objects.filter(firm_id=firm_id, revision=Subquery(newest)).order_by("-month")


def report_for(actor: Actor, firm_id: UUID, report_id: UUID) -> WageReport:
    """Raises NotFound."""
    firm = firm_for(actor, firm_id)
    report = WageReport.objects.filter(firm=firm, pk=report_id).first()
    if report is None:
        raise NotFound("report")
    report.firm = firm
    return report


def wages_of(report_id: UUID) -> QuerySet[ReportedWage]:
    """In the order of the file. The caller has passed the report's door."""
    return ReportedWage.objects.filter(report_id=report_id).order_by("row")
