"""Dated law: parameters with their references, looked up by day; holidays and working time."""

from perisai.rulebook.book import (
    BEGINS,
    Bracket,
    Change,
    Confidence,
    NotInForce,
    Parameter,
    Rulebook,
    RulebookError,
    Value,
    changes,
    on,
    parameters,
)

__all__ = [
    "BEGINS",
    "Bracket",
    "Change",
    "Confidence",
    "NotInForce",
    "Parameter",
    "Rulebook",
    "RulebookError",
    "Value",
    "changes",
    "on",
    "parameters",
]
