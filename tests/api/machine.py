"""A machine that talks to the API as the field app and the banks do."""

import json
from typing import Any

from django.test import Client

from perisai.site.cast import PASSWORD


class Machine:
    """Keeps session and CSRF token; ``answer`` is (status, JSON)."""

    def __init__(self, username: str | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.token = ""
        if username:
            status, body = self.post("/session", {"username": username, "password": PASSWORD})
            assert status == 200, body
            self.token = body["csrf_token"]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.client.generic(
            method,
            f"/api/v1{path}",
            content,
            content_type=headers.pop("content_type", "application/json"),
            headers={"X-CSRFToken": self.token} | {name.replace("_", "-"): text for name, text in headers.items()},
        )
        kind = response.headers.get("Content-Type", "")
        self.headers = response.headers
        return response.status_code, json.loads(
            response.content
        ) if "json" in kind and response.content else response.content

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        return self.send("POST", path, body, **headers)
