"""Reading what callers send: small, JSON, each field once, of exactly the type it should have."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.http.request import UnreadablePostError
from ninja import Schema
from ninja.parser import Parser
from pydantic import UUID7, AwareDatetime, BeforeValidator, ConfigDict, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from perisai.api.answers import Stopped
from perisai.kernel.errors import Code, Refused

MOST_BYTES: Final = 64 * 1024


class StrictJson(Parser):
    """One JSON object of at most 64 KiB, announced as JSON (so that a foreign page's form cannot send it)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises Stopped: 413, 415, or 422 BODY_NOT_JSON."""
        if request.content_type != "application/json":
            raise Stopped(415, Refused(Code.BODY_NOT_JSON))
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Stopped(413, Refused(Code.BODY_TOO_LARGE, kilobytes=MOST_BYTES // 1024))
        try:
            sent = request.read(MOST_BYTES + 1)
        except UnreadablePostError as cut:
            raise Stopped(400, Refused(Code.BODY_NOT_JSON)) from cut
        if len(sent) > MOST_BYTES:
            raise Stopped(413, Refused(Code.BODY_TOO_LARGE, kilobytes=MOST_BYTES // 1024))
        try:
            body = json.loads(sent, object_pairs_hook=_once, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise Stopped(422, Refused(Code.BODY_NOT_JSON)) from None
        if not isinstance(body, dict):
            raise Stopped(422, Refused(Code.BODY_NOT_JSON))
        return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _written(expected: str, longest: int) -> BeforeValidator:
    """pydantic also reads numbers as dates; people write dates, and so must machines."""

    def check(given: Any) -> Any:
        if isinstance(given, (date, datetime)) or (isinstance(given, str) and 10 <= len(given) <= longest):
            return given
        raise PydanticCustomError("written", "written as {expected}", {"expected": expected})

    return BeforeValidator(check)


class Body(Schema):
    """What is not asked for is refused: a misspelt field would otherwise be lost in silence."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


def upto(most: int) -> StringConstraints:
    """A string of at most so many characters, without NUL, which PostgreSQL cannot keep."""
    return StringConstraints(strict=True, max_length=most, pattern=r"^[^\x00]*$")


Words = Annotated[str, upto(300)]
Day = Annotated[date, _written("YYYY-MM-DD", 10)]
Instant = Annotated[AwareDatetime, _written("YYYY-MM-DDThh:mm:ss+07:00", 40)]
Whole = StrictInt
YesNo = StrictBool
MadeByCaller = UUID7
