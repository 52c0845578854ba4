"""The verbs of employers: register a firm, look over a wage report, take it."""

import json
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from perisai import rulebook, vault
from perisai.audit import services as audit
from perisai.employers import files, rules, selectors
from perisai.employers.models import Firm, ReportedWage, WageDraft, WageReport
from perisai.employers.rules import FirmSize, Industry
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.rows import insert

BATCH: Final = 2_000


@transaction.atomic
def register_firm(
    *,
    actor: Actor,
    branch_code: str,
    npp: str,
    division: str,
    name: str,
    size: FirmSize,
    risk_class: int,
    industry: Industry | None,
    village_code: str,
    registered_on: date,
) -> Firm:
    """A firm comes under a branch. Raises NotFound, Refused(NPP_… | DIVISION_MALFORMED | NAME_… | VILLAGE_… | …)."""
    branch = organisation.office_for(actor, branch_code, Permission.MANAGE_FIRMS)
    npp, division, name = rules.parse_npp(npp), rules.parse_division(division), names.tidy(name)
    if not names.search_key(name):
        raise Refused(Code.NAME_MISSING, field="name")
    if len(name) > names.LONGEST_NAME:
        raise Refused(Code.NAME_TOO_LONG, field="name", most=names.LONGEST_NAME)
    if not 1 <= risk_class <= 5:
        raise Refused(Code.RISK_CLASS_UNKNOWN, field="risk_class", risk_class=risk_class)
    if registered_on > clock.today():
        raise Refused(Code.DATE_IN_FUTURE, field="registered_on")
    if Firm.objects.filter(npp=npp, division=division).exists():
        raise Refused(Code.NPP_TAKEN, field="npp")
    firm = Firm(
        npp=npp,
        division=division,
        name=name,
        size=size,
        risk_class=risk_class,
        industry=industry or "",
        branch=branch,
        village=regions.get_village_for_referral(village_code, registered_on),
        registered_on=registered_on,
    )
    insert(firm)
    audit.record(actor, "employers.firm.registered", firm)
    return firm


@transaction.atomic
def draft_wages(*, actor: Actor, firm_id: UUID, month: Period, content: bytes) -> WageDraft:
    """A file is read and kept, sealed, for a look before it counts; it takes the place of the firm's last one.

    Raises NotFound, Refused(WAGE_… | MONTH_BEFORE_LAW).
    """
    firm = selectors.firm_for(actor, firm_id, Permission.MANAGE_FIRMS, lock=True)
    _check_month(firm, month)
    rows = [(each.row, each.nik, each.name, each.wage) for each in files.read_cells(content)]
    WageDraft.objects.filter(firm=firm).delete()
    draft = WageDraft(
        firm=firm, month=month.first_day, rows=json.dumps(rows, ensure_ascii=False), drafted_by_id=actor.user_id
    )
    insert(draft)
    return draft


@transaction.atomic
def take_wages(*, actor: Actor, firm_id: UUID, draft_id: UUID, programmes: tuple[str, ...]) -> WageReport:
    """The draft becomes the report of its month, whole or not at all. Called by the room that prices it.

    ``programmes`` are those the firm takes part in that month. Raises NotFound, Refused(WAGE_REPORT_FAULTY).
    """
    draft = selectors.draft_for(actor, firm_id, draft_id, lock=True)
    judged = selectors.judge(draft)
    if judged.faults:
        raise Refused(Code.WAGE_REPORT_FAULTY, faults=len(judged.faults))
    firm = draft.firm
    last = WageReport.objects.filter(firm=firm, month=draft.month).aggregate(last=Max("revision"))["last"] or 0
    report = WageReport(
        firm=firm,
        month=draft.month,
        revision=last + 1,
        programmes=list(programmes),
        risk_class=firm.risk_class,
        industry=firm.industry,
        workers=len(judged.wages),
        wages_idr=judged.wages_idr,
        reported_by_id=actor.user_id,
    )
    insert(report)
    _write_wages(report, judged)
    draft.delete()
    audit.record(
        actor,
        "employers.wages.reported",
        report,
        month=f"{report.month:%Y-%m}",
        revision=report.revision,
        workers=report.workers,
    )
    return report


def _check_month(firm: Firm, month: Period) -> None:
    if month > Period.of(clock.today()):
        raise Refused(Code.WAGE_MONTH_AHEAD, field="month", month=month)
    first = max(Period.of(firm.registered_on), Period.of(rulebook.BEGINS))
    if month < first:
        raise Refused(Code.MONTH_BEFORE_LAW, field="month", month=month, first=first)


def _write_wages(report: WageReport, judged: selectors.Judged) -> None:
    indexes = vault.blind_index_many([each.nik for each in judged.wages], context="employers.reportedwage.nik")
    ReportedWage.objects.bulk_create(
        (
            ReportedWage(
                report=report, row=each.row, nik=each.nik, nik_index=index, name=each.name, wage_idr=each.wage_idr
            )
            for each, index in zip(judged.wages, indexes, strict=True)
        ),
        batch_size=BATCH,
    )
