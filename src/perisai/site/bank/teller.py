"""What the bank does for one customer: show the bill, take the money, tell Perisai, give the receipt."""

from dataclasses import dataclass
from typing import Any, Final

from perisai.banks.rules import wire
from perisai.kernel import clock
from perisai.site.bank.journal import Journal, Taken
from perisai.site.bank.line import Line, NoAnswer, reference

UNREACHABLE: Final = "Perisai tidak menjawab"


@dataclass(frozen=True, slots=True)
class Bill:
    """What Perisai says of a code. ``words`` are for the customer where there is nothing to pay."""

    code: str
    name: str = ""
    amount_idr: int = 0
    answer: str = ""
    words: str = ""

    @property
    def payable(self) -> bool:
        return self.answer == "2002400"


@dataclass(frozen=True, slots=True)
class Paid:
    """What came of a payment; ``receipt`` is Perisai's number, empty where there is none."""

    answer: str
    words: str
    receipt: str = ""


class Desk:
    """One customer at a time. The journal has the money before Perisai hears of it."""

    def __init__(self, line: Line, journal: Journal) -> None:
        self._line, self._journal = line, journal

    def inquire(self, code: str) -> Bill:
        try:
            answer = self._line.inquire(code)
        except NoAnswer:
            return Bill(code, words=UNREACHABLE)
        told = answer.get("virtualAccountData", {})
        if answer["responseCode"] != "2002400":
            return Bill(code, answer=answer["responseCode"], words=_words(answer))
        return Bill(code, told["virtualAccountName"], _whole(told["totalAmount"]["value"]), answer["responseCode"])

    def pay(self, code: str, amount_idr: int) -> Paid:
        """A refused payment is given back; one without an answer is kept, and will stand on the statement."""
        request_id = self.take(code, amount_idr)
        try:
            answer = self._line.pay(code, amount_idr, request_id, clock.now().astimezone(clock.WIB))
        except NoAnswer:
            return Paid("", f"{UNREACHABLE}; uang sudah diterima dan akan dicocokkan")
        if answer["responseCode"] != "2002500":
            self._journal.given_back(request_id)
            return Paid(answer["responseCode"], f"Tidak dibayar, uang kembali: {_words(answer)}")
        return Paid(answer["responseCode"], "Lunas", answer["additionalInfo"]["receiptNumber"])

    def take(self, code: str, amount_idr: int) -> str:
        """Money into the drawer, and not a word to Perisai; returns the bank's number of it."""
        account = wire.virtual_account(self._line.papers.service_id, code)
        payment = Taken(reference(), account, amount_idr, clock.now().astimezone(clock.WIB))
        self._journal.taken(payment)
        return payment.request_id


def receipt_address(perisai: str, number: str) -> str:
    """Where anybody checks the receipt."""
    return f"{perisai.rstrip('/')}/kuitansi/{number}"


def _words(answer: dict[str, Any]) -> str:
    told = answer.get("virtualAccountData", {})
    reason = told.get("inquiryReason") or told.get("paymentFlagReason") or {}
    return str(reason.get("indonesia") or answer.get("responseMessage", ""))


def _whole(value: str) -> int:
    return int(value.split(".")[0])
