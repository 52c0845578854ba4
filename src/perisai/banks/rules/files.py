"""Reading a bank's statement of one day: our CSV, or SWIFT MT940. All of it is right, or nothing is taken in.

A cut or mended file does not add up: the CSV ends with its number of lines and their sum, an MT940 with its balance.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

import mt940

from perisai.banks.rules.reconciling import Line
from perisai.kernel.clock import WIB
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR, Rupiah

HEAD: Final = ["booked_at", "reference", "virtual_account", "amount"]
_AMOUNT: Final = re.compile(r"(\d{1,13})\.00", re.ASCII)
_REFERENCE: Final = re.compile(r"[!-~]{1,40}")
_SAID: Final = re.compile(r"/(REF|VA|TIME)/([^/\s]*)")
_CREDITS: Final = re.compile(r"^:61:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StatementFile:
    """``kind``: csv or mt940."""

    kind: str
    lines: tuple[Line, ...]

    @property
    def total_idr(self) -> Rupiah:
        return Rupiah(sum(line.amount_idr for line in self.lines))


def read_statement(content: bytes, *, on: date, service_id: str) -> StatementFile:
    """``on`` is the day that the statement must be of, ``service_id`` the head of this bank's virtual accounts.

    Raises Refused: STATEMENT_UNREADABLE, STATEMENT_LINE_WRONG, STATEMENT_OTHER_DAY, STATEMENT_NOT_WHOLE.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Code.STATEMENT_UNREADABLE, field="file") from None
    if re.search(r"^:20:", text, re.MULTILINE):
        return StatementFile("mt940", _mt940(text, on, service_id))
    return StatementFile("csv", _csv(text, on, service_id))


def _csv(text: str, on: date, service_id: str) -> tuple[Line, ...]:
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or rows[0] != HEAD:
        raise Refused(Code.STATEMENT_UNREADABLE, field="file")
    if len(rows) < 2 or len(rows[-1]) != len(HEAD) or rows[-1][0] != "TOTAL":
        raise Refused(Code.STATEMENT_NOT_WHOLE, field="file")
    lines = tuple(_csv_line(row, number, on, service_id) for number, row in enumerate(rows[1:-1], start=2))
    if rows[-1][1] != str(len(lines)) or rows[-1][3] != f"{sum(line.amount_idr for line in lines)}.00":
        raise Refused(Code.STATEMENT_NOT_WHOLE, field="file")
    return lines


def _csv_line(row: Sequence[str], number: int, on: date, service_id: str) -> Line:
    if len(row) != len(HEAD):
        raise _wrong(number)
    try:
        booked_at = datetime.fromisoformat(row[0])
    except ValueError:
        raise _wrong(number) from None
    if booked_at.tzinfo is None:
        raise _wrong(number)
    amount = _AMOUNT.fullmatch(row[3])
    return _line(number, on, row[1], row[2], int(amount[1]) if amount else 0, booked_at, service_id)


def _mt940(text: str, on: date, service_id: str) -> tuple[Line, ...]:
    """Only credits are payments; a debit makes the day one that we cannot reconcile, so it is refused by its line."""
    try:
        read = mt940.parse(text)
    except (ValueError, RuntimeError, AssertionError):
        raise Refused(Code.STATEMENT_UNREADABLE, field="file") from None
    opening, closing = (read.data.get(f"final_{name}_balance") for name in ("opening", "closing"))
    if opening is None or closing is None or len(read) != len(_CREDITS.findall(text)):
        raise Refused(Code.STATEMENT_NOT_WHOLE, field="file")
    lines = tuple(_mt940_line(each.data, number, on, service_id) for number, each in enumerate(read, start=1))
    if opening.amount.amount + sum(line.amount_idr for line in lines) != closing.amount.amount:
        raise Refused(Code.STATEMENT_NOT_WHOLE, field="file")
    if closing.date != on:
        raise Refused(Code.STATEMENT_OTHER_DAY, field="file", line=len(lines), day=on)
    return lines


def _mt940_line(told: dict[str, object], number: int, on: date, service_id: str) -> Line:
    """Reference, account and hour stand in field 86 as ``/REF/…/VA/…/TIME/…``; without it the customer's reference."""
    said = dict(_SAID.findall(str(told.get("transaction_details") or "")))
    value, day = told["amount"], told["date"]
    amount = getattr(value, "amount", None)
    if told.get("status") != "C" or amount is None or amount != int(amount) or told.get("currency") != "IDR":
        raise _wrong(number)
    booked_at = datetime.combine(date(day.year, day.month, day.day), _hour(said.get("TIME", "")), WIB)  # type: ignore[attr-defined]
    reference = said.get("REF") or str(told.get("customer_reference") or "")
    return _line(number, on, reference, said.get("VA", ""), int(amount), booked_at, service_id)


def _hour(text: str) -> time:
    """Noon where the bank names none."""
    try:
        return datetime.strptime(text, "%H%M%S").time()  # noqa: DTZ007 (an hour, not an instant)
    except ValueError:
        return time(12)


def _line(
    number: int, on: date, reference: str, account: str, amount_idr: int, booked_at: datetime, service_id: str
) -> Line:
    if not _REFERENCE.fullmatch(reference) or not 0 < amount_idr <= MOST_IDR:
        raise _wrong(number)
    if booked_at.astimezone(WIB).date() != on:
        raise Refused(Code.STATEMENT_OTHER_DAY, field="file", line=number, day=on)
    account = account.strip()
    code = account.removeprefix(service_id) if account.startswith(service_id) else ""
    known_shape = len(code) == 11 and code.isascii() and code.isdigit()
    return Line(reference, code if known_shape else "", Rupiah(amount_idr), booked_at)


def _wrong(number: int) -> Refused:
    return Refused(Code.STATEMENT_LINE_WRONG, field="file", line=number)
