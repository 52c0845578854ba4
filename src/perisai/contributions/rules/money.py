"""What becomes of money: months paid, and months taken back (docs/adr/0011)."""

from enum import StrEnum


class LineReason(StrEnum):
    """Why a line of the ledger stands there: the first pays a month, the others take a paid month back."""

    PAID = "paid"
    TAKEN_BACK = "taken_back"
    AFTER_DEATH = "after_death"
    REFUNDED = "refunded"
