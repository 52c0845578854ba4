"""What an agent (Perisai) and its office (Wadah) earn for one month: two formulas, chosen by date.

A formula is never edited; a new one stands beside it. Every line says what it pays and why it counts or does not.
Each line is rounded down on its own and the totals are sums of lines, so a set-based query gives the same rupiah
(docs/algorithms/incentive.md; domain 1.6).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from perisai import rulebook
from perisai.contributions.rules import BPU_MINIMUM, Programme
from perisai.kernel.errors import Code, Misuse, Refused
from perisai.kernel.money import ZERO, Rupiah, round_down
from perisai.kernel.period import Period

SubjectId = UUID | str


class Segment(StrEnum):
    """Whom a fact is about; micro, small and larger are the scale of the worker's firm."""

    BPU = "bpu"
    PU_MICRO = "pu_micro"
    PU_SMALL = "pu_small"
    PU_LARGER = "pu_larger"


SMALL_FIRMS: Final = frozenset({Segment.PU_MICRO, Segment.PU_SMALL})


class Kind(StrEnum):
    ACQUISITION = "acquisition"
    CONTRIBUTION = "contribution"


class Source(StrEnum):
    """What kind of fact a line rests on."""

    REGISTRATION = "registration"
    CONTRIBUTION = "contribution"
    REVERSAL = "reversal"
    MONTH = "month"


class Reason(StrEnum):
    """Why a line counts or does not; screens hold a sentence for each."""

    COUNTED = "counted"
    THRESHOLD_REACHED = "threshold_reached"
    BELOW_THRESHOLD = "below_threshold"
    NIK_KNOWN_BEFORE = "nik_known_before"
    SEGMENT_NOT_COVERED = "segment_not_covered"
    PROGRAMMES_NOT_COVERED = "programmes_not_covered"
    FIRM_PAYS_TOO_MUCH = "firm_pays_too_much"
    BACK_TO_BRANCH = "back_to_branch"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class NewMember:
    """A worker acquired in the month. ``first_time_bpu``: the NIK was never registered as BPU before.

    ``taken_back``: within the same month the first payment turned out never to have come.
    """

    id: SubjectId
    programmes: frozenset[Programme]
    first_time_bpu: bool
    segment: Segment = Segment.BPU
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """One contribution month received in the month, of a member under the agent's management.

    ``managed_month`` counts contribution months since the agent (re)acquired the member, from 1. ``firm_month_idr`` is
    what the worker's whole firm pays a month; it is needed for segments of small firms.
    """

    id: SubjectId
    amount_idr: Rupiah
    managed_month: int
    segment: Segment = Segment.BPU
    firm_month_idr: Rupiah = ZERO


@dataclass(frozen=True, slots=True)
class Booked:
    """What the ledger holds for one subject, all its lines summed."""

    amount_idr: Rupiah
    agent_idr: Rupiah
    wadah_idr: Rupiah


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A contribution, or a registration with its first payment, that was taken back in the month.

    ``of`` is its subject; ``booked`` what earlier months booked for it, None where its line is one of this month.
    ``amount_idr`` is the contribution that went, below 0.
    """

    id: SubjectId
    kind: Kind
    of: SubjectId
    amount_idr: Rupiah = ZERO
    booked: Booked | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the statement. ``subject_id`` None: the flat sum, which is about the month and not about a person.

    ``amount_idr`` is what the formula gives; ``agent_idr`` and ``wadah_idr`` are what each is paid. ``rate`` is the
    fraction of ``received_idr``, for contribution lines. ``counted`` with amount 0: counts towards the threshold.
    """

    kind: Kind
    subject_id: SubjectId | None
    amount_idr: Rupiah
    agent_idr: Rupiah
    wadah_idr: Rupiah
    counted: bool
    reason: Reason
    received_idr: Rupiah = ZERO
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Incentive:
    """One agent's month. ``counted_members`` of ``threshold`` decide whether acquisition is paid."""

    regime: str
    period: Period
    acquisition_idr: Rupiah
    contribution_idr: Rupiah
    agent_idr: Rupiah
    wadah_idr: Rupiah
    counted_members: int
    threshold: int
    lines: tuple[Line, ...]
    rulebook_hash: str


Regime = Callable[[Period, Sequence[NewMember], Sequence[PaidMonth]], Incentive]


