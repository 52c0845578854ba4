"""The verbs of targets: set one, record what a paper reported, roll up the tally, load the report of 2017."""

from django.db import transaction

from perisai.audit import services as audit
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership.rules import Segment
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.targets import files, tally
from perisai.targets.models import ReportedFigure, Target

MOST_MEMBERS = 2_000_000_000
"""Far above any population: more is a slip of the keyboard."""
_FIRST_YEAR, _YEARS_AHEAD = 2015, 5


@transaction.atomic
def set_target(*, actor: Actor, office_code: str, year: int, segment: str, amount: int, reason: str) -> Target:
    """What the office is to reach by the end of the year; a change is a new row with its reason.

    Raises NotFound, Refused(REASON_MISSING | CHOICE_UNKNOWN | TARGET_OUT_OF_RANGE | TARGET_YEAR_OUT_OF_RANGE).
    """
    office = organisation.office_for(actor, office_code, Permission.SET_TARGETS)
    reason = names.tidy(reason)[:200]
    if not reason:
        raise Refused(Code.REASON_MISSING, field="reason")
    last_year = clock.today().year + _YEARS_AHEAD
    if not _FIRST_YEAR <= year <= last_year:
        raise Refused(Code.TARGET_YEAR_OUT_OF_RANGE, field="year", first=_FIRST_YEAR, last=last_year)
    _check(segment, amount)
    target = Target(year=year, office=office, segment=segment, amount=amount, reason=reason, set_by_id=actor.user_id)
    target.save(force_insert=True)
    audit.record(
        actor, "targets.target.set", target, note=reason, office=office.code, year=year, segment=segment, amount=amount
    )
    return target


@transaction.atomic
def report_figure(*, actor: Actor, figure: files.FigureRow) -> ReportedFigure:
    """What a paper said of an office on a day, shown beside what is counted; the same figure again changes nothing.

    Raises NotFound, Refused(REASON_MISSING without a source | CHOICE_UNKNOWN | TARGET_OUT_OF_RANGE).
    """
    office = organisation.office_for(actor, figure.office_code, Permission.SET_TARGETS)
    if not figure.source.strip():
        raise Refused(Code.REASON_MISSING, field="source")
    _check(figure.segment, figure.target)
    if not 0 <= figure.attained <= MOST_MEMBERS:
        raise Refused(Code.TARGET_OUT_OF_RANGE, field="attained", most=MOST_MEMBERS)
    told = {
        "attained": figure.attained,
        "target": figure.target,
        "reported_percent": figure.reported_percent,
        "source": figure.source,
        "confidence": figure.confidence,
        "is_synthetic": figure.is_synthetic,
    }
    known = (
        ReportedFigure.objects.filter(office=office, segment=figure.segment, as_of=figure.as_of).order_by("-id").first()
    )
    if known is not None and all(getattr(known, name) == value for name, value in told.items()):
        return known
    row = ReportedFigure(office=office, segment=figure.segment, as_of=figure.as_of, **told)
    row.save(force_insert=True)
    audit.record(actor, "targets.figure.reported", row, office=office.code, segment=row.segment)
    return row


@transaction.atomic
def refresh_tally(*, actor: Actor) -> int:
    """Roll up what was written since the last time, so that counting stays quick; it never changes a count.

    Returns how many places and days it touched. Raises NotFound.
    """
    if organisation.scope_of(actor, Permission.SET_TARGETS).nowhere:
        raise NotFound("page")
    return tally.roll_up()


@transaction.atomic
def load_report_figures(*, actor: Actor) -> int:
    """The report's figures, and the synthetic ones around them; an office that has a target of its own keeps it.

    Returns how many rows are new. Raises NotFound while an office is missing.
    """
    report = files.read_report()
    before = Target.objects.count() + ReportedFigure.objects.count()
    for row in report.targets:
        _load_target(actor, row)
    for figure in report.figures:
        report_figure(actor=actor, figure=figure)
    return Target.objects.count() + ReportedFigure.objects.count() - before


def _load_target(actor: Actor, row: files.TargetRow) -> None:
    office = organisation.office_for(actor, row.office_code, Permission.SET_TARGETS)
    year = row.year or clock.today().year
    if Target.objects.filter(office=office, year=year, segment=row.segment).exists():
        return
    target = Target(
        year=year, office=office, segment=row.segment, amount=row.amount, reason=row.source, source=row.source,
        is_synthetic=row.is_synthetic, set_by_id=actor.user_id,
    )  # fmt: skip
    target.save(force_insert=True)
    audit.record(
        actor, "targets.target.set", target, note=row.source, office=office.code, year=year, segment=row.segment,
        amount=row.amount,
    )  # fmt: skip


def _check(segment: str, amount: int) -> None:
    if segment not in tuple(Segment):
        raise Refused(Code.CHOICE_UNKNOWN, field="segment")
    if not 0 < amount <= MOST_MEMBERS:
        raise Refused(Code.TARGET_OUT_OF_RANGE, field="amount", most=MOST_MEMBERS)
