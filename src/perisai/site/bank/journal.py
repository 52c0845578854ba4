"""The bank's own books: one JSON line when a customer's money is taken, one more when Perisai has answered."""

import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

_guard: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Taken:
    """Money that a customer paid at the bank. ``request_id`` names it for ever; ``account`` is the virtual account."""

    request_id: str
    account: str
    amount_idr: int
    paid_at: datetime


class Journal:
    """Append-only, like every book; a refused payment is given back at the counter and leaves the statement."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "journal.jsonl"

    def taken(self, payment: Taken) -> None:
        self._write(asdict(payment) | {"paid_at": payment.paid_at.isoformat()})

    def given_back(self, request_id: str) -> None:
        self._write({"request_id": request_id, "given_back": True})

    def of_day(self, day: date) -> list[Taken]:
        """What was paid on that day in Jakarta and not given back, in the order it came."""
        lines = list(self._lines())
        back = {line["request_id"] for line in lines if line.get("given_back")}
        kept = [_read(line) for line in lines if "paid_at" in line and line["request_id"] not in back]
        return [payment for payment in kept if payment.paid_at.date() == day]

    def _lines(self) -> Iterator[dict[str, Any]]:
        if self._path.exists():
            with self._path.open(encoding="utf-8") as file:
                yield from (json.loads(line) for line in file)

    def _write(self, line: dict[str, Any]) -> None:
        with _guard:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def _read(line: dict[str, Any]) -> Taken:
    return Taken(line["request_id"], line["account"], line["amount_idr"], datetime.fromisoformat(line["paid_at"]))


# --- the statement ---------------------------------------------------------------------------------------------------


def as_csv(payments: Iterable[Taken]) -> str:
    """One line a payment and a last one with their number and sum (docs/banks.md)."""
    rows = list(payments)
    lines = ["booked_at,reference,virtual_account,amount"]
    lines += [
        f"{each.paid_at.isoformat(timespec='seconds')},{each.request_id},{each.account.strip()},{each.amount_idr}.00"
        for each in rows
    ]
    lines.append(f"TOTAL,{len(rows)},,{sum(each.amount_idr for each in rows)}.00")
    return "\n".join(lines) + "\n"


def as_mt940(payments: Iterable[Taken], day: date, account: str) -> str:
    """SWIFT MT940: balances around the day's credits; reference and virtual account also stand in field 86."""
    rows = list(payments)
    total = sum(each.amount_idr for each in rows)
    lines = [
        f":20:BSN{day:%Y%m%d}",
        f":25:{account}",
        f":28C:{day:%j}/1",
        f":60F:C{day:%y%m%d}IDR0,00",
    ]
    for each in rows:
        lines.append(f":61:{day:%y%m%d}{day:%m%d}C{each.amount_idr},00NTRF{each.request_id[:16]}")
        lines.append(f":86:/REF/{each.request_id}/VA/{each.account.strip()}/TIME/{each.paid_at:%H%M%S}")
    lines.append(f":62F:C{day:%y%m%d}IDR{total},00")
    return "\r\n".join([*lines, "-", ""])