def regime_2017(period: Period, new_members: Sequence[NewMember], paid_months: Sequence[PaidMonth]) -> Incentive:
    """2017 to April 2022: a flat sum from 50 new workers, 7.5 % of receipts; the office has a tenth of every line.

    Workers without an employer and of micro firms count towards the threshold; contributions count for them and for
    small firms whose firm pays at most Rp 7,000,000 a month. Raises Misuse for a fact given twice.
    """
    _check(new_members, paid_months)
    law = rulebook.on(period.first_day)
    office_share = law.rate("incentive.regime_2017.wadah_share").value
    threshold = law.whole("incentive.regime_2017.threshold").value
    rate = law.rate("incentive.regime_2017.contribution_rate").value
    firm_at_most = law.whole("incentive.regime_2017.firm_month_at_most").value

    def line(
        kind: Kind, subject_id: SubjectId | None, amount: Rupiah, reason: Reason, paid: PaidMonth | None = None
    ) -> Line:
        wadah = round_down(amount * office_share)
        counted = reason in (Reason.COUNTED, Reason.THRESHOLD_REACHED)
        received, used = (paid.amount_idr, rate if counted else None) if paid else (ZERO, None)
        return Line(kind, subject_id, amount, Rupiah(amount - wadah), wadah, counted, reason, received, used)

    lines, members = [], 0
    for member in new_members:
        reason = _counts_as_new_in_2017(member)
        members += reason is Reason.COUNTED
        lines.append(line(Kind.ACQUISITION, member.id, ZERO, reason))
    if members >= threshold:
        flat = Rupiah(law.whole("incentive.regime_2017.acquisition").value)
        lines.append(line(Kind.ACQUISITION, None, flat, Reason.THRESHOLD_REACHED))
    else:
        lines.append(line(Kind.ACQUISITION, None, ZERO, Reason.BELOW_THRESHOLD))
    for paid in paid_months:
        reason = _covered_in_2017(paid, firm_at_most)
        amount = round_down(paid.amount_idr * rate) if reason is Reason.COUNTED else ZERO
        lines.append(line(Kind.CONTRIBUTION, paid.id, amount, reason, paid))
    return _summed("regime_2017", period, lines, members, threshold, law.hash)


def regime_2022(period: Period, new_members: Sequence[NewMember], paid_months: Sequence[PaidMonth]) -> Incentive:
    """From May 2022 (Perdir 13/PERDIR.02/042022): a sum for each new member from 25, 15 % then 5 % of receipts.

    Only members without an employer whose NIK was never registered count as new. The agent keeps the whole of a line;
    the office has a tenth on top. Raises Misuse for a fact given twice.
    """
    _check(new_members, paid_months)
    law = rulebook.on(period.first_day)
    on_top = law.rate("incentive.regime_2022.wadah_rate").value
    threshold = law.whole("incentive.regime_2022.threshold").value
    with_jht = Rupiah(law.whole("incentive.regime_2022.acquisition_with_jht").value)
    without_jht = Rupiah(law.whole("incentive.regime_2022.acquisition_without_jht").value)
    reasons = [_counts_as_new_in_2022(member) for member in new_members]
    members = reasons.count(Reason.COUNTED)
    lines = []
    for member, reason in zip(new_members, reasons, strict=True):
        if reason is Reason.COUNTED and members < threshold:
            lines.append(Line(Kind.ACQUISITION, member.id, ZERO, ZERO, ZERO, True, Reason.BELOW_THRESHOLD))
        elif reason is Reason.COUNTED:
            fee = with_jht if Programme.JHT in member.programmes else without_jht
            lines.append(Line(Kind.ACQUISITION, member.id, fee, fee, round_down(fee * on_top), True, reason))
        else:
            lines.append(Line(Kind.ACQUISITION, member.id, ZERO, ZERO, ZERO, False, reason))
    for paid in paid_months:
        rate, reason = _rate_in_2022(paid, law)
        amount = round_down(paid.amount_idr * rate)
        counted = reason is Reason.COUNTED
        lines.append(
            Line(
                Kind.CONTRIBUTION,
                paid.id,
                amount,
                amount,
                round_down(amount * on_top),
                counted,
                reason,
                paid.amount_idr,
                rate if counted else None,
            )
        )
    return _summed("regime_2022", period, lines, members, threshold, law.hash)


