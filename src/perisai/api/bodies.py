"""Reading what callers send: small, JSON, each field once, of exactly the type it should have."""

import json
import zlib
from typing import Any, Final

from django.http import HttpRequest
from django.http.request import UnreadablePostError
from ninja import Schema
from ninja.parser import Parser

from perisai.api.answers import Stopped
from perisai.kernel.errors import Code, Refused
from perisai.kernel.shapes import STRICT, Day, Instant, MadeByCaller, Whole, Words, YesNo, upto

__all__ = [
    "Body",
    "Day",
    "Instant",
    "MadeByCaller",
    "StrictJson",
    "Whole",
    "Words",
    "YesNo",
    "read_bytes",
    "read_json",
    "upto",
]

MOST_BYTES: Final = 64 * 1024


class StrictJson(Parser):
    """One JSON object of at most 64 KiB, announced as JSON (so that a foreign page's form cannot send it)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises Stopped: 413, 415, or 422 BODY_NOT_JSON."""
        return read_json(request, MOST_BYTES, MOST_BYTES)


def read_json(request: HttpRequest, most: int, most_open: int) -> dict[str, Any]:
    """One JSON object of at most ``most`` bytes on the wire and ``most_open`` unpacked; gzip is taken too.

    Raises Stopped: 413, 415, or 422 BODY_NOT_JSON.
    """
    if request.content_type != "application/json":
        raise Stopped(415, Refused(Code.BODY_NOT_JSON))
    sent = read_bytes(request, most)
    encoding = request.headers.get("Content-Encoding", "").lower()
    if encoding == "gzip":
        sent = _unpacked(sent, most_open)
    elif encoding not in ("", "identity"):
        raise Stopped(415, Refused(Code.BODY_NOT_JSON))
    try:
        body = json.loads(sent, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Stopped(422, Refused(Code.BODY_NOT_JSON)) from None
    if not isinstance(body, dict):
        raise Stopped(422, Refused(Code.BODY_NOT_JSON))
    return body


def read_bytes(request: HttpRequest, most: int) -> bytes:
    """The body as it came. Raises Stopped: 413 beyond ``most`` bytes, 400 where the line was cut."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise Stopped(413, Refused(Code.BODY_TOO_LARGE, kilobytes=most // 1024))
    try:
        sent = request.read(most + 1)
    except UnreadablePostError as cut:
        raise Stopped(400, Refused(Code.BODY_NOT_JSON)) from cut
    if len(sent) > most:
        raise Stopped(413, Refused(Code.BODY_TOO_LARGE, kilobytes=most // 1024))
    return bytes(sent)


def _unpacked(packed: bytes, most: int) -> bytes:
    """Never more than ``most`` bytes are unpacked, whatever a small body would swell to."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(packed, most)
    except zlib.error:
        raise Stopped(422, Refused(Code.BODY_NOT_JSON)) from None
    if unpacker.unconsumed_tail:
        raise Stopped(413, Refused(Code.BODY_TOO_LARGE, kilobytes=most // 1024))
    if not unpacker.eof:
        raise Stopped(422, Refused(Code.BODY_NOT_JSON))
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _no_constant(text: str) -> None:
    raise ValueError(text)


class Body(Schema):
    """The body of an operation."""

    model_config = STRICT
