"""What the story is told with: an account of facts, and people who knock at the doors over HTTP."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.test import Client

from perisai.kernel import clock, ids
from perisai.membership.rules import Applicant
from perisai.site import cast


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that must be so. ``expected`` and ``found`` are plain values that JSON can carry."""

    scene: str
    what: str
    expected: Any
    found: Any

    @property
    def holds(self) -> bool:
        return bool(self.expected == self.found)


@dataclass(slots=True)
class Account:
    """The facts in the order they happened; ``told`` hears each of them at once."""

    told: Callable[[Fact], None] = lambda fact: None
    facts: list[Fact] = field(default_factory=list)
    scene: str = ""

    def check(self, what: str, expected: Any, found: Any) -> None:
        fact = Fact(self.scene, what, _plain(expected), _plain(found))
        self.facts.append(fact)
        self.told(fact)

    @property
    def true(self) -> bool:
        return all(fact.holds for fact in self.facts)

    def as_json(self) -> dict[str, Any]:
        return {"true": self.true, "facts": [asdict(fact) | {"holds": fact.holds} for fact in self.facts]}


class Player:
    """A member of the cast at a browser of their own: signs in with the password, sends the CSRF token, gets answers."""

    def __init__(self, username: str) -> None:
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
        opened = self._send("session", {"username": username, "password": cast.PASSWORD})
        if opened[0] != 200:
            raise RuntimeError(f"{username} could not sign in: {opened[0]}")
        self.token = opened[1]["csrf_token"]

    def post(self, address: str, /, **body: Any) -> tuple[int, dict[str, Any]]:
        """Status and JSON of ``POST /api/v1/<address>``."""
        return self._send(address, body, HTTP_X_CSRFTOKEN=self.token)

    def get(self, address: str) -> tuple[int, dict[str, Any]]:
        answer = self.client.get(f"/api/v1/{address}", HTTP_ACCEPT_LANGUAGE="id")
        return answer.status_code, answer.json()

    def refer(self, worker: Applicant, on: date) -> tuple[int, dict[str, Any]]:
        return self.post("registrations", **_written(worker), id=str(ids.new_id()), occurred_on=on.isoformat())

    def mend(self, registration_id: str, worker: Applicant) -> tuple[int, dict[str, Any]]:
        return self.post(f"registrations/{registration_id}/resubmit", **_written(worker))

    def pay(self, code: dict[str, Any], reference: str, bank: str = "bank nagari", **changed: Any) -> tuple[int, Any]:
        """Tell the office what the bank's proof says of this payment code."""
        proof = {
            "code": code["code"],
            "amount_idr": code["amount_idr"],
            "channel": bank,
            "channel_reference": reference,
            "paid_at": clock.now().isoformat(),
        }
        return self.post("payments", **proof | changed)

    def _send(self, address: str, body: dict[str, Any], **headers: Any) -> tuple[int, dict[str, Any]]:
        answer = self.client.post(
            f"/api/v1/{address}", data=body, content_type="application/json", HTTP_ACCEPT_LANGUAGE="id", **headers
        )
        return answer.status_code, answer.json() if answer.content else {}


def refusal(answer: tuple[int, dict[str, Any]]) -> str:
    """The code of a refusal, or the status where the door answered otherwise."""
    status, body = answer
    return str(body["error"]["code"]) if status == 422 else str(status)


def _written(worker: Applicant) -> dict[str, Any]:
    return asdict(worker) | {"born_on": worker.born_on.isoformat(), "programmes": list(worker.programmes)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
