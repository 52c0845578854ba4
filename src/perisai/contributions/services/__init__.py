"""The verbs of money: codes, payments, corrections, months."""

from perisai.contributions.services._booking import CheckedPayment
from perisai.contributions.services.codes import (
    approve_with_code,
    cancel_code,
    issue_member_code,
    issue_registration_code,
)
from perisai.contributions.services.corrections import reverse_payment
from perisai.contributions.services.months import lapse_unpaid, open_ledger, open_ledger_ahead
from perisai.contributions.services.payments import (
    check_payment,
    note_refused_payment,
    record_payment,
    take_money,
)

__all__ = [
    "CheckedPayment",
    "approve_with_code",
    "cancel_code",
    "check_payment",
    "issue_member_code",
    "issue_registration_code",
    "lapse_unpaid",
    "note_refused_payment",
    "open_ledger",
    "open_ledger_ahead",
    "record_payment",
    "reverse_payment",
    "take_money",
]
