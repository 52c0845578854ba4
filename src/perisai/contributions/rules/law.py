"""Reading the rulebook for one month, with a note of every figure that was used."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self, TypeVar

from perisai import rulebook
from perisai.employers.rules import Industry
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR, ZERO, Rupiah, share
from perisai.kernel.period import Period

T = TypeVar("T")
FIRST_MONTH: Final = Period.of(rulebook.BEGINS)
RISK_CLASSES: Final = range(1, 6)


class Programme(StrEnum):
    JKK = "jkk"
    JKM = "jkm"
    JHT = "jht"
    JP = "jp"


class Sector(StrEnum):
    TRANSPORT = "transport"
    OTHER = "other"


class Funding(StrEnum):
    SELF = "self"
    APBN = "apbn"
    APBD = "apbd"
    CSR = "csr"


@dataclass(frozen=True, slots=True)
class CitedRule:
    """One figure of the rulebook that went into an amount. ``value``: whole number, or a fraction written out."""

    rule: str
    value: int | str
    since: date
    reference: str
    confidence: str


def law_hash(day: date) -> str:
    """Names the rulebook in force, for a row of a ledger."""
    return rulebook.on(day).hash


def check_amount(amount: int, field: str, code: Code = Code.INCOME_OUT_OF_RANGE) -> None:
    if not 0 < amount <= MOST_IDR:
        raise Refused(code, field=field)


def law_of(month: Period) -> rulebook.Rulebook:
    """A contribution month follows the law of its first day."""
    if month < FIRST_MONTH:
        raise Refused(Code.MONTH_BEFORE_LAW, field="month", month=str(month), first=str(FIRST_MONTH))
    return rulebook.on(month.first_day)


class Reading:
    """Reads figures for one month and keeps a note of each that was used."""

    def __init__(self, month: Period) -> None:
        self._book = law_of(month)
        self._noted: list[CitedRule] = []

    @classmethod
    def on(cls, day: date) -> Self:
        """The law of a day, for what goes by days. Raises Refused(MONTH_BEFORE_LAW)."""
        reading = cls(Period.of(day))
        reading._book = rulebook.on(day)
        return reading

    @property
    def hash(self) -> str:
        return self._book.hash

    @property
    def cited(self) -> tuple[CitedRule, ...]:
        return tuple(self._noted)

    def knows(self, name: str) -> bool:
        try:
            return self._book.value(name, object) is not None
        except rulebook.NotInForce:
            return False

    def rate(self, name: str, book: rulebook.Rulebook | None = None) -> Decimal:
        """Of the month's law, or of the law of another day where the rule goes by that day."""
        return self._note(name, (book or self._book).rate(name)).value

    def word(self, name: str) -> str:
        return self._note(name, self._book.value(name, str)).value

    def whole(self, name: str) -> Rupiah:
        return Rupiah(self._note(name, self._book.whole(name)).value)

    def base(self, income_idr: int) -> Rupiah:
        """The base of the bracket that holds the income; bracket and base are cited apart, for confidence differs."""
        bracket = self._book.bracket("bpu.base", income_idr)
        self._note("bpu.base.income_from", bracket.threshold)
        return Rupiah(self._note("bpu.base", bracket.amount).value)

    def kept_after_pandemic_relief(self, paid_through: Period | None) -> Decimal:
        """PP 49/2020: nearly nothing of JKK and JKM is paid by who had paid up to July 2020."""
        keeps = self._book.rate("discounts.pp_49_2020.keeps")
        if keeps.value == 1 or paid_through is None:
            return Decimal(1)
        if paid_through < self._book.value("discounts.pp_49_2020.paid_through", Period).value:
            return Decimal(1)
        return self._note("discounts.pp_49_2020.keeps", keeps).value

    def kept_after_relief_of_2026(self, sector: Sector, funded_by: Funding) -> Decimal:
        """PP 50/2025: half of JKK and JKM, unless the state's or the region's budget pays."""
        name = f"discounts.pp_50_2025.{sector}"
        keeps = self._book.rate(name)
        if keeps.value == 1 or funded_by in self._book.words("discounts.pp_50_2025.not_funded_by").value:
            return Decimal(1)
        return self._note(name, keeps).value

    def kept_by_labour_intensive(self, industry: Industry | None, workers: int, paid_through: Period | None) -> Decimal:
        """PP 7/2025 and PP 36/2025: half of JKK, for firms with enough workers that had paid before it began."""
        keeps = self._book.rate("discounts.pp_7_2025.keeps")
        if keeps.value == 1 or industry is None or paid_through is None:
            return Decimal(1)
        if (
            industry not in self._book.words("discounts.pp_7_2025.industries").value
            or workers < self._book.whole("discounts.pp_7_2025.least_workers").value
            or paid_through < self._book.value("discounts.pp_7_2025.paid_through", Period).value
        ):
            return Decimal(1)
        return self._note("discounts.pp_7_2025.keeps", keeps).value

    def deferrable(self, jp_idr: Rupiah) -> Rupiah:
        """PP 49/2020: most of JP might be paid later, on application."""
        name = "discounts.pp_49_2020.jp_deferrable"
        part = self._book.rate(name)
        return share(jp_idr, self._note(name, part).value) if jp_idr and part.value else ZERO

    def slices(self, name: str, amount: int) -> Decimal:
        """The sum over the slices of ``amount``, each at its own rate, like a tax scale; not rounded yet."""
        brackets, total = self._book.scale(name), Decimal(0)
        ends = [bracket.threshold.value for bracket in brackets[1:]] + [amount]
        for place, (bracket, end) in enumerate(zip(brackets, ends, strict=True), start=1):
            part = min(end, amount) - bracket.threshold.value
            if part > 0:
                total += part * self._note(f"{name}[{place:02}].amount", bracket.amount).value
        return total

    def _note(self, name: str, value: rulebook.Value[T]) -> rulebook.Value[T]:
        shown = value.value if isinstance(value.value, int) else str(value.value)
        self._noted.append(CitedRule(name, shown, value.since, value.reference, value.confidence.value))
        return value
