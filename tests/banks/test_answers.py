"""The response codes of the standard, written out: what a bank's program has in its own table."""

import pytest

from perisai.banks.rules.answers import CASES, REFUSALS, Case, Service, case_of, message, response_code
from perisai.kernel.errors import Code, Refused

PAYMENT_CODES = {
    Case.SUCCESSFUL: ("2002500", "Successful"),
    Case.BAD_REQUEST: ("4002500", "Bad Request"),
    Case.FIELD_MALFORMED: ("4002501", "Invalid Field Format"),
    Case.FIELD_MISSING: ("4002502", "Invalid Mandatory Field"),
    Case.UNAUTHORIZED: ("4012500", "Unauthorized."),
    Case.TOKEN_INVALID: ("4012501", "Invalid Token (B2B)"),
    Case.AMOUNT_LIMIT: ("4032502", "Exceeds Transaction Amount Limit"),
    Case.NOT_PERMITTED: ("4032515", "Transaction Not Permitted."),
    Case.DAY_LIMIT: ("4032520", "Merchant Limit Exceed"),
    Case.BILL_UNKNOWN: ("4042512", "Invalid Bill/Virtual Account"),
    Case.AMOUNT_INVALID: ("4042513", "Invalid Amount"),
    Case.BILL_PAID: ("4042514", "Paid Bill"),
    Case.INCONSISTENT: ("4042518", "Inconsistent Request"),
    Case.BILL_EXPIRED: ("4042519", "Invalid Bill/Virtual Account"),
    Case.CONFLICT: ("4092500", "Conflict"),
    Case.DUPLICATE: ("4092501", "Duplicate paymentRequestId"),
    Case.TOO_MANY: ("4292500", "Too Many Requests"),
}


@pytest.mark.parametrize("case", Case)
def test_a_payment_is_answered_by_the_book(case: Case) -> None:
    assert (response_code(Service.PAYMENT, case), message(case)) == PAYMENT_CODES[case]


@pytest.mark.parametrize(
    ("service", "case", "code"),
    [
        (Service.TOKEN, Case.SUCCESSFUL, "2007300"),
        (Service.TOKEN, Case.UNAUTHORIZED, "4017300"),
        (Service.INQUIRY, Case.SUCCESSFUL, "2002400"),
        (Service.INQUIRY, Case.BILL_PAID, "4042414"),
        (Service.INQUIRY, Case.TOKEN_INVALID, "4012401"),
    ],
)
def test_the_service_stands_in_the_middle(service: Service, case: Case, code: str) -> None:
    assert response_code(service, case) == code


def test_no_two_cases_share_a_code() -> None:
    assert len({(each.status, each.case) for each in CASES.values()}) == len(Case) == len(CASES)


def test_a_refusal_that_the_standard_has_no_case_for_is_not_permitted_and_named() -> None:
    assert case_of(Refused(Code.PAID_BEFORE_CODE)) == (Case.NOT_PERMITTED, "paid_before_code")
    assert case_of(Refused(Code.CODE_ALREADY_PAID)) == (Case.BILL_PAID, "")
    assert set(REFUSALS.values()) <= set(CASES)


def test_a_field_is_named_in_brackets() -> None:
    assert message(Case.FIELD_MISSING, "paidAmount.value") == "Invalid Mandatory Field [paidAmount.value]"
