"""Reading the fields of a case: each by its name, never coerced, every mistake named."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period

Word = TypeVar("Word", bound=StrEnum)
Reader = Callable[[str, Any], Any]
Fields = Mapping[str, tuple[Reader, bool]]
"""Name to reader, and whether the field is needed."""


def read(case: Mapping[str, Any], fields: Fields, within: str = "") -> dict[str, Any]:
    """The fields that are there, read. ``within`` names the place of a nested case (``new_members[2].``).

    Raises Refused(FIELD_UNKNOWN, FIELD_MISSING) and what the readers raise.
    """
    for name in case:
        if name not in fields:
            raise Refused(Code.FIELD_UNKNOWN, field=within + name, name=within + shown(name))
    return {
        name: reader(within + name, needed(case, name, within))
        for name, (reader, is_needed) in fields.items()
        if is_needed or name in case
    }


def needed(case: Mapping[str, Any], name: str, within: str = "") -> Any:
    if name not in case:
        raise Refused(Code.FIELD_MISSING, field=within + name, name=within + name)
    return case[name]


def whole(name: str, value: object) -> int:
    """A JSON number without point or exponent; never a string, a truth value or a float that happens to be whole."""
    if type(value) is not int:
        raise Refused(Code.FIELD_NOT_WHOLE, field=name, name=name)
    return value


def count(name: str, value: object) -> int:
    """A whole number from 0 to a million: workers, months."""
    if not 0 <= whole(name, value) <= 1_000_000:
        raise Refused(Code.FIELD_WRONG, field=name, name=name, expected="0 … 1000000")
    return whole(name, value)


def truth(name: str, value: object) -> bool:
    if type(value) is not bool:
        raise Refused(Code.FIELD_WRONG, field=name, name=name, expected="true, false")
    return value


def month(name: str, value: object) -> Period:
    try:
        if isinstance(value, str):
            return Period.parse(value)
    except ValueError:
        pass
    raise Refused(Code.FIELD_NOT_MONTH, field=name, name=name)


def day(name: str, value: object) -> date:
    """``2026-04-15`` and nothing else, from 2015 to 2100."""
    try:
        if isinstance(value, str) and len(value) == 10:
            found = date.fromisoformat(value)
            if 2015 <= found.year <= 2100:
                return found
    except ValueError:
        pass
    raise Refused(Code.FIELD_NOT_DAY, field=name, name=name)


def one_of(words: tuple[str, ...]) -> Callable[[str, object], str]:
    def reader(name: str, value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise Refused(Code.FIELD_WRONG, field=name, name=name, expected=", ".join(f'"{word}"' for word in words))
        return value

    return reader


def word_of(words: type[Word]) -> Callable[[str, object], Word]:
    known = one_of(tuple(words))
    return lambda name, value: words(known(name, value))


def set_of(words: type[Word], example: str) -> Callable[[str, object], tuple[Word, ...]]:
    """A list of known words, none twice."""
    known = word_of(words)

    def reader(name: str, value: object) -> tuple[Word, ...]:
        if not isinstance(value, list):
            raise Refused(Code.FIELD_WRONG, field=name, name=name, expected=example)
        chosen = tuple(known(name, each) for each in value)
        for place, each in enumerate(chosen):
            if each in chosen[:place]:
                raise Refused(Code.FIELD_TWICE, field=name, name=each)
        return chosen

    return reader


def list_of(fields: Fields, example: str) -> Callable[[str, object], list[dict[str, Any]]]:
    """A list of objects, each read by ``fields``; a mistake names its place, counted from 1."""

    def reader(name: str, value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise Refused(Code.FIELD_WRONG, field=name, name=name, expected=example)
        return [read(each, fields, f"{name}[{place}].") for place, each in enumerate(value, start=1)]

    return reader


def shown(name: str) -> str:
    """A stranger's word, short and printable."""
    return ascii(name[:40])[1:-1] + ("…" if len(name) > 40 else "")
