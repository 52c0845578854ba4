"""Names and kinds of columns: rupiah, days, instants, spans."""

import ast
import re

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from tests.house import source, tables

MONEY_WORDS = {"amount", "price", "wage", "income", "fee", "fine", "paid", "due", "cost", "rupiah"}
NOT_MONEY = {"targets.Target.amount": "members to reach"}
FRACTIONS = {
    "incentives.IncentiveLine.rate",
    "incentives.Statement.tax_rate",
    "targets.ReportedFigure.reported_percent",
}

DAYS = {
    "on", "as_of", "month", "first_month", "period", "about_period",
    "effective_from", "protected_from", "paid_until", "managed_since",
}  # fmt: skip
"""Days that the trade calls by another name; ``month`` and ``period`` hold the first of a month."""
INSTANTS = {"at", "locked_until", "last_login"}


def of_kind(*kinds: type) -> list[tuple[str, str]]:
    return [(place, field.name) for place, field in tables.columns() if type(field) in kinds]


def test_rupiah_are_whole_and_wide() -> None:
    narrow = [
        place
        for place, field in tables.columns()
        if field.name.endswith("_idr")
        and not isinstance(
            field.output_field if isinstance(field, models.GeneratedField) else field, models.BigIntegerField
        )
    ]
    assert not narrow


def test_rupiah_say_so() -> None:
    counts = (models.IntegerField, models.BigIntegerField, models.PositiveIntegerField, models.GeneratedField)
    silent = {
        place for place, name in of_kind(*counts) if MONEY_WORDS & set(name.split("_")) and not name.endswith("_idr")
    }
    assert silent == set(NOT_MONEY)


def test_no_column_is_a_float_and_decimals_are_fractions() -> None:
    assert not of_kind(models.FloatField)
    assert {place for place, _ in of_kind(models.DecimalField)} == FRACTIONS


def test_float_is_a_stranger_where_money_is() -> None:
    """The likeness of two names may be a float; nothing may in a file of the rooms that speaks of rupiah."""
    found = [
        source.told(path, node.lineno)
        for path in source.files()
        if source.room_of(path) not in source.DOORS and re.search("_idr|Rupiah", path.read_text(encoding="utf-8"))
        for node in ast.walk(source.tree(path))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert not found


def test_days_instants_and_spans_are_named_for_what_they_are() -> None:
    wrong = [place for place, name in of_kind(models.DateField) if not (name.endswith("_on") or name in DAYS)]
    wrong += [place for place, name in of_kind(models.DateTimeField) if not (name.endswith("_at") or name in INSTANTS)]
    wrong += [place for place, name in of_kind(DateRangeField) if name != "during"]
    assert not wrong


def test_a_money_column_has_a_floor_in_the_database() -> None:
    """Amounts of facts are positive or not negative; only a ledger of differences may go below zero."""
    differences = {
        "contributions.CreditEntry",
        "incentives.IncentiveLine",
        "incentives.Preview",
        "incentives.Statement",
        "contributions.FirmDue",
    }
    generated = {place for place, field in tables.columns() if isinstance(field, models.GeneratedField)}
    bare = []
    for model in tables.ours():
        owner = f"{model._meta.app_label}.{model.__name__}"
        checks = " ".join(
            str(each.condition) for each in model._meta.constraints if isinstance(each, models.CheckConstraint)
        )
        bare += [
            f"{owner}.{field.name}"
            for field in model._meta.concrete_fields
            if field.name.endswith("_idr")
            and owner not in differences
            and f"{owner}.{field.name}" not in generated
            and f"{field.name}__gt" not in checks
        ]
    assert not bare
