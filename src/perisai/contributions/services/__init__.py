"""The verbs of money: codes, payments, corrections, months."""

from perisai.contributions.services._booking import CheckedPayment
from perisai.contributions.services.codes import (
    approve_with_code,
    cancel_code,
    issue_member_code,
    issue_registration_code,
)
from perisai.contributions.services.corrections import record_death, reverse_payment
from perisai.contributions.services.firms import export_arrears, record_firm_payment, take_wage_report
from perisai.contributions.services.groups import cancel_group_code, issue_group_code, record_group_payment
from perisai.contributions.services.months import lapse_unpaid, open_ledger, open_ledger_ahead, remind_unpaid
from perisai.contributions.services.payments import (
    check_payment,
    note_refused_payment,
    record_payment,
    take_money,
)
from perisai.contributions.services.refunds import approve_refund, confirm_refund, propose_refund, reject_refund

__all__ = [
    "CheckedPayment",
    "approve_refund",
    "approve_with_code",
    "cancel_code",
    "cancel_group_code",
    "check_payment",
    "confirm_refund",
    "export_arrears",
    "issue_group_code",
    "issue_member_code",
    "issue_registration_code",
    "lapse_unpaid",
    "note_refused_payment",
    "open_ledger",
    "open_ledger_ahead",
    "propose_refund",
    "record_death",
    "record_firm_payment",
    "record_group_payment",
    "record_payment",
    "reject_refund",
    "remind_unpaid",
    "reverse_payment",
    "take_money",
    "take_wage_report",
]
