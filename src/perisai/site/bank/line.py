"""The bank's line to Perisai: signed requests over one kept connection, and what to do when no answer comes."""

import http.client
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from perisai.banks.rules import signing, wire
from perisai.kernel import clock, ids
from perisai.site.bank.papers import Papers

BASE: Final = "/api/snap/v1.0/"
CHANNEL: Final = "95221"
TRIES: Final = 4
TIMEOUT_SECONDS: Final = 10

Json = dict[str, Any]


class NoAnswer(Exception):
    """Perisai could not be reached, or answered 5xx, again and again: what became of the notice is not known."""


@dataclass(slots=True)
class Token:
    """One for all lines of the bank; renewed a minute before it ends."""

    text: str = ""
    good_until: float = 0.0
    guard: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class Line:
    """Not to be shared by threads; the token may be."""

    url: str
    papers: Papers
    key: RSAPrivateKey
    token: Token = field(default_factory=Token)
    _connection: http.client.HTTPConnection | None = None

    def inquire(self, code: str) -> Json:
        """Whose bill it is. Raises NoAnswer."""
        return self._transact("transfer-va/inquiry", self._account(code) | {"inquiryRequestId": reference()})

    def pay(self, code: str, amount_idr: int, request_id: str, paid_at: datetime) -> Json:
        """Tell Perisai; without an answer the very same notice is sent again. Raises NoAnswer."""
        body = self._account(code) | {
            "paymentRequestId": request_id,
            "paidAmount": wire.written_amount(amount_idr),
            "trxDateTime": paid_at.isoformat(timespec="seconds"),
        }
        return self._transact("transfer-va/payment", body)

    def ask_token(self) -> Json:
        stamp = _stamp()
        headers = {
            "X-CLIENT-KEY": self.papers.client_key,
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": signing.sign_token_request(self.key, self.papers.client_key, stamp),
        }
        return self._send("access-token/b2b", b'{"grantType":"client_credentials"}', headers)

    def _transact(self, path: str, body: Json) -> Json:
        """One external id for all tries of one notice, a fresh timestamp and signature for each."""
        external_id, raw = external(), json.dumps(body, separators=(",", ":")).encode()
        for wait in (0, *(0.2 * 2**each for each in range(TRIES - 1))):
            time.sleep(wait)
            try:
                answer = self._signed(path, raw, external_id)
            except (OSError, http.client.HTTPException):
                self.hang_up()
                continue
            if answer["responseCode"].startswith("401") and wait == 0:
                self.token.text = ""  # it ended early: the office renewed the secret, or closed us out
                continue
            if not answer["responseCode"].startswith("5"):
                return answer
        raise NoAnswer

    def _signed(self, path: str, raw: bytes, external_id: str) -> Json:
        token, stamp = self._bearer(), _stamp()
        text = signing.string_to_sign(method="POST", path=BASE + path, token=token, body=raw, timestamp=stamp)
        headers = {
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": signing.sign_transaction(self.papers.client_secret, text),
            "X-PARTNER-ID": self.papers.partner_id,
            "X-EXTERNAL-ID": external_id,
            "CHANNEL-ID": CHANNEL,
        }
        return self._send(path, raw, headers)

    def _bearer(self) -> str:
        with self.token.guard:
            if not self.token.text or time.monotonic() > self.token.good_until:
                answer = self.ask_token()
                if "accessToken" not in answer:
                    raise OSError(f"no token: {answer['responseCode']} {answer.get('responseMessage', '')}")
                self.token.text = answer["accessToken"]
                self.token.good_until = time.monotonic() + int(answer["expiresIn"]) - 60
            return self.token.text

    def _send(self, path: str, raw: bytes, headers: dict[str, str]) -> Json:
        if self._connection is None:
            place = urlsplit(self.url)
            kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
            self._connection = kind(place.hostname or "127.0.0.1", place.port, timeout=TIMEOUT_SECONDS)
        self._connection.request("POST", BASE + path, raw, {"Content-Type": "application/json"} | headers)
        response = self._connection.getresponse()
        text = response.read()
        if response.status >= 500:
            return {"responseCode": f"{response.status}0000", "responseMessage": "no answer that counts"}
        answer: Json = json.loads(text)
        return answer

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _account(self, code: str) -> Json:
        return {
            "partnerServiceId": f"{self.papers.service_id:>{wire.SERVICE_ID_WIDTH}}",
            "customerNo": code,
            "virtualAccountNo": wire.virtual_account(self.papers.service_id, code),
        }


def reference() -> str:
    """Sixteen characters, as many as a SWIFT statement has room for."""
    return ids.unguessable(16)


def external() -> str:
    """The standard's numeric text."""
    return f"{clock.now().astimezone(clock.WIB):%H%M%S}{secrets.randbelow(10**12):012d}"


def _stamp() -> str:
    return clock.now().astimezone(clock.WIB).isoformat(timespec="seconds")
