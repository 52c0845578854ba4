"""The figures of the report of 2017 as they ship with the program (domain 0, 11.1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class TargetRow:
    """``year`` None: the running year, for the fictional cast that lives today."""

    office_code: str
    year: int | None
    segment: str
    amount: int
    source: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    office_code: str
    segment: str
    as_of: date
    attained: int
    target: int
    reported_percent: Decimal | None
    source: str
    confidence: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Report:
    targets: tuple[TargetRow, ...]
    figures: tuple[FigureRow, ...]


def read_report() -> Report:
    """What ``data/report_2017.yaml`` says."""
    text = (resources.files("perisai.targets") / "data" / "report_2017.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    as_of, source, invented = told["as_of"], told["source"], told["synthetic_source"]
    region = told["region"]
    figures = [
        FigureRow(
            region["office"], segment, as_of, each["attained"], each["target"], Decimal(each["reported_percent"]),
            source, each["confidence"], is_synthetic=False,
        )
        for segment, each in region["segments"].items()
    ]  # fmt: skip
    targets = [TargetRow(row.office_code, as_of.year, row.segment, row.target, source, False) for row in figures]
    for office, segments in told["synthetic_regions"].items():
        for segment, (attained, target) in segments.items():
            figures.append(FigureRow(office, segment, as_of, attained, target, None, invented, "low", True))
            targets.append(TargetRow(office, as_of.year, segment, target, invented, True))
    for segment, total in ((row.segment, row.target) for row in figures if not row.is_synthetic):
        for office, share in _shares(told["branch_weights"][segment], total).items():
            targets.append(TargetRow(office, as_of.year, segment, share, invented, True))
    targets += [
        TargetRow(office, None, segment, amount, invented, True)
        for segment, offices in told["today"].items()
        for office, amount in offices.items()
    ]
    return Report(tuple(targets), tuple(figures))


def _shares(weights: dict[str, int], total: int) -> dict[str, int]:
    """``total`` in proportion to the weights, in whole members that sum to it: the largest remainders get one more."""
    whole = sum(weights.values())
    shares = {office: total * weight // whole for office, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda office: total * weights[office] % whole, reverse=True)
    for office in by_remainder[: total - sum(shares.values())]:
        shares[office] += 1
    return shares
