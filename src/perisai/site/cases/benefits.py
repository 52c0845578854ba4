"""What protection pays: one case, and its answer."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from perisai.claims.rules import DeathBenefit, accident_death_benefit, death_benefit, scholarship
from perisai.kernel.errors import Code, Refused
from perisai.site.cases import fields as f
from perisai.site.cases.lines import Answer
from perisai.site.cases.quotes import rules


def answer(case: Mapping[str, Any], language: str) -> Answer:
    """Raises Refused for what is wrong with the case. The figures are the same in every language."""
    del language
    expected, pay = _BENEFITS[f.one_of(tuple(_BENEFITS))("benefit", f.needed(case, "benefit"))]
    found = f.read(case, expected)
    del found["benefit"]
    return pay(found)


def _death(case: dict[str, Any]) -> Answer:
    if case["member_since"] > case["died_on"]:
        raise Refused(Code.SPAN_EMPTY, field="member_since")
    segment = case.pop("segment", "bpu")
    return _paid(death_benefit(**case, without_employer=segment == "bpu"))


def _accident(case: dict[str, Any]) -> Answer:
    return _paid(accident_death_benefit(**case))


def _scholarship(case: dict[str, Any]) -> Answer:
    most = scholarship(**case)
    return {
        "children": most.children,
        "child_idr": most.child_idr,
        "total_idr": most.total_idr,
        "rules": rules(most.rules),
    }


def _paid(benefit: DeathBenefit) -> Answer:
    return {
        "lump_idr": benefit.lump_idr,
        "periodic_idr": benefit.periodic_idr,
        "funeral_idr": benefit.funeral_idr,
        "total_idr": benefit.total_idr,
        "waiting": benefit.waiting,
        "rules": rules(benefit.rules),
    }


_BENEFITS: Final[Mapping[str, tuple[f.Fields, Callable[[dict[str, Any]], Answer]]]] = {
    "death": (
        {
            "benefit": (f.one_of(("death",)), True),
            "died_on": (f.day, True),
            "member_since": (f.day, True),
            "segment": (f.one_of(("bpu", "pu")), False),
        },
        _death,
    ),
    "accident_death": (
        {
            "benefit": (f.one_of(("accident_death",)), True),
            "died_on": (f.day, True),
            "base_idr": (f.whole, True),
        },
        _accident,
    ),
    "scholarship": (
        {
            "benefit": (f.one_of(("scholarship",)), True),
            "died_on": (f.day, True),
            "children": (f.count, True),
        },
        _scholarship,
    ),
}
