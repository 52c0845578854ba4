"""The verbs of incentives: settle a month, print a statement, answer a dispute."""

from perisai.incentives.services.disputes import answer_dispute, dispute_line
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
    "answer_dispute",
    "approve_month",
    "close_month",
    "dispute_line",
    "prepare_month",
    "prepare_months",
    "request_preparation",
    "send_back_month",
    "statement_document",
    "wadah_statement_document",
]
