"""What a month, a site or a placement costs: one case of any segment, and its answer."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from perisai.contributions.rules import (
    CitedRule,
    Funding,
    Programme,
    Sector,
    bpu_contribution,
    contribution_by_contract,
    contribution_by_wages,
    migrant_contribution,
    owed_programmes,
    pu_contribution,
    pu_fine,
    site_register_by,
)
from perisai.employers.rules import FirmSize, Industry
from perisai.kernel import clock
from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period
from perisai.site.cases import fields as f
from perisai.site.cases.lines import Answer

programmes: Final = f.set_of(Programme, '["jkk", "jkm"]')


def answer(case: Mapping[str, Any], language: str) -> Answer:
    """Raises Refused for what is wrong with the case. The figures are the same in every language."""
    del language
    expected, quote = _SEGMENTS[f.one_of(tuple(_SEGMENTS))("segment", f.needed(case, "segment"))]
    found = f.read(case, expected)
    del found["segment"]
    return quote(found)


def rules(cited: tuple[CitedRule, ...]) -> list[Answer]:
    return [
        {
            "rule": rule.rule,
            "value": rule.value,
            "since": rule.since.isoformat(),
            "reference": rule.reference,
            "confidence": rule.confidence,
        }
        for rule in cited
    ]


def _bpu(case: dict[str, Any]) -> Answer:
    price = bpu_contribution(**case)
    return {
        "jkk_idr": price.jkk_idr,
        "jkm_idr": price.jkm_idr,
        "jht_idr": price.jht_idr,
        "total_idr": price.total_idr,
        "rules": rules(price.rules),
    }


def _pu(case: dict[str, Any]) -> Answer:
    paid_on, size = case.pop("paid_on", None), case.pop("size", None)
    price = pu_contribution(**case)
    employer, worker, cited = price.employer, price.worker, price.rules
    found: Answer = {
        "employer": {
            "jkk_idr": employer.jkk_idr,
            "jkm_idr": employer.jkm_idr,
            "jht_idr": employer.jht_idr,
            "jp_idr": employer.jp_idr,
        },
        "worker": {"jht_idr": worker.jht_idr, "jp_idr": worker.jp_idr},
        "total_idr": price.total_idr,
    }
    if price.jp_deferrable_idr:
        found["jp_deferrable_idr"] = price.jp_deferrable_idr
    if price.jkp is not None:
        found["jkp"] = {
            "base_idr": price.jkp.base_idr,
            "state_idr": price.jkp.state_idr,
            "from_jkk_idr": price.jkp.from_jkk_idr,
            "from_jkm_idr": price.jkp.from_jkm_idr,
            "paid_on_top_idr": 0,
        }
    if size is not None:
        owed = owed_programmes(size, case["month"])
        found |= {"owed_programmes": [*owed], "missing_programmes": [p for p in owed if p not in case["programmes"]]}
    if paid_on is not None:
        relieved = any(rule.rule == "discounts.pp_7_2025.keeps" for rule in cited)
        fine = pu_fine(contribution_idr=price.total_idr, month=case["month"], paid_on=paid_on, relieved=relieved)
        found |= {
            "due_on": fine.due_on.isoformat(),
            "months_late": fine.months_late,
            "fine_idr": fine.fine_idr,
            "to_pay_idr": price.total_idr + fine.fine_idr,
        }
        cited += fine.rules
    return found | {"rules": rules(cited)}


def _construction(case: dict[str, Any]) -> Answer:
    work_order_on = case.pop("work_order_on", None)
    month = case.get("month") or (Period.of(work_order_on) if work_order_on else _this_month())
    if "wages_idr" in case and "contract_idr" in case:
        raise Refused(Code.FIELDS_CLASH, field="wages_idr", name="contract_idr", other="wages_idr")
    if "wages_idr" in case:
        price = contribution_by_wages(wages_idr=case["wages_idr"], month=month)
    else:
        price = contribution_by_contract(contract_idr=f.needed(case, "contract_idr"), month=month)
    found: Answer = {"jkk_idr": price.jkk_idr, "jkm_idr": price.jkm_idr, "total_idr": price.total_idr}
    if work_order_on is not None:
        found["register_by"] = site_register_by(work_order_on).isoformat()
    return found | {"rules": rules(price.rules)}


def _migrant(case: dict[str, Any]) -> Answer:
    price = migrant_contribution(**{"month": _this_month()} | case)
    return {
        "before_idr": price.before_idr,
        "placed_idr": price.placed_idr,
        "extension_idr": price.extension_idr,
        "jht_idr": price.jht_idr,
        "total_idr": price.total_idr,
        "rules": rules(price.rules),
    }


def _this_month() -> Period:
    return Period.of(clock.today())


_SEGMENTS: Final[Mapping[str, tuple[f.Fields, Callable[[dict[str, Any]], Answer]]]] = {
    "bpu": (
        {
            "segment": (f.one_of(("bpu",)), True),
            "income_idr": (f.whole, True),
            "programmes": (programmes, True),
            "month": (f.month, True),
            "sector": (f.word_of(Sector), False),
            "funded_by": (f.word_of(Funding), False),
            "paid_through": (f.month, False),
        },
        _bpu,
    ),
    "pu": (
        {
            "segment": (f.one_of(("pu",)), True),
            "wage_idr": (f.whole, True),
            "risk_class": (f.whole, True),
            "programmes": (programmes, True),
            "month": (f.month, True),
            "paid_through": (f.month, False),
            "industry": (f.word_of(Industry), False),
            "workers": (f.count, False),
            "size": (f.word_of(FirmSize), False),
            "paid_on": (f.day, False),
        },
        _pu,
    ),
    "construction": (
        {
            "segment": (f.one_of(("construction",)), True),
            "contract_idr": (f.whole, False),
            "wages_idr": (f.whole, False),
            "month": (f.month, False),
            "work_order_on": (f.day, False),
        },
        _construction,
    ),
    "migrant": (
        {
            "segment": (f.one_of(("migrant",)), True),
            "months": (f.whole, True),
            "month": (f.month, False),
            "extension_months": (f.whole, False),
            "jht_month_idr": (f.whole, False),
        },
        _migrant,
    ),
}