def take_back(month: Incentive, gone: Iterable[TakenBack]) -> Incentive:
    """The month with a line for everything taken back: exactly what is explained for it, never more, whatever the rates."""
    explained = {(line.kind, line.subject_id): line for line in month.lines}
    lines = list(month.lines)
    for each in gone:
        of: Line | Booked | None = each.booked or explained.get((each.kind, each.of))
        amount, agent, wadah = (of.amount_idr, of.agent_idr, of.wadah_idr) if of else (ZERO, ZERO, ZERO)
        lines.append(
            Line(
                each.kind,
                each.id,
                Rupiah(-amount),
                Rupiah(-agent),
                Rupiah(-wadah),
                False,
                Reason.TAKEN_BACK,
                each.amount_idr,
            )
        )
    return _summed(month.regime, month.period, lines, month.counted_members, month.threshold, month.rulebook_hash)


_REGIMES: Final[dict[str, Regime]] = {"regime_2017": regime_2017, "regime_2022": regime_2022}


def regime_for(period: Period) -> Regime:
    """The formula of a month. Raises Refused(MONTH_BEFORE_LAW) before the agents' scheme began."""
    try:
        name = rulebook.on(period.first_day).value("incentive.regime", str).value
    except rulebook.NotInForce:
        began = next(known for known in rulebook.parameters() if known.name == "incentive.regime").values[0].since
        raise Refused(Code.MONTH_BEFORE_LAW, field="period", month=period, first=Period.of(began)) from None
    return _REGIMES[name]


def _covered_in_2017(paid: PaidMonth, firm_at_most: int) -> Reason:
    if paid.segment is Segment.BPU:
        return Reason.COUNTED
    if paid.segment not in SMALL_FIRMS:
        return Reason.SEGMENT_NOT_COVERED
    return Reason.COUNTED if paid.firm_month_idr <= firm_at_most else Reason.FIRM_PAYS_TOO_MUCH


def _counts_as_new_in_2017(member: NewMember) -> Reason:
    if member.taken_back:
        return Reason.TAKEN_BACK
    return Reason.COUNTED if member.segment in (Segment.BPU, Segment.PU_MICRO) else Reason.SEGMENT_NOT_COVERED


def _counts_as_new_in_2022(member: NewMember) -> Reason:
    if member.taken_back:
        return Reason.TAKEN_BACK
    if member.segment is not Segment.BPU:
        return Reason.SEGMENT_NOT_COVERED
    if not member.programmes.issuperset(BPU_MINIMUM):
        return Reason.PROGRAMMES_NOT_COVERED
    return Reason.COUNTED if member.first_time_bpu else Reason.NIK_KNOWN_BEFORE


def _rate_in_2022(paid: PaidMonth, law: rulebook.Rulebook) -> tuple[Decimal, Reason]:
    """Small firms keep the old share while the old scope runs out; then the rate is nought."""
    if paid.segment in SMALL_FIRMS:
        rate = law.rate("incentive.regime_2022.pu_contribution_rate").value
        if rate and paid.firm_month_idr > law.whole("incentive.regime_2017.firm_month_at_most").value:
            return Decimal(0), Reason.FIRM_PAYS_TOO_MUCH
        return rate, Reason.COUNTED if rate else Reason.SEGMENT_NOT_COVERED
    if paid.segment is not Segment.BPU:
        return Decimal(0), Reason.SEGMENT_NOT_COVERED
    rate = law.bracket("incentive.regime_2022.contribution_rate", paid.managed_month).amount.value
    return rate, Reason.COUNTED if rate else Reason.BACK_TO_BRANCH


def _check(new_members: Sequence[NewMember], paid_months: Sequence[PaidMonth]) -> None:
    for facts in (new_members, paid_months):
        if len({fact.id for fact in facts}) != len(facts):
            raise Misuse("a fact stands twice in one month's incentive")
    for paid in paid_months:
        if paid.amount_idr < 0 or paid.managed_month < 1:
            raise Misuse("a paid month needs an amount of 0 or more and a managed month of 1 or more")
        if paid.segment in SMALL_FIRMS and not paid.firm_month_idr:
            raise Misuse("a paid month of a firm needs what the firm pays")


def _summed(
    regime: str, period: Period, lines: Iterable[Line], members: int, threshold: int, book_hash: str
) -> Incentive:
    kept = tuple(lines)
    return Incentive(
        regime=regime,
        period=period,
        acquisition_idr=Rupiah(sum(line.amount_idr for line in kept if line.kind is Kind.ACQUISITION)),
        contribution_idr=Rupiah(sum(line.amount_idr for line in kept if line.kind is Kind.CONTRIBUTION)),
        agent_idr=Rupiah(sum(line.agent_idr for line in kept)),
        wadah_idr=Rupiah(sum(line.wadah_idr for line in kept)),
        counted_members=members,
        threshold=threshold,
        lines=kept,
        rulebook_hash=book_hash,
    )
