"""The door of the commands: how much it takes at once, packed and unpacked, and in what shape."""

import gzip
import json
from typing import Any

import pytest
from tests.sync.phone import Phone

from perisai.site.cast import FAMILY_NOW, Cast
from perisai.sync import rules


def packed(body: Any) -> bytes:
    return gzip.compress(json.dumps(body).encode())


def test_a_packed_batch_is_taken(cast: Cast) -> None:
    phone = Phone("rina")
    body = packed({"commands": [phone.refers(FAMILY_NOW["wati"])]})
    status, answer = phone.call("POST", "/commands", body, Content_Encoding="gzip")
    assert (status, answer["outcomes"][0]["outcome"]) == (200, "accepted")


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", {}, 422, "body_not_json"),
        (b'{"commands": 5}', {}, 422, "field_wrong"),
        (b'{"commands": [], "more": 1}', {}, 422, "field_wrong"),
        (b"{}", {"Content_Encoding": "br"}, 415, "body_not_json"),
        (b"{}", {"content_type": "text/plain"}, 415, "body_not_json"),
        (b"{}", {"Content_Encoding": "gzip"}, 422, "body_not_json"),
        (packed({"commands": []})[:-9], {"Content_Encoding": "gzip"}, 422, "body_not_json"),
        (b" " * (rules.MOST_BYTES + 1), {}, 413, "body_too_large"),
        (gzip.compress(b" " * (rules.MOST_OPEN_BYTES + 1)), {"Content_Encoding": "gzip"}, 413, "body_too_large"),
        (packed({"commands": [5] * 201}), {"Content_Encoding": "gzip"}, 413, "batch_too_long"),
    ],
    ids=[
        "cut",
        "no list",
        "a field too many",
        "brotli",
        "text",
        "not packed",
        "cut while packed",
        "long",
        "long when unpacked",
        "too many",
    ],
)
def test_what_does_not_fit_is_stopped(body: bytes, headers: dict[str, str], status: int, code: str, cast: Cast) -> None:
    answered, answer = Phone("rina").call("POST", "/commands", body, **headers)
    assert (answered, answer["error"]["code"]) == (status, code)


def test_a_long_answer_travels_packed_for_who_takes_it(cast: Cast) -> None:
    phone = Phone("rina")
    phone.call("GET", "/changes", Accept_Encoding="gzip")
    assert phone.headers["Content-Encoding"] == "gzip"
    phone.call("GET", "/changes")
    assert "Content-Encoding" not in phone.headers


def test_every_answer_carries_the_servers_time(cast: Cast) -> None:
    phone = Phone("rina")
    for method, path, body in (("GET", "/changes", None), ("POST", "/commands", {"commands": []})):
        assert "server_time" in phone.call(method, path, body)[1]
