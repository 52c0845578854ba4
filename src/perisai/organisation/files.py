"""The agency's offices and territories as they ship with the program (domain 5)."""

from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import yaml

HEAD = "KP"


@dataclass(frozen=True, slots=True)
class OfficeRow:
    kind: str
    code: str
    name: str
    parent_code: str | None
    timezone: str
    confidence: str


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """``region_code`` is served by ``office_code``; ``reference`` is empty where nothing public says so."""

    office_code: str
    region_code: str
    confidence: str
    reference: str


@dataclass(frozen=True, slots=True)
class Agency:
    """Parents come before their children."""

    since: date
    offices: tuple[OfficeRow, ...]
    territories: tuple[TerritoryRow, ...]


def read_agency() -> Agency:
    """What ``data/offices.yaml`` says. A province served by a regional office is medium where nothing else is said."""
    text = (resources.files("perisai.organisation") / "data" / "offices.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    zones = {each["code"]: each["timezone"] for each in told["regional"]}
    offices = [_office("head", told["head"], None, told["head"]["timezone"])]
    offices += [_office("regional", each, HEAD, each["timezone"]) for each in told["regional"]]
    offices += [_office("branch", each, each["under"], zones[each["under"]]) for each in told["branches"]]
    provinces = [
        TerritoryRow(each["code"], region, each.get("serves_confidence", "medium"), each.get("reference", ""))
        for each in told["regional"]
        for region in each["serves"]
    ]
    places = [
        TerritoryRow(each["code"], row["region"], row["confidence"], row.get("reference", ""))
        for each in told["branches"]
        for row in each["serves"]
    ]
    return Agency(told["since"], tuple(offices), (*provinces, *places))


def _office(kind: str, row: dict[str, Any], parent_code: str | None, timezone: str) -> OfficeRow:
    return OfficeRow(kind, row["code"], row["name"], parent_code, timezone, row["confidence"])
