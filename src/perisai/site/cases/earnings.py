"""What an agent and its Wadah earn in a month: one case, and its answer with a reason a line."""

from collections.abc import Mapping
from typing import Any, Final

from perisai import rulebook
from perisai.contributions.rules import Programme
from perisai.incentives import wording
from perisai.incentives.rules import SMALL_FIRMS, Incentive, Kind, Line, NewMember, PaidMonth, Segment, regime_for
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR, Rupiah
from perisai.kernel.period import Period
from perisai.rulebook import telling
from perisai.site.cases import fields as f
from perisai.site.cases.lines import Answer

MOST_MANAGED: Final = 1200
"""Months: a hundred years under one agent are a slip of the keyboard."""


def answer(case: Mapping[str, Any], language: str) -> Answer:
    """Raises Refused for what is wrong with the case."""
    found = f.read(case, _CASE)
    period: Period = found["month"]
    members = [
        NewMember(f"new_members[{place}]", frozenset(each.pop("programmes")), **each)
        for place, each in enumerate(found.get("new_members", []), start=1)
    ]
    paid = [
        _paid(f"contributions[{place}]", each) for place, each in enumerate(found.get("contributions", []), start=1)
    ]
    month = regime_for(period)(period, members, paid)
    managed = {each.id: each.managed_month for each in paid}
    return {
        "regime": month.regime,
        "acquisition_idr": month.acquisition_idr,
        "contribution_idr": month.contribution_idr,
        "agent_idr": month.agent_idr,
        "wadah_idr": month.wadah_idr,
        "counted_members": month.counted_members,
        "threshold": month.threshold,
        "lines": [_line(month, line, managed.get(str(line.subject_id), 1), language) for line in month.lines],
    }


def _paid(place: str, case: dict[str, Any]) -> PaidMonth:
    """A firm's month needs what the whole firm pays, for the limit goes by that."""
    segment = case.get("segment", Segment.BPU)
    if segment in SMALL_FIRMS and not case.get("firm_month_idr"):
        raise Refused(Code.FIELD_MISSING, field=f"{place}.firm_month_idr", name=f"{place}.firm_month_idr")
    return PaidMonth(place, Rupiah(case.pop("amount_idr")), **case)


def _line(month: Incentive, line: Line, managed_month: int, language: str) -> Answer:
    """``about`` null: the flat sum, which is about the month."""
    rate = telling.percent(line.rate, language) if line.rate is not None else ""
    sentence = wording.WHY[line.kind, line.reason]
    why = wording.said(sentence, language, counted=month.counted_members, threshold=month.threshold, rate=rate)
    found: Answer = {
        "about": None if line.subject_id is None else str(line.subject_id),
        "kind": line.kind.value,
        "counted": line.counted,
        "amount_idr": line.amount_idr,
        "agent_idr": line.agent_idr,
        "wadah_idr": line.wadah_idr,
    }
    if line.kind is Kind.CONTRIBUTION:
        found |= {"received_idr": line.received_idr, "rate": None if line.rate is None else str(line.rate)}
    rules = [_rule(name, month.period, managed_month) for name in _RULES[month.regime, line.kind]]
    return found | {"reason": line.reason.value, "why": why, "rules": rules}


def _rule(name: str, period: Period, managed_month: int) -> Answer:
    law = rulebook.on(period.first_day)
    if name in _SCALES:
        found: rulebook.Value[object] = law.bracket(name, managed_month).amount
    else:
        found = law.value(name, object)
    return {
        "rule": name,
        "value": telling.plain(found.value),
        "since": found.since.isoformat(),
        "reference": found.reference,
        "confidence": found.confidence.value,
    }


_SCALES: Final = {"incentive.regime_2022.contribution_rate"}
_RULES: Final = {
    ("regime_2017", Kind.ACQUISITION): (
        "incentive.regime_2017.threshold",
        "incentive.regime_2017.acquisition",
        "incentive.regime_2017.wadah_share",
    ),
    ("regime_2017", Kind.CONTRIBUTION): (
        "incentive.regime_2017.contribution_rate",
        "incentive.regime_2017.firm_month_at_most",
        "incentive.regime_2017.wadah_share",
    ),
    ("regime_2022", Kind.ACQUISITION): (
        "incentive.regime_2022.threshold",
        "incentive.regime_2022.acquisition_with_jht",
        "incentive.regime_2022.acquisition_without_jht",
        "incentive.regime_2022.wadah_rate",
    ),
    ("regime_2022", Kind.CONTRIBUTION): (
        "incentive.regime_2022.contribution_rate",
        "incentive.regime_2022.pu_contribution_rate",
        "incentive.regime_2022.wadah_rate",
    ),
}
"""What decides on a line of each kind."""


def _amount(name: str, value: object) -> int:
    if not 0 <= f.whole(name, value) <= MOST_IDR:
        raise Refused(Code.FIELD_WRONG, field=name, name=name, expected=f"0 … {MOST_IDR}")
    return f.whole(name, value)


def _managed(name: str, value: object) -> int:
    if not 1 <= f.whole(name, value) <= MOST_MANAGED:
        raise Refused(Code.FIELD_WRONG, field=name, name=name, expected=f"1 … {MOST_MANAGED}")
    return f.whole(name, value)


_MEMBER: Final[f.Fields] = {
    "programmes": (f.set_of(Programme, '["jkk", "jkm"]'), True),
    "first_time_bpu": (f.truth, True),
    "segment": (f.word_of(Segment), False),
}
_CONTRIBUTION: Final[f.Fields] = {
    "amount_idr": (_amount, True),
    "managed_month": (_managed, True),
    "segment": (f.word_of(Segment), False),
    "firm_month_idr": (_amount, False),
}
_CASE: Final[f.Fields] = {
    "month": (f.month, True),
    "new_members": (f.list_of(_MEMBER, '[{"programmes": ["jkk", "jkm"], "first_time_bpu": true}]'), False),
    "contributions": (f.list_of(_CONTRIBUTION, '[{"amount_idr": 16800, "managed_month": 1}]'), False),
}
