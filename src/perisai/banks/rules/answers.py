"""What a bank is answered: the response codes of SNAP (Bank Indonesia; domain 9).

A code is the HTTP status (3 digits), the service (2) and the case (2): ``4042514`` is 404, payment, "Paid Bill".
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from perisai.kernel.errors import Code, Refused


class Service(StrEnum):
    """Service codes of the standard; banks of one provider may know the last two by others (confidence: medium)."""

    TOKEN = "73"  # noqa: S105 (a number, not a secret)
    INQUIRY = "24"
    PAYMENT = "25"


class Case(StrEnum):
    SUCCESSFUL = "successful"
    BAD_REQUEST = "bad_request"
    FIELD_MALFORMED = "field_malformed"
    FIELD_MISSING = "field_missing"
    UNAUTHORIZED = "unauthorized"
    TOKEN_INVALID = "token_invalid"  # noqa: S105 (a name, not a secret)
    AMOUNT_LIMIT = "amount_limit"
    NOT_PERMITTED = "not_permitted"
    DAY_LIMIT = "day_limit"
    BILL_UNKNOWN = "bill_unknown"
    AMOUNT_INVALID = "amount_invalid"
    BILL_PAID = "bill_paid"
    INCONSISTENT = "inconsistent"
    BILL_EXPIRED = "bill_expired"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands in the standard: HTTP status, case code, message, and whether a word follows in brackets."""

    status: int
    case: str
    message: str


CASES: Final[dict[Case, Standing]] = {
    Case.SUCCESSFUL: Standing(200, "00", "Successful"),
    Case.BAD_REQUEST: Standing(400, "00", "Bad Request"),
    Case.FIELD_MALFORMED: Standing(400, "01", "Invalid Field Format"),
    Case.FIELD_MISSING: Standing(400, "02", "Invalid Mandatory Field"),
    Case.UNAUTHORIZED: Standing(401, "00", "Unauthorized."),
    Case.TOKEN_INVALID: Standing(401, "01", "Invalid Token (B2B)"),
    Case.AMOUNT_LIMIT: Standing(403, "02", "Exceeds Transaction Amount Limit"),
    Case.NOT_PERMITTED: Standing(403, "15", "Transaction Not Permitted."),
    Case.DAY_LIMIT: Standing(403, "20", "Merchant Limit Exceed"),
    Case.BILL_UNKNOWN: Standing(404, "12", "Invalid Bill/Virtual Account"),
    Case.AMOUNT_INVALID: Standing(404, "13", "Invalid Amount"),
    Case.BILL_PAID: Standing(404, "14", "Paid Bill"),
    Case.INCONSISTENT: Standing(404, "18", "Inconsistent Request"),
    Case.BILL_EXPIRED: Standing(404, "19", "Invalid Bill/Virtual Account"),
    Case.CONFLICT: Standing(409, "00", "Conflict"),
    Case.DUPLICATE: Standing(409, "01", "Duplicate paymentRequestId"),
    Case.TOO_MANY: Standing(429, "00", "Too Many Requests"),
}

REFUSALS: Final[dict[Code, Case]] = {
    Code.CODE_UNKNOWN: Case.BILL_UNKNOWN,
    Code.CODE_CANCELLED: Case.BILL_UNKNOWN,
    Code.CODE_EXPIRED: Case.BILL_EXPIRED,
    Code.CODE_ALREADY_PAID: Case.BILL_PAID,
    Code.MONTH_ALREADY_PAID: Case.BILL_PAID,
    Code.AMOUNT_WRONG: Case.AMOUNT_INVALID,
    Code.CHANNEL_REFERENCE_USED: Case.DUPLICATE,
    Code.BANK_PAYMENT_TOO_LARGE: Case.AMOUNT_LIMIT,
    Code.BANK_DAY_FULL: Case.DAY_LIMIT,
}
"""What the rules of money refuse, in the bank's words; any other refusal is "not permitted" with its name."""


class Rejected(Exception):
    """The request itself is not one to answer: shape, signature, token or time. ``about`` is a field or a short word."""

    def __init__(self, case: Case, about: str = "") -> None:
        super().__init__(case, about)
        self.case, self.about = case, about


def response_code(service: Service, case: Case) -> str:
    """Seven digits: ``2002500``."""
    standing = CASES[case]
    return f"{standing.status}{service}{standing.case}"


def message(case: Case, about: str = "") -> str:
    """The standard's words, with the field or the reason in brackets where there is one."""
    return f"{CASES[case].message} [{about}]" if about else CASES[case].message


def case_of(refusal: Refused) -> tuple[Case, str]:
    """The case of a refused payment, and the word that goes with it."""
    case = REFUSALS.get(refusal.code, Case.NOT_PERMITTED)
    tells = case in (Case.NOT_PERMITTED, Case.BILL_EXPIRED) or refusal.code is Code.CODE_CANCELLED
    return case, refusal.code.value if tells else ""
