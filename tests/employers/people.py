"""A firm of Baso with its workers, for tests of firms; everybody is invented."""

from datetime import date
from typing import Any

from perisai.contributions import services as contributions
from perisai.employers import services
from perisai.employers.rules import FirmSize
from perisai.kernel.period import Period
from perisai.site.cast import KOTO_TINGGI, Cast

WORKERS = (
    ("1306085001900003", "Siti Aminah", 3_200_000),
    ("1306081001900001", "Ali Akbar", 12_000_000),
    ("1306084107950031", "Fitri Yani", 1_949_284),
)
OCTOBER = Period(2017, 10)


def csv(*workers: tuple[str, str, int]) -> bytes:
    lines = [f"{nik};{name};{wage}" for nik, name, wage in workers or WORKERS]
    return "\n".join(["NIK;Nama;Upah", *lines]).encode()


def firm(cast: Cast, **changed: Any) -> Any:
    """What Laras registers: a medium firm of risk class 1."""
    facts: dict[str, Any] = {
        "branch_code": "BKT", "npp": "AK000001", "division": "000", "name": "PT Rangkiang Baso (fiktif)",
        "size": FirmSize.MEDIUM, "risk_class": 1, "industry": None, "village_code": KOTO_TINGGI,
        "registered_on": date(2017, 8, 1),
    }  # fmt: skip
    return services.register_firm(actor=cast.laras, **facts | changed)


def draft(cast: Cast, owner: Any, month: Period = OCTOBER, content: bytes | None = None) -> Any:
    return services.draft_wages(actor=cast.laras, firm_id=owner.id, month=month, content=content or csv())


def reported(cast: Cast, owner: Any, month: Period = OCTOBER, content: bytes | None = None) -> Any:
    """The bill of a month whose report Laras took."""
    found = draft(cast, owner, month, content)
    return contributions.take_wage_report(actor=cast.laras, firm_id=owner.id, draft_id=found.id)
