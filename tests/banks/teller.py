"""A bank's end of the wire, for tests: its own RSA key, signed requests, changed one header at a time."""

import json
from functools import cache
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from perisai.banks.rules import signing, wire
from perisai.banks.services import partners
from perisai.kernel import clock
from perisai.kernel.actor import Actor

PATH = "/api/snap/v1.0/"
JOB = Actor.job("banks")
_ids = count(1)


@cache
def key_of(code: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(code: str) -> str:
    public = key_of(code).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def short_key() -> str:
    """An RSA key that anybody with time can break."""
    public = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def now() -> str:
    return clock.now().astimezone(clock.WIB).isoformat(timespec="seconds")


class Teller:
    """A partner bank, registered, at the door: ``pay(code)``, ``inquire(code)``. Answers are status and JSON."""

    def __init__(self, code: str = "bank nagari", service_id: str = "88899", **limits: int | None) -> None:
        self.code, self.service_id = code, service_id
        introduced = partners.register_partner(
            actor=JOB,
            code=code,
            name=f"{code.title()} (fiktif)",
            partner_id=f"MITRA-{service_id}",
            service_id=service_id,
            public_key=public_pem(code),
            payment_limit_idr=limits.get("payment_limit_idr") or 10_000_000,
            day_limit_idr=limits.get("day_limit_idr"),
        )
        self.partner, self.secret = introduced
        self.client = Client()
        self._token = ""

    def ask_token(self, **changed: str) -> tuple[int, dict[str, Any]]:
        headers = {"X-CLIENT-KEY": self.partner.client_key, "X-TIMESTAMP": now()} | changed
        signature = signing.sign_token_request(key_of(self.code), headers["X-CLIENT-KEY"], headers["X-TIMESTAMP"])
        return self.send(
            "access-token/b2b", b'{"grantType":"client_credentials"}', {"X-SIGNATURE": signature} | headers
        )

    @property
    def token(self) -> str:
        if not self._token:
            status, body = self.ask_token()
            assert status == 200, body
            self._token = body["accessToken"]
        return self._token

    def inquire(self, code: str, **changed: Any) -> tuple[int, dict[str, Any]]:
        body = self.account(code) | {"inquiryRequestId": f"INQ-{next(_ids)}"} | changed.pop("body", {})
        return self.transact("transfer-va/inquiry", body, **changed)

    def pay(self, code: str, amount_idr: int = 16_800, **changed: Any) -> tuple[int, dict[str, Any]]:
        return self.transact("transfer-va/payment", self.notice(code, amount_idr, **changed.pop("body", {})), **changed)

    def account(self, code: str) -> dict[str, Any]:
        return {
            "partnerServiceId": f"{self.service_id:>8}",
            "customerNo": code,
            "virtualAccountNo": wire.virtual_account(self.service_id, code),
        }

    def notice(self, code: str, amount_idr: int = 16_800, **changed: Any) -> dict[str, Any]:
        return (
            self.account(code)
            | {
                "paymentRequestId": f"TRX-{code}",
                "paidAmount": {"value": f"{amount_idr}.00", "currency": "IDR"},
                "trxDateTime": now(),
            }
            | changed
        )

    def transact(self, path: str, body: Any, **changed: str) -> tuple[int, dict[str, Any]]:
        """``changed``: headers with underscores; ``secret``, ``raw`` and ``signed_for`` (another path) forge."""
        raw = changed.pop("raw", "").encode() or json.dumps(body).encode()
        secret, signed_path = changed.pop("secret", self.secret), changed.pop("signed_for", PATH + path)
        token = changed.pop("token", None) or self.token
        headers = {
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": now(),
            "X-PARTNER-ID": self.partner.partner_id,
            "X-EXTERNAL-ID": f"{next(_ids):012d}",
            "CHANNEL-ID": "95221",
        } | {name.replace("_", "-"): value for name, value in changed.items()}
        text = signing.string_to_sign(
            method="POST", path=signed_path, token=token, body=raw, timestamp=headers["X-TIMESTAMP"]
        )
        return self.send(path, raw, {"X-SIGNATURE": signing.sign_transaction(secret, text)} | headers)

    def send(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        kept = {name: value for name, value in headers.items() if value}
        answer = self.client.post(PATH + path, body, content_type="application/json", headers=kept)
        return answer.status_code, answer.json()


def code_of(answer: tuple[int, dict[str, Any]]) -> str:
    """The response code; the status must be its first three digits."""
    status, body = answer
    assert str(status) == body["responseCode"][:3]
    return str(body["responseCode"])
