"""What machines send, read strictly: each field of exactly the type it should have, and none that was not asked for.

The JSON door and the porter behind it (room ``sync``) speak of wrong shapes in the same words.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import (
    UUID7,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StrictInt,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from perisai.kernel.errors import Code, Refused


def _written(expected: str, longest: int) -> BeforeValidator:
    """pydantic also reads numbers as dates; people write dates, and so must machines."""

    def check(given: Any) -> Any:
        if isinstance(given, (date, datetime)) or (isinstance(given, str) and 10 <= len(given) <= longest):
            return given
        raise PydanticCustomError("written", "written as {expected}", {"expected": expected})

    return BeforeValidator(check)


def upto(most: int) -> StringConstraints:
    """A string of at most so many characters, without NUL, which PostgreSQL cannot keep."""
    return StringConstraints(strict=True, max_length=most, pattern=r"^[^\x00]*$")


STRICT: Final = ConfigDict(extra="forbid", hide_input_in_errors=True)
"""What is not asked for is refused: a misspelt field would otherwise be lost in silence."""

Words = Annotated[str, upto(300)]
Day = Annotated[date, _written("YYYY-MM-DD", 10)]
Instant = Annotated[AwareDatetime, _written("YYYY-MM-DDThh:mm:ss+07:00", 40)]
Whole = StrictInt
YesNo = StrictBool
MadeByCaller = UUID7


class Shape(BaseModel):
    """A body outside the doors."""

    model_config = STRICT


_EXPECTED: Final = {
    "bool_type": "true | false",
    "date_type": "YYYY-MM-DD",
    "date_parsing": "YYYY-MM-DD",
    "date_from_datetime_parsing": "YYYY-MM-DD",
    "datetime_type": "YYYY-MM-DDThh:mm:ss+07:00",
    "datetime_parsing": "YYYY-MM-DDThh:mm:ss+07:00",
    "datetime_from_date_parsing": "YYYY-MM-DDThh:mm:ss+07:00",
    "timezone_aware": "YYYY-MM-DDThh:mm:ss+07:00",
    "uuid_type": "UUID",
    "uuid_parsing": "UUID",
    "uuid_version": "UUIDv7",
    "string_type": '"…"',
    "string_unicode": "UTF-8",
    "string_pattern_mismatch": "UTF-8",
    "list_type": "[…]",
    "tuple_type": "[…]",
    "dict_type": "{…}",
    "model_type": "{…}",
    "model_attributes_type": "{…}",
}


def refusal_of(errors: Sequence[Any]) -> Refused:
    """pydantic's list of what is wrong as one refusal; its ``also`` holds the others. ``loc`` is where the caller looks."""
    first, *others = [_misshapen(each) for each in errors[:20]]
    first.also = tuple(others)
    return first


def _misshapen(found: Any) -> Refused:
    kind = found["type"]
    name = ".".join(str(part) for part in found["loc"])[:60] or "body"
    code = Code.FIELD_WRONG
    if kind == "missing":
        code = Code.FIELD_MISSING
    elif kind == "extra_forbidden":
        code = Code.FIELD_UNKNOWN
        name = name if name.isidentifier() and name.isascii() else "?"
    elif kind.startswith("int_"):
        code = Code.FIELD_NOT_WHOLE
    return Refused(code, field=name, name=name, expected=_expected(kind, found.get("ctx", {})))


def _expected(kind: str, about: dict[str, Any]) -> str:
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    for bound, sign in (("max_length", "≤ "), ("min_length", "≥ "), ("le", "≤ "), ("ge", "≥ "), ("expected", "")):
        if bound in about:
            return f"{sign}{about[bound]}"
    return "…"
