"""What the protection will cost, with the law it follows: while typing, on the slip, before a decision."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from perisai.contributions import rules
from perisai.contributions.rules import CitedRule, CodeAmount
from perisai.kernel.errors import Refused
from perisai.kernel.period import Period
from perisai.membership.rules import OCCUPATIONS


@dataclass(frozen=True, slots=True)
class Price:
    """``amount`` is None where what is known so far has no price; ``laws`` are each named once."""

    amount: CodeAmount | None

    @property
    def first(self) -> rules.MonthPrice:
        assert self.amount is not None
        return self.amount.months[0]

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The first month by programme, in the law's order, without those not chosen."""
        one = self.first.contribution
        parts = [("JKK", one.jkk_idr), ("JKM", one.jkm_idr), ("JHT", one.jht_idr)]
        return [(name, int(amount)) for name, amount in parts if amount]

    @property
    def laws(self) -> list[CitedRule]:
        assert self.amount is not None
        found: dict[str, CitedRule] = {}
        for month in self.amount.months:
            for rule in month.contribution.rules:
                found.setdefault(rule.reference, rule)
        return list(found.values())

    @property
    def relief(self) -> bool:
        """Whether a discount of the law is in the first month."""
        return any(rule.rule.startswith("discounts.") for rule in self.first.contribution.rules)


def price_of(*, today: date, months: int, income_idr: int, programmes: Collection[str], occupation: str) -> Price:
    """The price of ``months`` from this month on."""
    try:
        return Price(
            rules.payment_code_amount(
                first=Period.of(today),
                months=months,
                income_idr=income_idr,
                programmes=[rules.Programme(each) for each in programmes],
                sector=rules.Sector(OCCUPATIONS[occupation]),
            )
        )
    except (Refused, KeyError, ValueError):
        return Price(None)
