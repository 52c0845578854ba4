"""A phone as the field app is: it makes ids, keys and commands, keeps a token, and talks to the door."""

import base64
import gzip
import json
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from perisai.kernel import clock, ids
from perisai.site.cast import PASSWORD, Worker
from perisai.vault.parcels import point_of


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Phone:
    """Enrolled at once unless told otherwise; ``answer`` of the door is (status, JSON)."""

    def __init__(self, username: str, *, enrolled: bool = True) -> None:
        self.username, self.id = username, str(ids.new_id())
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.client, self.token, self.clock_at = Client(), "", ""
        if enrolled:
            status, body = self.enrol()
            assert status == 200, body
            self.token, self.salt, self.parcel_key = body["token"], body["nik_salt"], body["parcel_key"]

    def enrol(self, **changed: Any) -> tuple[int, Any]:
        device = {"id": self.id, "label": "Ponsel", "key": text_of(point_of(self.private.public_key()))} | changed
        return self.call("POST", "/devices", {"username": self.username, "password": PASSWORD, "device": device})

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        about = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        about |= {"X-Device-Time": self.clock_at} if self.clock_at else {}
        response = self.client.generic(
            method,
            f"/api/v1{path}",
            sent,
            content_type=headers.pop("content_type", "application/json"),
            headers=about | {name.replace("_", "-"): value for name, value in headers.items()},
        )
        self.headers, content = response.headers, response.content
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return response.status_code, json.loads(content) if content else None

    def sends(self, *commands: dict[str, Any]) -> list[dict[str, Any]]:
        """The outcomes of one batch."""
        status, body = self.call("POST", "/commands", {"commands": list(commands)})
        assert status == 200, body
        outcomes: list[dict[str, Any]] = body["outcomes"]
        assert [each["id"] for each in outcomes] == [each.get("id") for each in commands]
        return outcomes

    def command(
        self, kind: str, body: dict[str, Any], *, entity: str | UUID | None = None, seq: int = 1, **changed: Any
    ) -> dict[str, Any]:
        return {
            "id": str(ids.new_id()),
            "kind": kind,
            "v": 1,
            "entity": str(entity or ids.new_id()),
            "seq": seq,
            "device": self.id,
            "recorded_at": clock.now().isoformat(),
            "occurred_on": clock.today().isoformat(),
            "body": body,
        } | changed

    def refers(self, worker: Worker, **changed: Any) -> dict[str, Any]:
        """The command that refers the worker; ``changed`` is of its body."""
        return self.command("refer_member", worker_body(worker, **changed))

    def syncs(self, cursor: str = "") -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
        """Everything from the cursor on: items, removals, the cursor of the next time."""
        items: list[dict[str, Any]] = []
        removed: list[dict[str, Any]] = []
        more = True
        while more:
            status, body = self.call("GET", f"/changes?cursor={cursor}")
            assert status == 200, body
            items, removed = items + body["items"], removed + body["removed"]
            cursor, more = body["cursor"], body["more"]
        return items, removed, cursor


def worker_body(worker: Worker, **changed: Any) -> dict[str, Any]:
    facts = worker.facts()
    body = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return body | {"born_on": facts.born_on.isoformat(), "programmes": list(facts.programmes)} | changed


def of_kind(items: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [each for each in items if each["kind"] == kind]
