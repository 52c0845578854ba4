"""The verbs of incentives: settle a month, print a statement."""

from perisai.incentives.services.month import (
    accrue,
    approve_month,
    close_month,
    prepare_month,
    prepare_months,
    request_preparation,
    send_back_month,
)
from perisai.incentives.services.papers import Language, statement_document, wadah_statement_document

__all__ = [
    "Language",
    "accrue",
    "approve_month",
    "close_month",
    "prepare_month",
    "prepare_months",
    "request_preparation",
    "send_back_month",
    "statement_document",
    "wadah_statement_document",
]
