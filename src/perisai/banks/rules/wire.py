"""Reading what a bank sends: instants, amounts, virtual accounts, bodies (SNAP; domain 9)."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from perisai.banks.rules.answers import Case, Rejected
from perisai.kernel.money import MOST_IDR, Rupiah

STALE_AFTER: Final = timedelta(minutes=5)
MOST_BYTES: Final = 16 * 1024
CODE_DIGITS: Final = 11
SERVICE_ID_WIDTH: Final = 8
LONGEST_EXTERNAL_ID: Final = 36
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\+07:00", re.ASCII)
_AMOUNT: Final = re.compile(r"(\d{1,16})\.(\d\d)", re.ASCII)
_WORD: Final = re.compile(r"[!-~]{1,40}")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Whose bill is it, and how much? ``code`` is the payment code, ``request_id`` the bank's name for the question."""

    service_id: str
    code: str
    request_id: str


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """Money has come for ``code``; ``request_id`` names this payment at the bank for ever, ``paid_at`` is its instant."""

    service_id: str
    code: str
    request_id: str
    amount_idr: Rupiah
    paid_at: datetime


def instant(text: str, field: str) -> datetime:
    """``2026-11-24T08:15:03+07:00``. Raises Rejected."""
    if not _INSTANT.fullmatch(text):
        raise Rejected(Case.FIELD_MALFORMED, field)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Rejected(Case.FIELD_MALFORMED, field) from None


def is_stale(sent_at: datetime, now: datetime) -> bool:
    """More than five minutes old, or as much ahead: a copy of an old request is worth nothing."""
    return abs(now - sent_at) > STALE_AFTER


def is_external_id(text: str) -> bool:
    """Digits, at most 36: the standard's numeric text."""
    return len(text) <= LONGEST_EXTERNAL_ID and text.isascii() and text.isdigit()


def rupiah(amount: Any, field: str) -> Rupiah:
    """Of ``{"value": "10000.00", "currency": "IDR"}``; a broken rupiah is no amount here. Raises Rejected."""
    value, currency = _text(amount, "value", field), _text(amount, "currency", field)
    found = _AMOUNT.fullmatch(value)
    if not found or currency != "IDR":
        raise Rejected(Case.FIELD_MALFORMED, field)
    whole = int(found[1])
    if found[2] != "00" or not 0 < whole <= MOST_IDR:
        raise Rejected(Case.AMOUNT_INVALID)
    return Rupiah(whole)


def written_amount(amount_idr: int) -> dict[str, str]:
    """The other way round."""
    return {"value": f"{amount_idr}.00", "currency": "IDR"}


def virtual_account(service_id: str, code: str) -> str:
    """The partner's service id, padded with blanks on the left to eight, and the payment code."""
    return f"{service_id:>{SERVICE_ID_WIDTH}}{code}"


def read_inquiry(body: bytes) -> Inquiry:
    """Raises Rejected: BAD_REQUEST, FIELD_MISSING, FIELD_MALFORMED, INCONSISTENT."""
    sent = _object(body)
    service_id, code = _account(sent)
    return Inquiry(service_id, code, _reference(sent, "inquiryRequestId"))


def read_payment(body: bytes, sent_at: datetime) -> PaymentNotice:
    """``sent_at`` stands for the instant of payment where the bank names none. Raises Rejected as ``read_inquiry``."""
    sent = _object(body)
    service_id, code = _account(sent)
    if "paidAmount" not in sent:
        raise Rejected(Case.FIELD_MISSING, "paidAmount")
    paid_at = sent_at
    if sent.get("trxDateTime") is not None:
        paid_at = instant(_text(sent, "trxDateTime"), "trxDateTime")
    return PaymentNotice(
        service_id, code, _reference(sent, "paymentRequestId"), rupiah(sent["paidAmount"], "paidAmount"), paid_at
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Rejected(Case.BAD_REQUEST) from None
    if not isinstance(sent, dict):
        raise Rejected(Case.BAD_REQUEST)
    return sent


def _account(sent: dict[str, Any]) -> tuple[str, str]:
    """Service id and payment code; the virtual account must be made of just these two."""
    service_id, code = _text(sent, "partnerServiceId"), _text(sent, "customerNo").strip()
    if len(service_id) != SERVICE_ID_WIDTH:
        raise Rejected(Case.FIELD_MALFORMED, "partnerServiceId")
    if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
        raise Rejected(Case.BILL_UNKNOWN)
    if _text(sent, "virtualAccountNo") != service_id + code:
        raise Rejected(Case.INCONSISTENT)
    return service_id.strip(), code


def _reference(sent: dict[str, Any], name: str) -> str:
    reference = _text(sent, name)
    if not _WORD.fullmatch(reference):
        raise Rejected(Case.FIELD_MALFORMED, name)
    return reference


def _text(sent: Any, name: str, inside: str = "") -> str:
    """A text that must be there. Raises Rejected naming the field as the bank wrote it."""
    field = f"{inside}.{name}" if inside else name
    if not isinstance(sent, dict) or sent.get(name) in (None, ""):
        raise Rejected(Case.FIELD_MISSING, field)
    if not isinstance(sent[name], str):
        raise Rejected(Case.FIELD_MALFORMED, field)
    return str(sent[name])
