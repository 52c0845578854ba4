"""The verbs of incentives: settle a month, pay what is approved, print a statement, answer a dispute."""

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
from perisai.incentives.services.payout import (
    batch_file,
    confirm_receipt,
    deny_receipt,
    make_batch,
    mark_failed,
    mark_paid,
    mark_rest_paid,
)
from perisai.incentives.services.work import end_idle_agents

__all__ = [
    "Language",
    "accrue",
    "answer_dispute",
    "approve_month",
    "batch_file",
    "close_month",
    "confirm_receipt",
    "deny_receipt",
    "dispute_line",
    "end_idle_agents",
    "make_batch",
    "mark_failed",
    "mark_paid",
    "mark_rest_paid",
    "prepare_month",
    "prepare_months",
    "request_preparation",
    "send_back_month",
    "statement_document",
    "wadah_statement_document",
]
