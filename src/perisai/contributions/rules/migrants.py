"""What a migrant worker (PMI) pays for a placement."""

from dataclasses import dataclass
from typing import Final

from perisai import rulebook
from perisai.contributions.rules.law import CitedRule, Reading
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import ZERO, Rupiah
from perisai.kernel.period import Period

PLACEMENTS: Final = (6, 12, 24)
"""Months of a placement that have a price."""
MOST_EXTENSION: Final = 60
"""Months; no source sets an end, but a longer extension is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class MigrantContribution:
    """All of one placement. ``placed_idr`` covers the time during and after it."""

    before_idr: Rupiah
    placed_idr: Rupiah
    extension_idr: Rupiah
    jht_idr: Rupiah
    total_idr: Rupiah
    rules: tuple[CitedRule, ...]


def migrant_contribution(
    *, months: int, month: Period, extension_months: int = 0, jht_month_idr: int = 0
) -> MigrantContribution:
    """The contribution for a placement of 6, 12 or 24 months (Permenaker 4/2023 Pasal 18; domain 2.8).

    ``month`` is that of departure; ``jht_month_idr`` is voluntary, 0 without, for every month of placement and
    extension. Raises Refused(PLACEMENT_UNKNOWN, EXTENSION_OUT_OF_RANGE, JHT_OUT_OF_RANGE, MONTH_BEFORE_LAW).
    """
    if months not in PLACEMENTS:
        raise Refused(Code.PLACEMENT_UNKNOWN, field="months", months=months)
    if not 0 <= extension_months <= MOST_EXTENSION:
        raise Refused(Code.EXTENSION_OUT_OF_RANGE, field="extension_months", most=MOST_EXTENSION)
    law = Reading(month)
    if not law.knows("migrant.before_departure"):
        raise Refused(Code.MONTH_BEFORE_LAW, field="month", month=month, first=_first_month())
    before, placed = law.whole("migrant.before_departure"), law.whole(f"migrant.placed_{months}_months")
    extension = Rupiah(extension_months * law.whole("migrant.extension_month")) if extension_months else ZERO
    jht = Rupiah(_jht_month(law, jht_month_idr) * (months + extension_months)) if jht_month_idr else ZERO
    return MigrantContribution(before, placed, extension, jht, Rupiah(before + placed + extension + jht), law.cited)


def _jht_month(law: Reading, chosen_idr: int) -> int:
    least, most = law.whole("migrant.jht_month_least"), law.whole("migrant.jht_month_most")
    if not least <= chosen_idr <= most:
        raise Refused(Code.JHT_OUT_OF_RANGE, field="jht_month_idr", least=least, most=most)
    return chosen_idr


def _first_month() -> Period:
    """The first month whose first day knows the amounts."""
    began = next(known for known in rulebook.parameters() if known.name == "migrant.before_departure").values[0].since
    return Period.of(began).next if began.day > 1 else Period.of(began)
